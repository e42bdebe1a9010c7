"""The whole file, looked at from nothing; and what was tampered with is named."""

import sqlite3

import pytest

from closedmesh.entry.ledger_check import export, verify
from closedmesh.mesh.membership import DAY
from tests.support.ledger import ACTIVE, Office
from tests.support.mesh import MESH


@pytest.fixture
async def path(tmp_path):
    """A ledger of two days, with heads, a dispute, and something that is let go."""
    path = tmp_path / "ledger.db"
    office = Office(path)
    for name in ("ann", "bob", "cid"):
        office.people.add(name)
    office.checks.right("ann")
    for _ in range(3):
        office.answer("ann", "bob")
        office.answer("bob", "ann")
        office.answer("cid", "ann", counted=20)
        await office.clock.advance(4 * DAY)
    office.settler.close_if_due()
    office.answer("ann", "cid")
    office.ledger.close()
    return path


def check(path):
    return verify(path, MESH.mesh, lambda _: ACTIVE, 1_780_000_000 + 12 * DAY)


def test_what_is_right_is_found_right(path):
    found = check(path)
    assert found.problems == ()
    assert (found.receipts, found.disputed) == (10, 3)
    assert found.events > found.receipts
    assert found.heads >= 3
    assert found.balance + found.held + found.burned == found.issued > 0


TAMPERED = {
    "a body": "UPDATE events SET body = CAST(x'00' || substr(body, 2) AS BLOB) WHERE id = 2",
    "a name": "UPDATE events SET name = zeroblob(32) WHERE id = 2",
    "a posting": "UPDATE postings SET delta = delta + 5 WHERE event = 1",
    "a balance": "UPDATE accounts SET balance = balance + 5 WHERE id = 3",
    "a sheet": "UPDATE sheets SET data = (SELECT data FROM sheets WHERE head = 1) WHERE head = 0",
    "a head": "UPDATE heads SET data = (SELECT data FROM heads WHERE number = 1) WHERE number = 0",
    "an event taken away": "DELETE FROM events WHERE id = 4",
}


@pytest.mark.parametrize("sql", TAMPERED.values(), ids=TAMPERED)
def test_what_was_tampered_with_is_named(path, sql):
    database = sqlite3.connect(path)
    (table,) = {word for word in sql.split() if word in SEALED} or {"accounts"}
    for (name,) in database.execute(
        "SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ?", (table,)
    ).fetchall():
        database.execute(f"DROP TRIGGER {name}")
    database.execute(sql)
    database.commit()
    database.close()
    assert check(path).problems


SEALED = {"events", "postings", "sheets", "heads"}


@pytest.mark.parametrize("table", ["events", "postings", "paid", "heads", "sheets"])
@pytest.mark.parametrize("how", ["DELETE FROM {}", "UPDATE {} SET rowid = rowid"])
def test_the_file_itself_refuses_changes(path, table, how):
    database = sqlite3.connect(path)
    if table == "postings":
        how = how.replace("rowid", "delta")
    with pytest.raises(sqlite3.IntegrityError, match="never changed"):
        database.execute(how.format(table))
    database.close()


def test_an_event_that_makes_something_of_nothing_is_refused(tmp_path):
    office = Office(tmp_path / "ledger.db")
    office.people.add("ann")
    office.people.add("bob")
    office.answer("ann", "bob")
    with pytest.raises(sqlite3.IntegrityError, match="out of nowhere"):
        out_of_nowhere(office)
    assert office.zero()
    office.ledger.close()


def out_of_nowhere(office):
    with office.ledger.transaction() as database:
        database.execute("INSERT INTO postings VALUES (2, 3, 5)")
        database.execute("INSERT INTO events VALUES (2, x'00', x'01')")


def test_an_export_has_every_event(path):
    office = Office(path)
    lines = export(office.ledger, 0)
    assert len(lines) == office.ledger.tip()[0]
    assert export(office.ledger, len(lines)) == ()
    assert '"kind": "paid"' in lines[0]
    office.ledger.close()
