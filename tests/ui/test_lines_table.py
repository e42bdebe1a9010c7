import pytest
from PySide6.QtCore import Qt

from closedmesh.ui.lines_table import MOST_LINES, LinesTable


@pytest.fixture
def table(qtbot):
    table = LinesTable([("Name", "What it is called"), ("Speed", "")], (1,), None)
    qtbot.addWidget(table)
    return table


def test_figures_stand_on_the_right_with_their_title(table):
    table.fill([("one", "1")])
    right = Qt.AlignmentFlag.AlignRight
    assert [bool(table.item(0, c).textAlignment() & right) for c in range(2)] == [False, True]
    assert table.horizontalHeaderItem(1).textAlignment() & right
    assert table.horizontalHeaderItem(0).toolTip() == "What it is called"


def test_what_is_selected_is_known_by_its_place(table):
    table.fill([("one", "1"), ("two", "2")])
    assert table.selected is None
    table.selectRow(1)
    table.fill([("one", "3"), ("two", "4")])
    assert table.selected == 1
    assert table.item(1, 1).text() == "4"


def test_a_cell_that_says_the_same_is_not_written_again(table):
    table.fill([("one", "1")])
    with_place = table.item(0, 0)
    table.fill([("one", "2"), ("two", "2")])
    assert table.item(0, 0) is with_place


def test_words_of_strangers_are_never_markup(table):
    table.fill([("<b>x</b>", "1")])
    assert table.item(0, 0).text() == "<b>x</b>"
    assert "<b>" not in table.item(0, 0).toolTip()


def test_many_lines_scroll(table):
    table.fill([("x", "1")] * MOST_LINES)
    full = table.height()
    table.fill([("x", "1")] * 10 * MOST_LINES)
    assert table.height() == full
