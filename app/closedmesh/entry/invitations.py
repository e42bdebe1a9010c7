"""The invites of a mesh's entries: counted, expiring, revocable.

Of a secret only its hash is kept: who reads the database cannot join by it, and the link is shown
once, when it is made.
"""

import math
import secrets
import sqlite3
from collections.abc import Callable

from closedmesh.entry.authority import Authority
from closedmesh.entry.register import Register
from closedmesh.errors import BadRequest
from closedmesh.mesh import invites
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import InviteId, NodeId
from closedmesh.mesh.invites import Invite
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.picture import IssuedInvite, NewInvite
from closedmesh.mesh.records import InviteRecord
from closedmesh.node.clock import Clock
from closedmesh.node.store import Store

MAX_LISTED = 200
"""Invites in a list, the newest."""

LISTED_AFTER = 30 * 86_400.0
"""Seconds for which an invite that has expired is still listed; then only the database knows it."""

LONGEST_FOR_ENTRIES = 86_400.0
"""Seconds that an invite for an entry may hold."""


class Invitations:
    """All invites that one entry has made or been told of by others."""

    def __init__(
        self,
        store: Store,
        register: Register,
        authority: Authority,
        clock: Clock,
        entries: Callable[[], tuple[Address, ...]],
    ) -> None:
        """`entries` says where the entries of the mesh can be reached, this one first."""
        self._store = store
        self._register = register
        self._authority = authority
        self._clock = clock
        self._entries = entries

    def make(self, scope: Scope, uses: int, lifetime: float) -> NewInvite:
        """A new invite, `lifetime` seconds long. Raises `BadRequest` where this entry may not
        make such a one."""
        now = self._clock.now()
        authority = self._authority
        entries = self._entries()
        if scope is Scope.ENTRY:
            _check_entry(authority, uses, lifetime)
            entries = entries[:1]
        invite = Invite(
            mesh=authority.mesh,
            mesh_name=authority.name,
            entries=entries,
            secret=secrets.token_bytes(invites.SECRET_BYTES),
            scope=scope,
            uses=uses,
            expires=math.ceil(now + lifetime),
        )
        kept = InviteRecord(
            id=invite.id,
            secret_hash=invites.secret_hash(invite.secret),
            scope=scope,
            uses=uses,
            made=now,
            expires=invite.expires,
            revoked=False,
            used={},
        )
        with self._store.transaction() as database:
            self._register.put(database, kept)
        self._register.touch()
        issued = IssuedInvite(invite.id, scope, uses, 0, invite.expires)
        return NewInvite(issued, invites.write(invite, authority.key))

    def listed(self) -> tuple[IssuedInvite, ...]:
        """Those that are not long past, the newest first."""
        rows = self._store.rows(
            "SELECT *, (SELECT coalesce(sum(used), 0) FROM invite_uses WHERE invite = id) AS used"
            " FROM invites WHERE expires > ? ORDER BY made DESC LIMIT ?",
            self._clock.now() - LISTED_AFTER,
            MAX_LISTED,
        )
        return tuple(
            IssuedInvite(
                InviteId(row["id"]),
                row["scope"],
                row["uses"],
                row["used"],
                row["expires"],
                bool(row["revoked"]),
            )
            for row in rows
        )

    def revoke(self, invite: InviteId) -> None:
        """Let nobody use it any longer. Raises `BadRequest` if there is none of that name."""
        with self._store.transaction() as database:
            done = database.execute("UPDATE invites SET revoked = 1 WHERE id = ?", (invite,))
            if not done.rowcount:
                raise BadRequest(
                    f"There is no invite {invite}.", "`closedmesh invite list` shows all of them."
                )
        self._register.touch()


def redeem(
    database: sqlite3.Connection,
    entry: NodeId,
    secret: bytes,
    now: float,
    *,
    again: InviteId | None,
) -> sqlite3.Row:
    """Use an invite once at an entry, within a transaction; gives its row. Whoever has used it
    before (`again` is the invite of a membership that still stands) does not use it up further.

    Raises `NotAuthorised`.
    """
    row: sqlite3.Row | None = database.execute(
        "SELECT * FROM invites WHERE secret_hash = ?", (invites.secret_hash(secret),)
    ).fetchone()
    if row is None:
        raise NotAuthorised(RefusalCode.INVITE_UNKNOWN, "This entry does not know this invite.")
    if row["revoked"]:
        raise NotAuthorised(RefusalCode.INVITE_REVOKED, "The invite was revoked.")
    if now >= row["expires"]:
        raise NotAuthorised(RefusalCode.INVITE_EXPIRED, "The invite has expired.")
    if row["id"] == again:
        return row
    used = database.execute(
        "SELECT coalesce(sum(used), 0) FROM invite_uses WHERE invite = ?", (row["id"],)
    ).fetchone()[0]
    if used >= row["uses"]:
        raise NotAuthorised(RefusalCode.INVITE_USED, "The invite has been used already.")
    database.execute(
        "INSERT INTO invite_uses VALUES (?, ?, 1)"
        " ON CONFLICT (invite, entry) DO UPDATE SET used = used + 1",
        (row["id"], entry),
    )
    return row


def _check_entry(authority: Authority, uses: int, lifetime: float) -> None:
    """Raises `BadRequest` for an invite by which somebody may not become an entry."""
    if authority.root is None:
        raise BadRequest(
            "Only the entry that founded the mesh admits other entries.",
            "Make the invite there.",
        )
    if uses != 1 or lifetime > LONGEST_FOR_ENTRIES:
        raise BadRequest(
            "An invite for an entry is for one, and for a day at most: an entry admits members.",
            "Leave --uses out, and choose --expires 1d or less.",
        )
