"""Gives what was earned under an owner's old key to the new one, where the old key says so."""

import logging

from closedmesh.entry.admission import Admission
from closedmesh.entry.settling import Settler
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.handing_over import HandedOver, HandOver, read_handover
from closedmesh.mesh.ids import NodeId, short
from closedmesh.trust.ledger import held

log = logging.getLogger(__name__)


def hand_over(
    settler: Settler, members: Admission, node: NodeId, said: HandOver, now: float
) -> HandedOver:
    """Move everything of the signer's account to the account of `node`, which the transport has
    proven. Raises `NotAuthorised`."""
    source = said.word.signer
    wanted = read_handover(said.word, members.mesh, node, now)
    if wanted.target != members.account_of(node):
        # Another entry may know it already, and tells this one soon.
        raise NotAuthorised(RefusalCode.BUSY, "This computer does not belong to that owner yet.")
    if settler.convicted(source):  # what is held is about to be lost
        raise NotAuthorised(
            RefusalCode.BAD_REQUEST, "A computer of that owner does not serve what it says."
        )
    amount, kept = settler.ledger.balance(source), settler.ledger.balance(held(source))
    if amount or kept:
        settler.move(source, wanted.target)
        log.info("account %s went over to %s", short(source), short(wanted.target))
    return HandedOver(amount, kept)
