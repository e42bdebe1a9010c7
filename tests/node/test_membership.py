import os

import pytest
from msgspec import structs

from closedmesh.errors import InviteRefused, MeshUnreachable, NotAMember
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.membership import (
    ASKING_DAYS,
    DAY,
    Revocations,
    Scope,
    day_of,
)
from closedmesh.mesh.messages import Delta, Join, Joined, MeshInfo, Pull, Refused
from closedmesh.node.identity import Identity
from closedmesh.node.membership import Membership, redeem
from closedmesh.node.peers import Service, open_peers
from tests.support.clock import FakeClock
from tests.support.mesh import MESH, NOW, OTHER, ExampleMesh
from tests.support.network import FakeNetwork

IDENTITY = Identity.of(os.urandom(32))
JOINED = Joined(MESH.credential(IDENTITY.node), MeshInfo(MESH.mesh, "example", (MESH.address,)))


@pytest.fixture
def membership(store):
    return Membership(store, FakeClock(NOW))


def test_a_peer_without_an_invite_is_in_no_mesh(membership):
    assert membership.member is None
    with pytest.raises(NotAMember):
        membership.mesh  # noqa: B018 - it raises


def test_a_membership_outlives_the_program(membership, store):
    membership.take(IDENTITY.node, JOINED)
    again = Membership(store, FakeClock(NOW))
    assert again.credential == membership.credential
    assert again.certificate.scope is Scope.SHARE
    again.leave()
    assert Membership(store, FakeClock(NOW)).member is None


def test_a_certificate_of_somebody_else_is_not_taken(membership):
    with pytest.raises(NotAuthorised):
        membership.take(OTHER.node, JOINED)
    assert membership.member is None


def test_a_renewal_by_another_mesh_is_not_taken(membership):
    membership.take(IDENTITY.node, JOINED)
    foreign = ExampleMesh("foreign")
    with pytest.raises(NotAuthorised):
        membership.take(
            IDENTITY.node, structs.replace(JOINED, credential=foreign.credential(IDENTITY.node))
        )


def test_revocations_are_kept_and_old_ones_change_nothing(membership, store):
    membership.take(IDENTITY.node, JOINED)
    revoked = MESH.certificate(OTHER.node)
    assert membership.take_lists([MESH.revocations(revoked, sequence=2)])
    assert not membership.take_lists([MESH.revocations(sequence=1)])
    assert not membership.take_lists([ExampleMesh("foreign").revocations(revoked, sequence=9)])
    assert revoked.serial in Membership(store, FakeClock(NOW)).revocations.serials


def test_asking_keys_are_certified_for_a_week_and_then_left_alone(membership):
    membership.take(IDENTITY.node, JOINED)
    request = membership.asking_request(IDENTITY, MESH.entry.node)
    assert len(request.keys) == ASKING_DAYS
    today = day_of(NOW)
    certified = MESH.certified(request, today)
    membership.take_asking(request, certified)
    assert membership.asking_request(IDENTITY, MESH.entry.node) is None
    assert sorted(membership.member.asking) == list(range(today, today + ASKING_DAYS))
    later = Membership(membership._store, FakeClock(NOW + 3 * DAY))
    assert len(later.asking_request(IDENTITY, MESH.entry.node).keys) == 3


class _Standing:
    mesh, credential = MESH.mesh, MESH.entry_credential
    revocations = Revocations()


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (RefusalCode.INVITE_USED, "as often as it may be"),
        (RefusalCode.INVITE_EXPIRED, "has expired"),
        (RefusalCode.INVITE_REVOKED, "was withdrawn"),
        (RefusalCode.FAILED, "was refused"),
    ],
)
async def test_a_refused_invite_says_why(code, words):
    async def refuse(_peer, talk, _join):
        await talk.send(Refused(code))

    clock = FakeClock(NOW)
    network = FakeNetwork(clock)
    services = {Join: Service(None, refuse)}
    with network.peer(MESH.entry.node) as entry, network.peer(IDENTITY.node) as transport:
        invite = structs.replace(MESH.invite(), entries=(entry.address(),))
        async with open_peers(entry, clock, _Standing, services):
            with pytest.raises(InviteRefused, match=words):
                await redeem(transport, IDENTITY, invite, None)


async def test_an_entry_of_another_mesh_is_not_joined():
    async def admit(_peer, talk, _join):
        info = MeshInfo(ExampleMesh("foreign").mesh, "foreign", ())
        await talk.send(structs.replace(JOINED, info=info))

    clock = FakeClock(NOW)
    network = FakeNetwork(clock)
    services = {Join: Service(None, admit)}
    with network.peer(MESH.entry.node) as entry, network.peer(IDENTITY.node) as transport:
        invite = structs.replace(MESH.invite(), entries=(entry.address(),))
        async with open_peers(entry, clock, _Standing, services):
            with pytest.raises(InviteRefused, match="another mesh"):
                await redeem(transport, IDENTITY, invite, None)


async def test_no_entry_that_answers():
    class NoTime(FakeClock):
        async def sleep(self, seconds):
            return None

    network = FakeNetwork(NoTime(NOW))
    with (
        network.peer(IDENTITY.node) as transport,
        pytest.raises(MeshUnreachable, match="No entry of example answers"),
    ):
        await redeem(transport, IDENTITY, MESH.invite(), None)


async def test_what_one_entry_does_not_know_another_one_may():
    async def know_nothing(_peer, talk, _join):
        await talk.send(Refused(RefusalCode.INVITE_UNKNOWN))

    async def admit(_peer, talk, _join):
        await talk.send(JOINED)

    clock = FakeClock(NOW)
    network = FakeNetwork(clock)
    with (
        network.peer(MESH.entry.node) as first,
        network.peer(OTHER.node) as second,
        network.peer(IDENTITY.node) as transport,
    ):
        invite = structs.replace(MESH.invite(), entries=(first.address(), second.address()))
        async with (
            open_peers(first, clock, _Standing, {Join: Service(None, know_nothing)}),
            open_peers(second, clock, _Standing, {Join: Service(None, admit)}),
        ):
            assert await redeem(transport, IDENTITY, invite, None) == JOINED
            alone = structs.replace(invite, entries=(first.address(),))
            with pytest.raises(InviteRefused, match="not known to the mesh"):
                await redeem(transport, IDENTITY, alone, None)


def test_notices_of_entries_outlive_the_program_and_replace_what_the_invite_said(membership, store):
    membership.take(IDENTITY.node, JOINED)
    assert membership.entries() == JOINED.info.entries
    assert membership.take_notices((MESH.notice(), MESH.notice(entry=OTHER)))
    assert not membership.take_notices((MESH.notice(), MESH.credential(OTHER.node)))

    again = Membership(store, FakeClock(NOW))
    assert set(again.entries()) == set(membership.entries())
    assert len(again.entries()) == 2
    again.leave()
    assert again.entries() == ()


def test_whoever_pulls_is_told_of_lists_and_entries_that_are_new_to_it(membership):
    membership.take(IDENTITY.node, JOINED)
    membership.take_lists((MESH.revocations(sequence=4),))
    membership.take_notices((MESH.notice(),))
    pages = [Delta((), b"a", complete=False), Delta((), b"b", complete=True)]

    first, second = membership.with_news(pages, Pull(revocations={MESH.entry.node: 3}))
    assert (first.revocations, first.entries) == (
        (MESH.revocations(sequence=4),),
        (MESH.notice(),),
    )
    assert (second.revocations, second.entries) == ((), ())
    knows = Pull(revocations={MESH.entry.node: 4}, entries={MESH.entry.node: int(NOW)})
    assert membership.with_news(pages, knows) == pages
