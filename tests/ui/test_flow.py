import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from closedmesh.ui.flow import SPACING, Flow


@pytest.fixture
def held(qtbot):
    """Three buttons of 100 x 20 pixels in a window."""
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    layout.setContentsMargins(0, 0, 0, 0)
    buttons = [QPushButton(str(number)) for number in range(3)]
    for button in buttons:
        button.setFixedSize(100, 20)
    layout.addLayout(Flow(*buttons))
    layout.addStretch(1)
    return window, buttons


def places(held, width):
    window, buttons = held
    window.resize(width, 300)
    window.show()
    return [(button.x(), button.y()) for button in buttons if button.isVisible()]


def test_with_room_all_stand_in_one_line(held):
    step = 100 + SPACING
    assert places(held, 400) == [(0, 0), (step, 0), (2 * step, 0)]


def test_without_room_they_go_on_below(held):
    step = 100 + SPACING
    assert places(held, 250) == [(0, 0), (step, 0), (0, 20 + SPACING)]
    assert places(held, 120) == [(0, 0), (0, 20 + SPACING), (0, 2 * (20 + SPACING))]


def test_what_is_hidden_takes_no_room(held):
    held[1][0].hide()
    assert places(held, 400) == [(0, 0), (100 + SPACING, 0)]


def test_they_begin_where_reading_begins(held):
    held[0].setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert places(held, 400)[0] == (300, 0)


def test_a_window_may_be_as_narrow_as_the_widest(held):
    assert held[0].minimumSizeHint().width() == 100


def test_widgets_can_be_taken_out(held):
    flow = Flow(QPushButton("a"))
    assert flow.count() == 1
    assert flow.itemAt(5) is None
    assert flow.takeAt(0) is not None
    assert flow.takeAt(0) is None
