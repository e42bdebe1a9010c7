import pytest
from msgspec import structs

from closedmesh.ui.mesh_view import columns, mesh_view
from closedmesh.ui.peers_table import PeersTable
from tests.support.control import AT_THE_ENTRY, MEMBER, PEERS


@pytest.fixture
def table(qtbot):
    table = PeersTable()
    qtbot.addWidget(table)
    return table


def lines(status=AT_THE_ENTRY, peers=PEERS):
    return mesh_view(structs.replace(status, peers=peers)).peers


def cells(table, row):
    return tuple(table.item(row, column).text() for column in range(table.columnCount()))


def test_each_line_has_its_cells(table):
    table.display(lines())
    assert [cells(table, row) for row in range(table.rowCount())] == [x.cells for x in lines()]
    assert table.horizontalHeaderItem(5).text() == columns()[5][0]


def test_words_of_strangers_are_never_markup(table):
    bad = structs.replace(PEERS[2], version="<b>x</b>")
    table.display(lines(peers=(bad,)))
    assert table.item(0, 7).text() == "<b>x</b>"
    assert "<b>" not in table.item(0, 7).toolTip()


def test_a_selection_survives_other_figures_and_not_other_peers(table, qtbot):
    table.display(lines())
    with qtbot.waitSignal(table.chosen):
        table.selectRow(2)
    assert table.ending == PEERS[2].node
    version = structs.replace(PEERS[0], version="0.2.0")
    table.display(lines(peers=(version, *PEERS[1:])))
    assert table.ending == PEERS[2].node
    table.display(lines(peers=PEERS[:2]))
    assert table.ending is None


def test_what_cannot_be_ended_is_not(table):
    table.display(lines())
    table.selectRow(0)
    assert table.ending is None
    table.display(lines(MEMBER))
    table.selectRow(2)
    assert table.ending is None
