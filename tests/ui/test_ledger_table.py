import pytest

from closedmesh.ui.activity_view import LedgerLine, columns
from closedmesh.ui.ledger_table import LedgerTable


def lines(*numbers):
    return tuple(LedgerLine(number, (str(number),) * len(columns())) for number in numbers)


@pytest.fixture
def table(qtbot):
    table = LedgerTable()
    qtbot.addWidget(table)
    return table


def test_it_shows_each_receipt_as_a_line(table):
    table.display(lines(3, 2, 1))
    assert [table.item(row, 0).text() for row in range(3)] == ["3", "2", "1"]


def test_the_selected_receipt_stays_selected_when_others_come(table):
    table.display(lines(2, 1))
    table.selectRow(1)
    table.display(lines(4, 3, 2, 1))
    assert table.chosen == 1
    table.display(lines(9))
    assert table.chosen is None


def test_a_line_that_is_activated_is_opened(qtbot, table):
    table.display(lines(8, 7))
    with qtbot.waitSignal(table.opened) as opened:
        table.activated.emit(table.model().index(1, 0))
    assert opened.args == [7]
