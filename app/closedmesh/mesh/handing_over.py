"""What was earned under one owner's key, given to another one: the key was replaced, or a computer
has joined its owner.

The old key signs it, and only the computer that is named can bring it to the settler, as a
computer of the new owner. Who has lost the old key asks the settler's owner, who may move accounts.
"""

from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import MeshIdField, NodeId, NodeIdField
from closedmesh.mesh.membership import CLOCK_SKEW, DAY, Time
from closedmesh.mesh.signing import Sealed, unseal

WITHIN = 30 * DAY
"""Seconds for which it can be brought; a settler may be away for some."""

Amount = Annotated[int, Meta(ge=0, le=2**62)]


class Handover(Struct, frozen=True, array_like=True, tag="handover"):
    """The signer, an owner, gives everything on its account to another owner."""

    mesh: MeshIdField
    node: NodeIdField
    """The computer that brings this."""
    target: NodeIdField
    at: Time


class HandOver(Struct, frozen=True, array_like=True):
    """Give everything of the signer's account to my owner's; holds a `Handover`."""

    word: Sealed


class HandedOver(Struct, frozen=True, array_like=True):
    """Done; in thousandths of a credit."""

    amount: Amount
    held: Amount


def read_handover(sealed: Sealed, mesh: str, node: NodeId, now: float) -> Handover:
    """What the signer said, if it is for this mesh and brought by the right computer in time.
    Raises `NotAuthorised`."""
    said = unseal(sealed, Handover)
    if (said.mesh, said.node) != (mesh, node) or said.target == sealed.signer:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "That was signed for somebody else.")
    if not now - WITHIN <= said.at <= now + CLOCK_SKEW:
        raise NotAuthorised(RefusalCode.EXPIRED, "That was signed too long ago.")
    return said
