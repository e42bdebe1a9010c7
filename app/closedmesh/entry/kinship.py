"""Another computer of a member's owner: what an invite that the owner wrote admits to.

The owner is one to whom a standing member belongs already. Such an invite never gives more than
the owner's computers have, admits none whose membership was ended, and counts as used like every
other one. However many computers an owner has, limits are those of one.
"""

import sqlite3

from closedmesh.entry.register import Register
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.invites import Invite, secret_hash
from closedmesh.mesh.membership import RENEWAL_GRACE, Scope
from closedmesh.mesh.records import InviteRecord

MAX_COMPUTERS = 20
"""Of one owner, by invites of the owner's own: who has more asks an entry for an invite."""


def write_down(
    database: sqlite3.Connection, register: Register, node: NodeId, invite: Invite, now: float
) -> None:
    """Take an owner's invite for `node` into the register, within a transaction, so that it can be
    redeemed there. Raises `NotAuthorised` where that owner may not invite that computer."""
    before = register.member(database, node)
    if before is not None and before.revoked is not None:
        raise NotAuthorised(RefusalCode.REVOKED, "The membership of this computer was ended.")
    _check_owner(invite, _scopes(database, invite, node, now))
    digest = secret_hash(invite.secret)
    if database.execute("SELECT 1 FROM invites WHERE secret_hash = ?", (digest,)).fetchone():
        return
    kept = InviteRecord(
        invite.id, digest, invite.scope, invite.uses, now, invite.expires, revoked=False, used={}
    )
    register.put(database, kept)


def _scopes(database: sqlite3.Connection, invite: Invite, node: NodeId, now: float) -> list[Scope]:
    """What each of the owner's other computers may do."""
    rows = database.execute(
        "SELECT scope FROM members WHERE owner = ? AND node <> ? AND revoked IS NULL"
        " AND expires > ?",
        (invite.owner, node, now - RENEWAL_GRACE),
    )
    return [Scope(row["scope"]) for row in rows]


def _check_owner(invite: Invite, scopes: list[Scope]) -> None:
    if not scopes:
        raise NotAuthorised(
            RefusalCode.INVITE_UNKNOWN, "No computer of this owner is a member here."
        )
    if not any(scope.covers(invite.scope) for scope in scopes):
        raise NotAuthorised(RefusalCode.WRONG_SCOPE, "The owner's own computers may not do that.")
    if len(scopes) >= MAX_COMPUTERS:
        raise NotAuthorised(
            RefusalCode.INVITE_USED, f"An owner invites at most {MAX_COMPUTERS} computers."
        )
