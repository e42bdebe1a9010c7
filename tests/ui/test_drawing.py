import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent
from PySide6.QtWidgets import QApplication, QToolTip

from closedmesh.ui.drawing import LINE, Drawing


class Numbers(Drawing):
    """Tells the share it is asked for."""

    def height_with(self, line):
        return 10 + line

    def words_at(self, share):
        return f"{share:.2f}"


@pytest.fixture
def drawing(qtbot, theme):
    made = Numbers(theme)
    qtbot.addWidget(made)
    made.resize(200, made.height())
    return made


def test_larger_words_get_more_room(drawing):
    assert drawing.height() >= 10 + LINE
    font, before = drawing.font(), drawing.height()
    font.setPointSizeF(40)
    drawing.setFont(font)
    assert drawing.height() > before
    assert drawing.height() == 10 + drawing.line


@pytest.mark.parametrize(
    ("direction", "left", "said"),
    [(Qt.LayoutDirection.LeftToRight, 50, "0.75"), (Qt.LayoutDirection.RightToLeft, 100, "0.25")],
)
def test_time_runs_in_the_direction_of_reading(drawing, monkeypatch, direction, left, said):
    shown = []
    monkeypatch.setattr(QToolTip, "showText", lambda _place, text, _widget: shown.append(text))
    drawing.setLayoutDirection(direction)
    assert drawing.across(0.25, 0.5) == (left, 50)
    QApplication.sendEvent(drawing, QHelpEvent(QEvent.Type.ToolTip, QPoint(150, 5), QPoint(150, 5)))
    assert shown == [said]
