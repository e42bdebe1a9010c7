"""Events in any order: clicks, keys, words, wheels and sizes, in the whole window.

`CLOSEDMESH_EVENTS=10000 pytest tests/ui/test_any_events.py` goes on for longer.
"""

import os
import random

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QDesktopServices, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

from tests.support.control import AT_THE_ENTRY, MEMBER, STATUS, FakeControl

pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

EVENTS = int(os.environ.get("CLOSEDMESH_EVENTS", "600"))

KEYS = (
    Qt.Key.Key_Tab, Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_Space, Qt.Key.Key_Up,
    Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_End,
    Qt.Key.Key_Delete, Qt.Key.Key_Backspace, Qt.Key.Key_F2, Qt.Key.Key_N, Qt.Key.Key_F,
    Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3, Qt.Key.Key_4, Qt.Key.Key_5, Qt.Key.Key_6,
)  # fmt: skip

TEXTS = ("a", "What is it?", "closedmesh://join/cm1x", "-1", "9" * 30, "**b** `c`")

MODIFIERS = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)

BUTTONS = (Qt.MouseButton.LeftButton,) * 6 + (Qt.MouseButton.RightButton,)


class Hands:
    """Do something anywhere in a window, as chance has it."""

    def __init__(self, window, dice):
        self.window = window
        self.dice = dice

    def act(self):
        deed = self.dice.choices(
            (self.click, self.key, self.text, self.ask, self.wheel, self.resize),
            (16, 8, 4, 1, 4, 2),
        )[0]
        deed()
        QApplication.processEvents()

    def widget(self):
        top = QApplication.activePopupWidget() or QApplication.activeModalWidget() or self.window
        seen = [w for w in top.findChildren(QWidget) if w.isVisible() and not w.size().isEmpty()]
        return self.dice.choice(seen or [top])

    def click(self):
        widget = self.widget()
        place = QPoint(
            self.dice.randrange(widget.width() or 1), self.dice.randrange(widget.height() or 1)
        )
        QTest.mouseClick(widget, self.dice.choice(BUTTONS), pos=place)

    def key(self):
        key = self.dice.choice(KEYS)
        QTest.keyClick(self.focus(), key, self.dice.choice(MODIFIERS))

    def text(self):
        text = self.dice.choice(TEXTS)
        for letter in text:
            if letter.isascii():  # QTest types no others
                QTest.keyClick(self.focus(), letter)

    def ask(self):
        self.window.turn_to("chat")
        self.window.chat.focus_composer()
        QTest.keyClicks(self.focus(), "What is it?")
        QTest.keyClick(self.focus(), Qt.Key.Key_Return)

    def focus(self):
        return QApplication.focusWidget() or self.window

    def wheel(self):
        widget = self.widget()
        middle = QPointF(widget.rect().center())
        event = QWheelEvent(
            middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, self.dice.choice((-120, 120))),
            Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase,
            False,
        )  # fmt: skip
        QApplication.sendEvent(widget, event)

    def resize(self):
        self.window.resize(self.dice.randrange(720, 1400), self.dice.randrange(520, 1000))

    def leave(self):
        """Do something in what waits for an answer, and close it: it would wait for ever."""
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            self.key()
        if (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        elif isinstance(dialog := QApplication.activeModalWidget(), QDialog):
            dialog.reject()


@pytest.fixture
def window(open_window, bridge, monkeypatch):
    # What opens outside of the window belongs to the system.
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: True)
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *_: ("", ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: "")
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: ([], ""))
    window = open_window(MEMBER)
    bridge.status_changed.connect(window.display)
    return window


@pytest.fixture
def control():
    return FakeControl(status=MEMBER, words=("# Title\n", "A *word*.\n\n", "```py\nx = 1\n```\n"))


@pytest.mark.parametrize("seed", range(3))
def test_nothing_that_is_done_to_the_window_breaks_it(window, control, seed):
    hands = Hands(window, random.Random(seed))
    closing = QTimer()
    closing.timeout.connect(hands.leave)
    closing.start(50)
    statuses = (STATUS, MEMBER, AT_THE_ENTRY)
    for number in range(EVENTS):
        if number % 100 == 0:
            window.display(statuses[number // 100 % 3])
        if not window.isVisible():
            window.open()
        hands.act()
    closing.stop()

    assert shiboken6.isValid(window)
    assert control.done
    assert control.asked
