import pytest

from closedmesh.entry.revoking import Revoking
from closedmesh.errors import BadRequest
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.membership import DAY, MEMBER_LIFETIME, RevocationList, Scope
from closedmesh.mesh.messages import Certify, Renew
from closedmesh.mesh.signing import peek
from tests.entry.test_admission import allowed, asking, invite, joining, refusal
from tests.support.mesh import ASKING, MEMBER, MESH, OTHER, key

__all__ = ["invite"]


@pytest.fixture
def own_list(membership):
    return lambda: peek(membership.lists[MESH.entry.node].statement, RevocationList)


def test_a_revoked_member_is_out(admission, revoking, invite):
    joined = admission.join(MEMBER.node, joining(invite()))
    other = admission.join(OTHER.node, joining(invite(), OTHER))
    keys = admission.certify(MEMBER.node, Certify((asking(),)))
    revoking.revoke(MEMBER.node)
    known = admission.revocations

    for credential, peer in ((joined.credential, MEMBER), (keys.credentials[0], ASKING)):
        assert refusal(lambda c=credential, p=peer: allowed(c, p, known=known)) is (
            RefusalCode.REVOKED
        )
        assert not admission.is_member(peer.node)
    allowed(other.credential, OTHER, known=known)
    assert refusal(admission.renew, MEMBER.node, Renew(joined.credential)) is RefusalCode.REVOKED
    assert admission.members() == 1
    with pytest.raises(BadRequest, match="not a member"):
        revoking.revoke(MEMBER.node)


async def test_a_revoked_member_needs_an_invite_made_afterwards(admission, revoking, invite, clock):
    secret = invite(uses=5)
    joined = admission.join(MEMBER.node, joining(secret))
    await clock.advance(1.0)
    revoking.revoke(MEMBER.node)

    assert refusal(admission.join, MEMBER.node, joining(secret)) is RefusalCode.REVOKED
    await clock.advance(1.0)
    again = admission.join(MEMBER.node, joining(invite()))
    allowed(again.credential, known=admission.revocations, now=clock.now())
    assert refusal(lambda: allowed(joined.credential, known=admission.revocations)) is (
        RefusalCode.REVOKED
    )


async def test_the_list_grows_and_shrinks_and_survives(
    admission, revoking, own_list, invite, store, register, authority, membership, clock
):
    peers = [key(f"member {number}") for number in range(3)]
    for peer in peers:
        admission.join(peer.node, joining(invite(), peer))
    sequences = [own_list().sequence]
    for peer in peers:
        revoking.revoke(peer.node)
        sequences.append(own_list().sequence)
    assert sequences == [1, 2, 3, 4]
    assert len(own_list().revoked) == 3

    Revoking(store, register, authority, membership, clock)
    assert own_list().sequence == 4

    await clock.advance(MEMBER_LIFETIME + DAY)
    Revoking(store, register, authority, membership, clock)
    assert (own_list().sequence, own_list().revoked) == (5, ())


def test_only_the_mesh_key_unmakes_an_entry(admission, revoking, membership, invite, authority):
    joined = admission.join(OTHER.node, joining(invite(Scope.ENTRY), OTHER))
    revoking.revoke(OTHER.node)

    assert (
        refusal(lambda: allowed(joined.credential, OTHER, Scope.ENTRY, admission.revocations))
        is RefusalCode.REVOKED
    )
    assert membership.revocations.lists[NodeId(MESH.mesh)].sequence == 1
    assert not admission.is_member(OTHER.node)


def test_the_founder_stays_an_entry(admission, revoking):
    with pytest.raises(BadRequest, match="founded"):
        revoking.revoke(MESH.entry.node)
