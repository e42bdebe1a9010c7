"""Every control can be reached with the keyboard alone, and screen readers have a name for it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractSpinBox, QApplication, QTabWidget, QWidget

from closedmesh.control import ChangeSettings
from closedmesh.ui.window import PAGES
from tests.support.control import AT_THE_ENTRY, MEMBER, STATUS

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")


@pytest.fixture(params=[STATUS, MEMBER, AT_THE_ENTRY], ids=["alone", "member", "entry"])
def window(open_window, request):
    return open_window(request.param)


def views(window):
    """Every page, and every tab of those that have some, in turn."""
    for page in PAGES:
        window.turn_to(page)
        tabs = window.pages.currentWidget().findChild(QTabWidget)
        for index in range(tabs.count() if tabs else 1):
            if tabs:
                tabs.setCurrentIndex(index)
            QApplication.processEvents()
            yield f"{page} {tabs.tabText(index) if tabs else ''}"


def controls(window):
    """What can be seen and takes the keyboard. A spin box and its line of text are one."""
    for widget in window.findChildren(QWidget):
        takes = widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        takes = takes and widget.focusProxy() is None
        if widget.isVisible() and takes and not isinstance(widget.parent(), QAbstractSpinBox):
            yield widget


def is_chosen_with_arrows(widget):
    """Of buttons of which one is down, Tab reaches that one, and arrow keys the others."""
    group = widget.group() if isinstance(widget, QAbstractButton) else None
    return group is not None and group.exclusive() and not widget.isChecked()


def test_every_control_has_a_name(window):
    nameless = [
        (view, type(widget).__name__)
        for view in views(window)
        for widget in controls(window)
        if not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]
    assert not nameless


def test_every_control_is_reached_by_the_tab_key(window):
    for view in views(window):
        wanted = {w for w in controls(window) if not is_chosen_with_arrows(w)}
        reached = set()
        for _ in range(2 * len(wanted) + 10):
            window.focusNextChild()
            reached.add(QApplication.focusWidget())
        missed = [(type(w).__name__, w.accessibleName()) for w in wanted - reached]
        assert not missed, view


def test_the_pages_are_reached_with_arrow_keys(window):
    window.turn_to("chat")
    window.rail.button(0).setFocus()
    for index in range(1, len(PAGES)):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        assert window.pages.currentIndex() == index


def act(widget):
    """What a screen reader does first with a widget: not always a click."""
    actions = QAccessible.queryAccessibleInterface(widget).actionInterface()
    actions.doAction(actions.actionNames()[0])


def test_screen_readers_turn_the_pages(window):
    for index in [*range(1, len(PAGES)), 0]:
        act(window.rail.button(index))
        assert window.pages.currentIndex() == index


def test_screen_readers_change_a_setting_and_share(window, control, qtbot):
    window.turn_to("settings")
    act(window.settings.rows["engine.low_priority"].editor.box)
    qtbot.waitUntil(lambda: ChangeSettings({"engine.low_priority": False}) in control.done)
    window.turn_to("sharing")
    act(window.sharing.switch)
    qtbot.waitUntil(lambda: ChangeSettings({"sharing.share": True}) in control.done)
