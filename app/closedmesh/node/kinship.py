"""Computers of one person in a mesh: the invite for another one, and what it is to be joined by it.

The owner's key stays on the computer that has it. It signs an invite that one other computer can
use within the hour; the entry then names the same owner in that computer's certificates, for as
long as the membership lasts.
"""

import math
import secrets

from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.mesh import invites
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.invites import LONGEST_OF_OWNER, MAX_ENTRIES, SECRET_BYTES, Invite
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.picture import IssuedInvite, NewInvite
from closedmesh.mesh.signing import Sealed
from closedmesh.node.identity import Identity
from closedmesh.node.membership import Adoption, Membership, not_a_member


def make_invite(
    membership: Membership, identity: Identity, lifetime: float, now: float
) -> NewInvite:
    """A link for another computer of this one's owner; `lifetime` in seconds. Raises `NotAMember`,
    and `ClosedMeshError` where the owner cannot write one here."""
    if membership.member is None:
        raise not_a_member()
    owner, certificate = identity.owner, membership.certificate
    if certificate.scope is Scope.ENTRY:
        raise ClosedMeshError(
            "This computer runs the mesh as one of its entries.",
            "An entry invites everybody: `closedmesh invite new`.",
        )
    if membership.is_adopted(identity):
        raise ClosedMeshError(
            "The key of this computer's owner is on another computer.", "Make the invite there."
        )
    if owner is None or certificate.owner != owner.node:
        raise ClosedMeshError(
            "The mesh does not know the owner of this computer yet.", "Try again in a minute."
        )
    if not 0 < lifetime <= LONGEST_OF_OWNER:
        raise BadRequest("Such an invite holds for a day at most.", "Choose --expires 1d or less.")
    invite = Invite(
        mesh=membership.mesh,
        mesh_name=membership.member.info.name,
        entries=membership.entries()[:MAX_ENTRIES],
        secret=secrets.token_bytes(SECRET_BYTES),
        scope=certificate.scope,
        uses=1,
        expires=math.ceil(now + lifetime),
        owner=owner.node,
    )
    issued = IssuedInvite(invite.id, invite.scope, 1, 0, invite.expires)
    return NewInvite(issued, invites.write(invite, owner))


def shown_with(
    invite: Invite, sealed: Sealed, membership: Membership, identity: Identity
) -> Sealed | None:
    """What an entry is shown with the secret of an invite: whose this computer is."""
    if invite.owner:
        return sealed
    is_member = membership.member is not None
    return membership.ownership(identity) if is_member else identity.ownership(invite.mesh)


def adoption_by(invite: Invite, identity: Identity) -> Adoption | None:
    """What an invite makes of this computer; `None` where it stays its own owner's."""
    own: NodeId | None = identity.owner.node if identity.owner else None
    if invite.owner is None or invite.owner == own:
        return None
    return Adoption(invite.owner, own)
