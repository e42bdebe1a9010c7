"""The invites that an entry has made: counted, expiring, revocable.

Of a secret only its hash is kept: who reads the database cannot join by it, and the link is shown
once, when it is made.
"""

import math
import secrets
import sqlite3
from collections.abc import Callable

from closedmesh.entry.authority import Authority
from closedmesh.errors import BadRequest
from closedmesh.mesh import invites
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import InviteId
from closedmesh.mesh.invites import Invite
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.picture import IssuedInvite, NewInvite
from closedmesh.node.clock import Clock
from closedmesh.node.store import Store

MAX_LISTED = 200
"""Invites in a list, the newest."""

LISTED_AFTER = 30 * 86_400.0
"""Seconds for which an invite that has expired is still listed; then only the database knows it."""


class Invitations:
    """All invites of one entry."""

    def __init__(
        self, store: Store, authority: Authority, clock: Clock, address: Callable[[], Address]
    ) -> None:
        """`address` says where this entry can be reached."""
        self._store = store
        self._authority = authority
        self._clock = clock
        self._address = address

    def make(self, scope: Scope, uses: int, lifetime: float) -> NewInvite:
        """A new invite, `lifetime` seconds long."""
        now = self._clock.now()
        authority = self._authority
        invite = Invite(
            mesh=authority.mesh,
            mesh_name=authority.name,
            entries=(self._address(),),
            secret=secrets.token_bytes(invites.SECRET_BYTES),
            scope=scope,
            uses=uses,
            expires=math.ceil(now + lifetime),
        )
        with self._store.transaction() as database:
            database.execute(
                "INSERT INTO invites (id, secret_hash, scope, uses, made, expires)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (
                    invite.id,
                    invites.secret_hash(invite.secret),
                    scope,
                    uses,
                    now,
                    invite.expires,
                ),
            )
        issued = IssuedInvite(invite.id, scope, uses, 0, invite.expires)
        return NewInvite(issued, invites.write(invite, authority.key))

    def listed(self) -> tuple[IssuedInvite, ...]:
        """Those that are not long past, the newest first."""
        rows = self._store.rows(
            "SELECT * FROM invites WHERE expires > ? ORDER BY made DESC LIMIT ?",
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


def redeem(
    database: sqlite3.Connection, secret: bytes, now: float, *, again: InviteId | None
) -> sqlite3.Row:
    """Use an invite once, within a transaction; gives its row. Whoever has used it before
    (`again` is the invite of a membership that still stands) does not use it up further.

    Raises `NotAuthorised`.
    """
    row: sqlite3.Row | None = database.execute(
        "SELECT * FROM invites WHERE secret_hash = ?", (invites.secret_hash(secret),)
    ).fetchone()
    if row is None:
        raise NotAuthorised(RefusalCode.INVITE_UNKNOWN, "This entry has not made this invite.")
    if row["revoked"]:
        raise NotAuthorised(RefusalCode.INVITE_REVOKED, "The invite was revoked.")
    if now >= row["expires"]:
        raise NotAuthorised(RefusalCode.INVITE_EXPIRED, "The invite has expired.")
    if row["id"] == again:
        return row
    if row["used"] >= row["uses"]:
        raise NotAuthorised(RefusalCode.INVITE_USED, "The invite has been used already.")
    database.execute("UPDATE invites SET used = used + 1 WHERE id = ?", (row["id"],))
    return row
