"""The ledger on disk: events that follow from one another, and what they move.

The file itself refuses whatever would change what is written: an event that does not follow the
last one, postings that do not add up to nothing, an account below zero, and every change or
removal. Balances are sums of postings, kept beside them.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.membership import Endorsed
from closedmesh.mesh.signing import peek
from closedmesh.node.database import Database, connect
from closedmesh.trust.heads import Sheet, encode_sheet
from closedmesh.trust.ledger import (
    DAILY_POOL,
    GENESIS,
    PER_PAIR,
    PER_PAYEE,
    PER_PAYER,
    Event,
    Move,
    Paid,
    Refusal,
    Room,
    decode,
    draws,
    encode,
    link,
    pool_day,
    postings,
)
from closedmesh.trust.receipts import Served


def _never(table: str) -> str:
    return "".join(
        f"CREATE TRIGGER {table}_{what.lower()} BEFORE {what} ON {table} BEGIN"
        " SELECT RAISE (ABORT, 'a ledger is never changed'); END;"
        for what in ("UPDATE", "DELETE")
    )


MIGRATIONS = (
    """
    CREATE TABLE accounts (
        id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, since INTEGER NOT NULL,
        balance INTEGER NOT NULL DEFAULT 0
    ) STRICT;
    INSERT INTO accounts (id, name, since) VALUES (1, 'pool', 0), (2, 'burned', 0);
    CREATE TABLE events (
        id INTEGER PRIMARY KEY, body BLOB NOT NULL, name BLOB NOT NULL
    ) STRICT;
    CREATE TABLE postings (
        event INTEGER NOT NULL REFERENCES events DEFERRABLE INITIALLY DEFERRED,
        account INTEGER NOT NULL REFERENCES accounts, delta INTEGER NOT NULL,
        PRIMARY KEY (event, account)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE paid (
        event INTEGER PRIMARY KEY REFERENCES events, peer BLOB NOT NULL, request TEXT NOT NULL,
        asker BLOB NOT NULL, sequence INTEGER NOT NULL, digest BLOB NOT NULL,
        UNIQUE (peer, request), UNIQUE (peer, asker, sequence)
    ) STRICT;
    CREATE TABLE drawn (
        day INTEGER NOT NULL, name TEXT NOT NULL, amount INTEGER NOT NULL,
        PRIMARY KEY (day, name)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE heads (
        number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, events INTEGER NOT NULL,
        data BLOB NOT NULL
    ) STRICT;
    CREATE TABLE sheets (
        head INTEGER NOT NULL REFERENCES heads, place INTEGER NOT NULL, account TEXT NOT NULL,
        data BLOB NOT NULL, PRIMARY KEY (head, place), UNIQUE (account, head)
    ) STRICT;
    CREATE TABLE evidence (digest TEXT PRIMARY KEY, why TEXT NOT NULL, data BLOB NOT NULL) STRICT;
    CREATE TRIGGER event_follows BEFORE INSERT ON events
    WHEN new.id <> (SELECT COALESCE(MAX(id), 0) + 1 FROM events) BEGIN
        SELECT RAISE (ABORT, 'an event follows the last one');
    END;
    CREATE TRIGGER event_balances BEFORE INSERT ON events
    WHEN (SELECT COALESCE(SUM(delta), 0) FROM postings WHERE event = new.id) <> 0 BEGIN
        SELECT RAISE (ABORT, 'an event moves nothing out of nowhere');
    END;
    CREATE TRIGGER posting_is_early BEFORE INSERT ON postings
    WHEN new.event <> (SELECT COALESCE(MAX(id), 0) + 1 FROM events) BEGIN
        SELECT RAISE (ABORT, 'the event is closed');
    END;
    CREATE TRIGGER posting_counts AFTER INSERT ON postings BEGIN
        UPDATE accounts SET balance = balance + new.delta WHERE id = new.account;
        SELECT RAISE (ABORT, 'an account is never below zero')
        FROM accounts WHERE id = new.account AND balance < 0 AND id <> 1;
    END;
    """
    + "".join(map(_never, ("events", "postings", "paid", "heads", "sheets"))),
    # A receipt is settled once by the asker's last word, and before that once by a voucher.
    """
    CREATE TABLE parts (
        event INTEGER PRIMARY KEY REFERENCES events, peer BLOB NOT NULL, asker BLOB NOT NULL,
        request TEXT NOT NULL, begun INTEGER NOT NULL, sequence INTEGER NOT NULL,
        digest BLOB NOT NULL, last INTEGER NOT NULL,
        UNIQUE (peer, asker, request, begun, last), UNIQUE (peer, asker, sequence, last)
    ) STRICT;
    INSERT INTO parts
        SELECT event, peer, asker, request, 0, sequence, digest, 1 FROM paid;
    DROP TABLE paid;
    ALTER TABLE parts RENAME TO paid;
    """
    + _never("paid"),
)
"""As in `store`: never changed, only added to."""


class LedgerFile(Database):
    """An open ledger."""

    path: Path

    @classmethod
    def open(cls, path: Path) -> "LedgerFile":
        """Open or make the file. Raises `ClosedMeshError` for one that cannot be read: it is never
        begun anew by itself, since members would see a second history."""
        try:
            database = connect(path, MIGRATIONS)
        except sqlite3.DatabaseError as error:
            raise ClosedMeshError(
                f"The ledger {path} cannot be read: {error}.",
                "Put back a copy of it; without one, move it away, and members will be told that"
                " the mesh has begun a second history.",
            ) from error
        path.chmod(0o600)
        opened = cls(database, "The ledger")
        opened.path = path
        return opened

    def tip(self) -> tuple[int, bytes]:
        """How many events there are, and the name of the last."""
        found = self.rows("SELECT id, name FROM events ORDER BY id DESC LIMIT 1")
        return (found[0]["id"], found[0]["name"]) if found else (0, GENESIS)

    def balance(self, account: str) -> int:
        """Thousandths of a credit."""
        found = self.rows("SELECT balance FROM accounts WHERE name = ?", account)
        return int(found[0]["balance"]) if found else 0

    def balances(self) -> dict[str, int]:
        """Of every account."""
        found = self.rows("SELECT name, balance FROM accounts")
        return {row["name"]: row["balance"] for row in found}

    def since(self, account: str) -> int | None:
        """When something was first moved for an account; Unix time, seconds."""
        found = self.rows("SELECT since FROM accounts WHERE name = ?", account)
        return int(found[0]["since"]) if found else None

    def room(self, payer: str, payee: str, at: float) -> Room:
        """What is left of a day's limits."""
        names = ("", f"to {payee}", f"by {payer}", f"{payer} {payee}")
        rows = self.rows(
            "SELECT name, amount FROM drawn WHERE day = ? AND name IN (?, ?, ?, ?)",
            pool_day(at), *names,
        )  # fmt: skip
        used = {row["name"]: row["amount"] for row in rows}
        limits = (DAILY_POOL, PER_PAYEE, PER_PAYER, PER_PAIR)
        return Room(*(most - used.get(name, 0) for name, most in zip(names, limits, strict=True)))

    def known(self, said: Served, digest: str, *, last: bool) -> Refusal | int:
        """Whether a receipt is settled already, or another one has its place; otherwise how much
        was settled by a voucher before the asker's last word came."""
        pair = bytes.fromhex(said.peer), bytes.fromhex(said.asker)
        found = self.rows(
            "SELECT * FROM paid WHERE peer = ? AND asker = ? AND sequence = ?",
            *pair, said.sequence,
        )  # fmt: skip
        if any(row["digest"].hex() != digest for row in found):
            return Refusal.FORKED
        if any(row["last"] or not last for row in found):
            return Refusal.REPLAYED
        if found:
            return self._owed(found[0]["event"])
        again = self.rows(
            "SELECT 1 FROM paid WHERE peer = ? AND asker = ? AND request = ? AND begun = ?",
            *pair, said.request, said.begun,
        )  # fmt: skip
        return Refusal.REPLAYED if again else 0

    def _owed(self, event: int) -> int:
        (row,) = self.rows("SELECT body FROM events WHERE id = ?", event)
        paid = decode(row["body"])
        assert isinstance(paid, Paid)
        return paid.owed

    def append(self, database: sqlite3.Connection, event: Event) -> None:
        """Write an event down, within a transaction."""
        last = database.execute("SELECT id, name FROM events ORDER BY id DESC LIMIT 1").fetchone()
        number, before = (last["id"], last["name"]) if last else (0, GENESIS)
        body = encode(event)
        for account, delta in postings(event):
            place = _place(database, account, event.at)
            database.execute("INSERT INTO postings VALUES (?, ?, ?)", (number + 1, place, delta))
        database.execute(
            "INSERT INTO events VALUES (?, ?, ?)", (number + 1, body, link(before, body))
        )
        if isinstance(event, Paid):
            _note_paid(database, number + 1, event)

    def events(self, after: int = 0, most: int | None = None) -> Iterator[tuple[int, bytes, bytes]]:
        """Number, body and name of events, in order."""
        last = after
        while most is None or last < after + most:
            rows = self.rows(
                "SELECT * FROM events WHERE id > ? ORDER BY id LIMIT ?",
                last, 500 if most is None else min(500, after + most - last),
            )  # fmt: skip
            if not rows:
                return
            for row in rows:
                yield row["id"], row["body"], row["name"]
            last = rows[-1]["id"]

    def postings(self, event: int) -> list[Move]:
        """What an event moves, as it is kept."""
        rows = self.rows(
            "SELECT name, delta FROM postings JOIN accounts ON accounts.id = account"
            " WHERE event = ?", event,
        )  # fmt: skip
        return [(row["name"], row["delta"]) for row in rows]

    def last_head(self) -> tuple[int, int, Endorsed] | None:
        """Number, events so far, and the head; `None` before the first."""
        rows = self.rows("SELECT * FROM heads ORDER BY number DESC LIMIT 1")
        return (rows[0]["number"], rows[0]["events"], _endorsed(rows[0])) if rows else None

    def heads(self, first: int, most: int) -> list[Endorsed]:
        """Heads in order."""
        rows = self.rows(
            "SELECT * FROM heads WHERE number >= ? ORDER BY number LIMIT ?", first, most
        )
        return [_endorsed(row) for row in rows]

    def keep_head(
        self,
        database: sqlite3.Connection,
        number: int,
        events: int,
        head: Endorsed,
        sheets: Iterable[Sheet],
    ) -> None:
        """Keep a head with its sheets, within a transaction."""
        database.execute(
            "INSERT INTO heads VALUES (?, ?, ?, ?)",
            (number, head.statement.digest, events, msgspec.msgpack.encode(head)),
        )
        database.executemany(
            "INSERT INTO sheets VALUES (?, ?, ?, ?)",
            ((number, place, sheet.account, encode_sheet(sheet))
             for place, sheet in enumerate(sheets)),
        )  # fmt: skip

    def sheets(self, head: int) -> list[bytes]:
        """All sheets of a head, in their places."""
        rows = self.rows("SELECT data FROM sheets WHERE head = ? ORDER BY place", head)
        return [row["data"] for row in rows]

    def last_sheet(self, account: str) -> Sheet | None:
        """The newest sheet of an account."""
        rows = self.rows(
            "SELECT data FROM sheets WHERE account = ? ORDER BY head DESC LIMIT 1", account
        )
        return msgspec.msgpack.decode(rows[0]["data"], type=Sheet) if rows else None

    def sheet_place(self, account: str, head: int) -> int | None:
        """The place of an account's sheet in a head, if it has one."""
        rows = self.rows("SELECT place FROM sheets WHERE account = ? AND head = ?", account, head)
        return int(rows[0]["place"]) if rows else None

    @staticmethod
    def keep_evidence(database: sqlite3.Connection, digest: str, why: str, data: bytes) -> None:
        """Keep what proves a fraud, within a transaction."""
        database.execute("INSERT OR IGNORE INTO evidence VALUES (?, ?, ?)", (digest, why, data))


def _place(database: sqlite3.Connection, account: str, at: int) -> int:
    found = database.execute("SELECT id FROM accounts WHERE name = ?", (account,)).fetchone()
    if found:
        return int(found["id"])
    made = database.execute("INSERT INTO accounts (name, since) VALUES (?, ?)", (account, at))
    assert made.lastrowid is not None
    return made.lastrowid


def _note_paid(database: sqlite3.Connection, event: int, paid: Paid) -> None:
    said = peek(paid.receipt, Served)
    database.execute(
        "INSERT INTO paid VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (event, bytes.fromhex(said.peer), bytes.fromhex(said.asker), said.request, said.begun,
         said.sequence, bytes.fromhex(paid.receipt.digest), int(not paid.by_voucher)),
    )  # fmt: skip
    database.executemany(
        "INSERT INTO drawn VALUES (?, ?, ?) ON CONFLICT (day, name) DO UPDATE SET"
        " amount = amount + excluded.amount",
        ((pool_day(paid.at), name, amount) for name, amount in draws(paid)),
    )


def _endorsed(row: Any) -> Endorsed:
    return msgspec.msgpack.decode(row["data"], type=Endorsed)
