import asyncio

import pytest
from msgspec import structs
from PySide6.QtCore import QLocale, QSize, Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QToolButton

from closedmesh.errors import NotRunning
from closedmesh.settings import changed
from closedmesh.status import State
from closedmesh.ui.language import Language
from closedmesh.ui.window import PAGES, Around, MainWindow
from tests.support.control import STATUS
from tests.support.desktop import RESOURCES, SilentChat, calm_system, used

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


class Tray:
    """Whether there is one."""

    def __init__(self):
        self.there = True

    def __call__(self):
        return self.there


@pytest.fixture
def tray():
    return Tray()


@pytest.fixture
def make(bridge, theme, qtbot, tmp_path, tray):
    def make_window():
        state = tmp_path / "window.ini"
        window = MainWindow(
            bridge,
            theme,
            SilentChat,
            Around(state if state.exists() else used(state), calm_system(), tray),
        )
        qtbot.addWidget(window, before_close_func=lambda w: setattr(tray, "there", False))
        return window

    return make_window


@pytest.fixture
def window(make):
    window = make()
    window.display(STATUS)
    return window


def test_closing_with_a_tray_hides_the_window(window, qtbot):
    window.open()

    with qtbot.waitSignal(window.hidden_to_tray, timeout=1000):
        window.close()

    assert window.isHidden()


def test_closing_without_a_tray_quits(window, tray, qtbot):
    tray.there = False
    window.open()

    with qtbot.waitSignal(window.quit_requested, timeout=1000):
        window.close()


def test_closing_quits_if_the_person_wants_it_so(window, qtbot):
    wish = changed(STATUS.settings, {"window.close_to_tray": False})
    window.display(structs.replace(STATUS, settings=wish))
    window.open()

    with qtbot.waitSignal(window.quit_requested, timeout=1000):
        window.close()


def test_what_was_told_once_is_not_told_again(window, make):
    assert window.tell_once("tray")
    assert not window.tell_once("tray")
    window.remember()

    assert not make().tell_once("tray")


def test_size_and_page_are_remembered(window, make):
    window.resize(QSize(760, 560))
    window.turn_to("models")
    window.remember()

    again = make()
    assert again.size() == QSize(760, 560)
    assert again.pages.currentWidget() is again.models


def test_a_broken_memory_of_the_window_is_no_trouble(make, tmp_path):
    (tmp_path / "window.ini").write_text("[General]\ngeometry=nonsense\npage=nowhere\n\xff[")

    assert make().pages.currentIndex() == 0


def test_six_pages_by_click_and_by_key(window):
    buttons = [window.rail.button(n) for n in range(6)]
    assert [b.text().lower() for b in buttons] == list(PAGES)
    keys = {shortcut.key().toString() for shortcut in window.findChildren(QShortcut)}
    assert keys >= {f"Ctrl+{number}" for number in range(1, 7)}

    for index, button in enumerate(buttons):
        button.click()
        assert window.pages.currentIndex() == index
        assert button.isChecked()


def test_every_button_without_words_has_a_name(window):
    for button in window.findChildren(QToolButton):
        assert button.accessibleName() or button.text(), button


def test_nothing_needs_a_window_larger_than_the_smallest(window):
    assert window.minimumSize() == QSize(720, 520)
    for page in range(6):
        assert window.pages.widget(page).minimumSizeHint().width() <= 720 - 96


def test_a_status_reaches_every_page(window):
    assert window.state_words.text() == "Ready · not sharing"
    assert "status" in window.chat.told
    assert window.models.library.cards
    assert window.mesh.join.isVisibleTo(window.mesh)
    assert window.settings.rows


def test_a_lost_peer_is_said_to_be_lost_until_it_is_back(window, qtbot):
    window.display_lost(NotRunning("The peer is gone.", "Start it again."))
    assert window.health.lines() == ("The peer is gone. Start it again.",)
    assert window.state_words.text() == "Not running"
    assert not window.models.isEnabled()
    assert window.chat.isEnabled()

    window.display(structs.replace(STATUS, state=State.NOT_SHARING))
    assert window.health.lines() == ()
    assert window.models.isEnabled()


def test_a_new_home_begins_with_the_first_screen(make, tmp_path):
    (tmp_path / "window.ini").write_text("")
    window = make()
    window.display(STATUS)
    assert window.pages.currentWidget() is window.welcome
    window.look_at("closedmesh://join/cm1example")
    assert window.welcome.mesh.isChecked()
    window.remember()
    assert make().pages.currentWidget() is not window.chat

    window.welcome.finished.emit()
    assert window.pages.currentWidget() is window.chat
    again = make()
    assert again.pages.currentWidget() is again.chat


def test_who_had_a_window_before_there_was_a_first_screen_sees_none(make, window, tmp_path):
    window.remember()
    state = tmp_path / "window.ini"
    state.write_text(state.read_text().replace("begun=yes\n", ""))
    again = make()
    assert again.pages.currentWidget() is again.chat


@pytest.fixture
def german(qapp):
    """Speaks German from when it is called."""
    language = Language(RESOURCES / "words")
    yield lambda: language.choose("de")
    language.choose("en")
    QLocale.setDefault(QLocale.c())


def test_another_language_is_spoken_at_once_and_nothing_is_lost(
    open_window, bridge, control, german, qtbot
):
    control.gate = asyncio.Event()
    window = open_window(STATUS)
    first = window.chat
    first.composer.text.setPlainText("How are you?")
    qtbot.keyClick(first.composer.text, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: any(stream.text == "Hello" for stream in first._streams.values()))
    first.composer.text.setPlainText("And then?")
    window.turn_to("models")
    window.models.tabs.setCurrentIndex(2)
    window.turn_to("settings")
    window.settings.turn_to("window")
    window.settings.rows["window.language"].editor.setFocus()
    qtbot.waitUntil(lambda: not bridge.is_busy)

    german()
    window.speak(STATUS)

    assert window.rail.checkedButton().text() == "Einstellungen"
    assert window.settings.tabs.tabText(window.settings.tabs.currentIndex()) == "Fenster"
    qtbot.waitUntil(window.settings.rows["window.language"].editor.inner.hasFocus)
    assert window.models.tabs.currentIndex() == 2
    assert window.chat is not first
    assert window.chat.composer.text.toPlainText() == "And then?"
    window.turn_to("chat")
    assert [w._text for w in window.chat.thread_view._widgets.values()] == [
        "How are you?", "Hello",
    ]  # fmt: skip
    with qtbot.waitSignal(window.answered):
        control.open_gate()
    qtbot.waitUntil(
        lambda: window.chat.thread_view._widgets[window.chat._detail.leaf]._text == "Hello there."
    )


def test_each_key_does_one_thing_in_another_language_too(open_window, bridge, german, qtbot):
    window = open_window(STATUS)
    qtbot.waitUntil(lambda: not bridge.is_busy)
    german()
    window.speak(STATUS)
    qtbot.waitUntil(lambda: window.isActiveWindow() and window.pages.isVisible())
    qtbot.keyClick(window.chat.composer.text, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    assert window.pages.currentWidget() is window.mesh


def test_a_first_screen_stays_the_first_screen(make, german, tmp_path):
    (tmp_path / "window.ini").write_text("")
    window = make()
    window.display(STATUS)
    german()
    window.speak(STATUS)
    assert window.pages.currentWidget() is window.welcome
