"""What an old key has signed, kept until the settler has it."""

import pytest
from msgspec import structs

from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.handing_over import HandedOver, read_handover
from closedmesh.mesh.messages import MeshInfo, Refused
from closedmesh.node.handing_over import HandingOver
from closedmesh.node.membership import Member, Membership
from closedmesh.node.talk import PeerRefused
from tests.support.clock import FakeClock
from tests.support.mesh import MEMBER, MESH, NOW, OTHER, OWNER, key

OLD = key("the old key")


@pytest.fixture
def membership(store):
    made = Membership(store, FakeClock(NOW))
    become(made, OWNER)
    return made


def become(membership, owner):
    certificate = structs.replace(MESH.certificate(MEMBER.node), owner=owner.node)
    credential = MESH.endorse(certificate)
    membership.become(Member(MeshInfo(MESH.mesh, MESH.name, ()), credential))


class Settler:
    def __init__(self, *refusals):
        self.asked, self.refusals = [], list(refusals)

    async def ask(self, message, kind):
        self.asked.append(message)
        if self.refusals:
            raise PeerRefused(Refused(self.refusals.pop(0)))
        return HandedOver(5, 5)


async def test_it_is_told_once_as_a_computer_of_the_new_owner(store, membership):
    over, settler = HandingOver(store, membership), Settler()
    await over.visit(settler.ask)
    over.promise(OLD, OWNER.node, NOW)
    await HandingOver(store, membership).visit(settler.ask)
    await over.visit(settler.ask)

    (told,) = settler.asked
    assert told.word.signer == OLD.node
    assert read_handover(told.word, MESH.mesh, MEMBER.node, NOW).target == OWNER.node


async def test_it_waits_for_the_certificate(store, membership):
    over, settler = HandingOver(store, membership), Settler()
    over.promise(OLD, OTHER.node, NOW)
    assert over.due() is None
    become(membership, OTHER)
    assert over.due() is not None
    membership.leave()
    await over.visit(settler.ask)
    assert not settler.asked


async def test_a_busy_settler_is_told_again_and_a_refusal_is_the_end(store, membership):
    over = HandingOver(store, membership)
    settler = Settler(RefusalCode.BUSY, RefusalCode.EXPIRED)
    over.promise(OLD, OWNER.node, NOW)
    with pytest.raises(PeerRefused):
        await over.visit(settler.ask)
    await over.visit(settler.ask)
    await over.visit(settler.ask)
    assert len(settler.asked) == 2


def test_nothing_is_promised_to_oneself_or_without_a_mesh(store, membership):
    over = HandingOver(store, membership)
    over.promise(OWNER, OWNER.node, NOW)
    membership.leave()
    over.promise(OLD, OWNER.node, NOW)
    become(membership, OWNER)
    assert over.due() is None
