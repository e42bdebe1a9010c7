"""The main tasks, done with keys alone: nothing here is clicked."""

import pytest
from msgspec import structs
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from closedmesh.control import ChangeSettings, Join, LoadModel, ReadInvite, UnloadModel
from closedmesh.status import ModelState
from closedmesh.ui.shortcuts import ShortcutsDialog
from tests.support.control import STATUS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

INVITE = "closedmesh://join/cm1example"
MOST_TABS = 120


@pytest.fixture
def window(open_window, qtbot):
    window = open_window(STATUS)
    qtbot.waitUntil(window.isActiveWindow)
    return window


def press(key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(QApplication.focusWidget() or QApplication.activeWindow(), key, modifier)


def control_key(key):
    press(key, Qt.KeyboardModifier.ControlModifier)


def write(text):
    QTest.keyClicks(QApplication.focusWidget(), text)


def tab_to(wanted: QWidget):
    for _ in range(MOST_TABS):
        if QApplication.focusWidget() is wanted:
            return
        press(Qt.Key.Key_Tab)
    raise AssertionError(f"{wanted.accessibleName() or wanted} is not reached with Tab")


def test_ask_and_begin_another_chat(window, control, qtbot):
    control_key(Qt.Key.Key_1)
    write("What is a lighthouse?")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(control.asked) == 1)
    qtbot.waitUntil(lambda: window.chat.chats.list.count() == 1)
    control_key(Qt.Key.Key_N)
    assert window.chat.composer.text.hasFocus()
    assert window.chat.composer.text.toPlainText() == ""


def test_find_a_chat_and_open_it(window, control, qtbot):
    control_key(Qt.Key.Key_1)
    write("A question about whales")
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.chat.chats.list.count() == 1)
    control_key(Qt.Key.Key_N)
    control_key(Qt.Key.Key_F)
    write("whales")
    tab_to(window.chat.chats.list)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.chat._detail is not None)


def test_load_a_model_and_free_its_memory(window, control, qtbot):
    (model,) = STATUS.models
    on_disk = structs.replace(model, state=ModelState.ON_DISK)
    window.display(structs.replace(STATUS, models=(on_disk,)))
    control_key(Qt.Key.Key_2)
    card = window.models.library.cards[model.name]
    tab_to(card.load)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(isinstance(command, LoadModel) for command in control.done))
    window.display(STATUS)
    tab_to(card.free)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: any(isinstance(command, UnloadModel) for command in control.done))


def test_share_this_computer(window, control, qtbot):
    control_key(Qt.Key.Key_3)
    tab_to(window.sharing.switch)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: ChangeSettings({"sharing.share": True}) in control.done)


def test_join_a_mesh(window, control, qtbot):
    control_key(Qt.Key.Key_4)
    tab_to(window.mesh.join.field)
    write(INVITE)
    qtbot.waitUntil(lambda: ReadInvite(INVITE) in control.done)
    qtbot.waitUntil(window.mesh.join.join.isEnabled)
    tab_to(window.mesh.join.join)
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: Join(INVITE) in control.done)


def test_change_a_setting(window, control, qtbot):
    control_key(Qt.Key.Key_6)
    tab_to(window.settings.rows["chat.temperature"].editor.inner)
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Return)
    qtbot.waitUntil(
        lambda: any(
            isinstance(command, ChangeSettings) and "chat.temperature" in command.changes
            for command in control.done
        )
    )


def test_the_list_of_keys_opens_and_closes(window):
    seen = []

    def close():
        seen.append(QApplication.activeModalWidget())
        QTest.keyClick(seen[-1], Qt.Key.Key_Escape)

    QTimer.singleShot(0, close)
    press(Qt.Key.Key_F1)
    assert [type(dialog) for dialog in seen] == [ShortcutsDialog]
    assert QApplication.activeModalWidget() is None
