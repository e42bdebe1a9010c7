"""The register of an entry: invites and their uses, members, asking keys. In the database; as
records to whoever tells other entries of it.

What is written, is written within a transaction of whoever decides it, and then `touch` is called.
"""

import sqlite3
from collections.abc import Iterator

import msgspec

from closedmesh.mesh.ids import InviteId, NodeId
from closedmesh.mesh.membership import DAY, Scope, day_of
from closedmesh.mesh.records import (
    Digests,
    InviteRecord,
    KeyRecord,
    MemberRecord,
    Record,
    merged,
)
from closedmesh.node.clock import Clock
from closedmesh.node.store import Store
from closedmesh.trust.ledger import WITHIN

REMEMBERED = 30 * 86_400
"""Seconds for which an invite that has expired is still told to other entries."""

KEYS_KEPT = WITHIN // DAY + 1
"""Days for which an asking key is kept: so long a receipt may name it."""


class Register:
    """The register of one entry."""

    def __init__(self, store: Store, entry: NodeId, clock: Clock) -> None:
        """`entry` is this one, under which it counts uses of invites."""
        self.entry = entry
        self._store = store
        self._clock = clock
        self._digests: Digests | None = None
        self._digested_on = 0
        with store.transaction() as database:
            # Counted before there were several entries.
            database.execute("UPDATE invite_uses SET entry = ? WHERE entry = ''", (entry,))

    def touch(self) -> None:
        """Something was written."""
        self._digests = None

    def digests(self) -> Digests:
        """Of all that is told to other entries."""
        today = day_of(self._clock.now())
        if self._digests is None or self._digested_on != today:
            self._digests, self._digested_on = Digests(self.records()), today
        return self._digests

    def records(self) -> Iterator[Record]:
        """All that is told to other entries. What is over is left out by its own dates, so that
        all of them leave out the same."""
        today = day_of(self._clock.now())
        since = today * 86_400 - REMEMBERED
        used: dict[str, dict[NodeId, int]] = {}
        for row in self._store.rows("SELECT * FROM invite_uses ORDER BY invite, entry"):
            used.setdefault(row["invite"], {})[NodeId(row["entry"])] = row["used"]
        for row in self._store.rows("SELECT * FROM invites WHERE expires >= ?", since):
            yield _invite(row, used.get(row["id"], {}))
        for row in self._store.rows("SELECT * FROM members"):
            yield _member(row)
        for row in self._store.rows("SELECT * FROM asking_keys WHERE day >= ?", today - KEYS_KEPT):
            yield _key(row)

    def member(self, database: sqlite3.Connection, node: NodeId) -> MemberRecord | None:
        """A member that is or was."""
        row = database.execute("SELECT * FROM members WHERE node = ?", (node,)).fetchone()
        return None if row is None else _member(row)

    def put(self, database: sqlite3.Connection, record: Record) -> None:
        """Write a record as it is."""
        match record:
            case InviteRecord():
                database.execute(
                    "INSERT OR REPLACE INTO invites VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (record.id, record.secret_hash, record.scope, record.uses, record.made,
                     record.expires, record.revoked),
                )  # fmt: skip
                database.executemany(
                    "INSERT OR REPLACE INTO invite_uses VALUES (?, ?, ?)",
                    [(record.id, entry, used) for entry, used in record.used.items()],
                )
            case MemberRecord():
                database.execute(
                    "INSERT OR REPLACE INTO members VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (record.node, record.serial, record.scope, record.owner, record.invite,
                     record.joined, record.expires, record.revoked),
                )  # fmt: skip
            case KeyRecord():
                database.execute(
                    "INSERT OR REPLACE INTO asking_keys VALUES (?, ?, ?, ?)",
                    (record.serial, record.key, record.day, record.member),
                )

    def merge(self, database: sqlite3.Connection, told: Record) -> Record | None:
        """Take up what another entry says; what is known now, or `None` if that was known."""
        known = self._same(database, told)
        if known is None:
            self.put(database, told)
            return told
        now = merged(known, told)
        if msgspec.msgpack.encode(now) == msgspec.msgpack.encode(known):
            return None
        self.put(database, now)
        return now

    def _same(self, database: sqlite3.Connection, told: Record) -> Record | None:
        """Our version of a record."""
        match told:
            case InviteRecord():
                sql = "SELECT * FROM invites WHERE id = ?"
                row = database.execute(sql, (told.id,)).fetchone()
                return None if row is None else _invite(row, self._uses(database, told.id))
            case MemberRecord():
                return self.member(database, told.node)
            case KeyRecord():
                sql = "SELECT * FROM asking_keys WHERE serial = ?"
                row = database.execute(sql, (told.serial,)).fetchone()
                return None if row is None else _key(row)

    def _uses(self, database: sqlite3.Connection, invite: InviteId) -> dict[NodeId, int]:
        sql = "SELECT * FROM invite_uses WHERE invite = ? ORDER BY entry"
        rows = database.execute(sql, (invite,))
        return {NodeId(row["entry"]): row["used"] for row in rows}


def _invite(row: sqlite3.Row, used: dict[NodeId, int]) -> InviteRecord:
    facts = {**dict(row), "scope": Scope(row["scope"]), "revoked": bool(row["revoked"])}
    return InviteRecord(**facts, used=used)


def _member(row: sqlite3.Row) -> MemberRecord:
    return MemberRecord(**{**dict(row), "scope": Scope(row["scope"])})


def _key(row: sqlite3.Row) -> KeyRecord:
    return KeyRecord(**dict(row))
