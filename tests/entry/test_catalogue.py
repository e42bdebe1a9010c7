import pytest
from msgspec import structs

from closedmesh.entry.catalogue import FORGET_EVERY, Catalogue
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.messages import Announce, Find, Listed, Pull
from tests.conftest import running
from tests.support.mesh import MEMBER, MESH, OFFER, OTHER, key, serial


@pytest.fixture
def catalogue(clock):
    return Catalogue(MESH.mesh, clock)


def announce(catalogue, peer=MEMBER, sequence=1, member=None, **changes):
    certificate = MESH.certificate((member or peer).node)
    said = MESH.announcement(peer, sequence, **changes)
    return catalogue.announce(certificate, Announce(said))


def refusal(catalogue, **how):
    with pytest.raises(NotAuthorised) as refused:
        announce(catalogue, **how)
    return refused.value.code


def test_a_member_is_listed_when_it_has_announced_itself(catalogue):
    member = MESH.certificate(MEMBER.node)
    assert catalogue.listed(member) == Listed(None)

    assert announce(catalogue, sequence=3) == Listed(3)
    assert catalogue.listed(member) == Listed(3)


async def test_a_member_that_says_no_more_is_not_listed(catalogue, clock):
    announce(catalogue)
    await clock.advance(3600.0)

    assert catalogue.listed(MESH.certificate(MEMBER.node)) == Listed(None)


def test_a_foreign_or_old_announcement_is_not_listed(catalogue):
    announce(catalogue, sequence=3)

    assert refusal(catalogue, peer=MEMBER, member=OTHER) is RefusalCode.NOT_A_MEMBER
    assert refusal(catalogue, sequence=2) is RefusalCode.STALE
    wrong = refusal(catalogue, sequence=4, certificate=serial(OTHER.node))
    assert wrong is RefusalCode.NOT_A_MEMBER
    assert len(catalogue.directory) == 1


def test_only_what_is_new_is_told(catalogue):
    for number in range(100):
        rare = structs.replace(OFFER, sha256=f"{number:064x}")
        announce(catalogue, key(f"peer {number}"), offers=(rare,))
    deltas = catalogue.changes(MEMBER.node, Pull())
    assert [len(delta.announcements) for delta in deltas] == [64, 36]
    assert [delta.complete for delta in deltas] == [False, True]

    (delta,) = catalogue.changes(MEMBER.node, Pull(deltas[-1].cursor))
    assert (delta.announcements, delta.complete) == ((), True)


def test_a_model_that_was_not_told_of_is_found(catalogue):
    announce(catalogue)

    found = catalogue.find(Find(OFFER.sha256))
    assert found.announcements == (MESH.announcement(MEMBER),)
    assert catalogue.find(Find("00" * 32)).announcements == ()


async def test_what_expired_is_forgotten(catalogue, clock):
    announce(catalogue)
    async with running(catalogue.run()):
        await clock.advance(FORGET_EVERY)
        assert len(catalogue.directory) == 1
        await clock.advance(3600.0)
        assert len(catalogue.directory) == 0
