"""Brings to the settler what an owner's old key has signed: that everything earned under it belongs
to the owner of this computer now.

Kept until the settler has taken or refused it.
"""

import logging

import msgspec

from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.handing_over import HandedOver, HandOver, Handover
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.messages import Message
from closedmesh.mesh.signing import PrivateKey, Sealed, peek, seal
from closedmesh.node.membership import Membership
from closedmesh.node.store import Store
from closedmesh.node.talk import Ask, PeerRefused

log = logging.getLogger(__name__)

_KEPT = "handover"

_FOR_GOOD = frozenset({RefusalCode.NOT_A_MEMBER, RefusalCode.EXPIRED, RefusalCode.BAD_REQUEST})
"""Refusals after which asking again is of no use."""


class HandingOver:
    """What is to be handed over, if anything is."""

    def __init__(self, store: Store, membership: Membership) -> None:
        self._store = store
        self._membership = membership

    def promise(self, old: PrivateKey, target: NodeId, now: float) -> None:
        """Hand over what was earned under `old` as soon as this computer is the new owner's. The
        key is used at once and not kept."""
        membership = self._membership
        if membership.member is None or old.node == target:
            return
        node = membership.certificate.node
        word = seal(Handover(membership.mesh, node, target, int(now)), old)
        self._store.remember(_KEPT, msgspec.json.encode(word).decode())

    def due(self) -> HandOver | None:
        """What the settler should be told now."""
        kept = self._store.fact(_KEPT)
        if not kept or self._membership.member is None:
            return None
        word = msgspec.json.decode(kept, type=Sealed)
        said, certificate = peek(word, Handover), self._membership.certificate
        if (said.mesh, said.target) != (certificate.mesh, certificate.owner):
            return None
        return HandOver(word)

    async def visit(self, ask: Ask) -> None:
        """Tell the settler, if there is something to tell. Raises what `ask` raises, but for a
        refusal, after which nothing is told any more."""
        said: Message | None = self.due()
        if said is None:
            return
        try:
            done: HandedOver = await ask(said, HandedOver)
        except PeerRefused as refused:
            if refused.code not in _FOR_GOOD:
                raise
            log.warning("what was earned under another key stays there: %s", refused.reason)
        else:
            owner = self._membership.certificate.owner or ""
            log.info("%d went over to owner %s", done.amount + done.held, short(NodeId(owner)))
        self._store.remember(_KEPT, "")
