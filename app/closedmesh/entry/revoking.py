"""Who no longer is a member, or an entry: said to everybody by signed lists.

Each entry has a list of its own; what others revoked is put on it too where it knows more keys of
the member than they. Only the mesh's own key unmakes an entry.
"""

import sqlite3

from msgspec import structs

from closedmesh.entry.authority import Authority
from closedmesh.entry.register import Register
from closedmesh.errors import BadRequest
from closedmesh.mesh.ids import NodeId, Serial, short
from closedmesh.mesh.membership import (
    CLOCK_SKEW,
    MAX_REVOKED,
    Endorsed,
    RevocationList,
    Revoked,
    Scope,
    asking_certificate,
)
from closedmesh.mesh.records import MemberRecord
from closedmesh.mesh.signing import seal
from closedmesh.node.clock import Clock
from closedmesh.node.membership import Membership
from closedmesh.node.store import Store

_SEQUENCE = "revocation-sequence"


class Revoking:
    """The list of one entry."""

    def __init__(
        self,
        store: Store,
        register: Register,
        authority: Authority,
        membership: Membership,
        clock: Clock,
    ) -> None:
        """`membership` is that of the entry itself, and knows all entries' lists."""
        self._store = store
        self._register = register
        self._authority = authority
        self._membership = membership
        self._clock = clock
        self.publish()

    def revoke(self, node: NodeId) -> None:
        """End a membership. Raises `BadRequest` if there is none, or if it is that of an entry and
        this one may not end it."""
        now = self._clock.now()
        with self._store.transaction() as database:
            known = self._register.member(database, node)
            if known is None or known.revoked is not None:
                raise BadRequest(
                    f"Peer {short(node)} is not a member.", "`closedmesh status` lists the peers."
                )
            if known.scope is Scope.ENTRY:
                self._check_may_depose(node)
            ended = structs.replace(known, revoked=now)
            self._register.put(database, ended)
            self.end(database, ended)
        self._register.touch()
        self.publish()
        if known.scope is Scope.ENTRY:
            self._depose(known)

    def _check_may_depose(self, node: NodeId) -> None:
        if self._authority.root is None or node == self._authority.key.node:
            raise BadRequest(
                "Only the entry that founded the mesh ends that of another entry.",
                "Do it there: `closedmesh revoke PEER`.",
            )

    def _depose(self, entry: MemberRecord) -> None:
        """Sign with the mesh's key that a peer is no entry any longer."""
        root, mesh = self._authority.root, self._authority.mesh
        assert root is not None
        before = self._membership.revocations.lists.get(NodeId(mesh))
        now = int(self._clock.now())
        revoked = (*(before.revoked if before else ()), Revoked(entry.serial, entry.expires))
        said = RevocationList(
            mesh,
            before.sequence + 1 if before else 1,
            now,
            tuple(each for each in revoked if each.expires >= now - CLOCK_SKEW)[-MAX_REVOKED:],
        )
        self._membership.take_lists((Endorsed(seal(said, root), None),))

    def end(self, database: sqlite3.Connection, ended: MemberRecord) -> None:
        """Put a membership that was revoked, with its asking keys, on this entry's own list, which
        is to be published then."""
        keys = database.execute("SELECT * FROM asking_keys WHERE member = ?", (ended.node,))
        over = [(key["serial"], _asking_expiry(self._authority, key)) for key in keys.fetchall()]
        if ended.scope is not Scope.ENTRY:
            over.append((ended.serial, ended.expires))
        database.execute("DELETE FROM asking_keys WHERE member = ?", (ended.node,))
        database.executemany("INSERT OR IGNORE INTO revocations VALUES (?, ?)", over)

    def publish(self) -> None:
        """Sign this entry's list if it says something else than before, and believe it oneself."""
        now, mesh, key = self._clock.now(), self._authority.mesh, self._authority.key
        before = self._membership.revocations.lists.get(key.node)
        with self._store.transaction() as database:
            database.execute("DELETE FROM revocations WHERE expires < ?", (now - CLOCK_SKEW,))
            rows = database.execute(
                # In the order of random numbers: it must not show what was revoked together.
                "SELECT * FROM (SELECT * FROM revocations ORDER BY expires DESC LIMIT ?)"
                " ORDER BY serial",
                (MAX_REVOKED,),
            ).fetchall()
            revoked = tuple(Revoked(Serial(row["serial"]), row["expires"]) for row in rows)
            if before is not None and before.revoked == revoked:
                return
            sequence = self._next_sequence(database)
        said = RevocationList(mesh, sequence, int(now), revoked)
        signed = Endorsed(seal(said, key), self._authority.credential.statement)
        self._membership.take_lists((signed,))

    def _next_sequence(self, database: sqlite3.Connection) -> int:
        found = database.execute("SELECT value FROM facts WHERE name = ?", (_SEQUENCE,)).fetchone()
        sequence = int(found["value"]) + 1 if found else 1
        database.execute("INSERT OR REPLACE INTO facts VALUES (?, ?)", (_SEQUENCE, str(sequence)))
        return sequence


def _asking_expiry(authority: Authority, row: sqlite3.Row) -> int:
    key, serial = NodeId(row["key"]), Serial(row["serial"])
    return asking_certificate(authority.mesh, key, serial, row["day"]).expires
