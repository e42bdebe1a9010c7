import csv

import pytest
from msgspec import structs

from closedmesh.errors import BadRequest
from closedmesh.ui.ledger_export import PAGE, LedgerExport
from tests.support.control import LINE


@pytest.fixture
def export(qtbot, bridge, tmp_path):
    def run(path=tmp_path / "receipts.csv"):
        said = []
        LedgerExport(bridge, path, said.append).start()
        qtbot.waitUntil(lambda: bool(said))
        return said[0]

    return run


def test_every_receipt_is_written_however_many_pages_they_are(export, control, tmp_path):
    count = PAGE + 1
    control.receipts = tuple(structs.replace(LINE, number=n) for n in range(count, 0, -1))
    assert export() == "1,001 receipts saved as receipts.csv."
    with (tmp_path / "receipts.csv").open(newline="", encoding="utf-8") as file:
        numbers = [int(row["number"]) for row in csv.DictReader(file)]
    assert numbers == list(range(count, 0, -1))
    assert [path.name for path in tmp_path.iterdir()] == ["receipts.csv"]


def test_a_file_that_cannot_be_written_says_so_and_leaves_nothing(export, tmp_path):
    said = export(tmp_path / "no" / "such" / "folder.csv")
    assert said == "The file could not be written: No such file or directory."


def test_a_peer_that_refuses_leaves_no_half_file(export, control, tmp_path, monkeypatch):
    async def refuse(_command):
        raise BadRequest("No.", "Later.")

    monkeypatch.setattr(control, "do", refuse)
    assert export() == "No. Later."
    assert list(tmp_path.iterdir()) == []
