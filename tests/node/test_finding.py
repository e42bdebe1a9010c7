"""A peer that shares, and an entry that begins anew, forgets, or is away."""

import asyncio
import os

import pytest

from closedmesh.entry.catalogue import Catalogue
from closedmesh.mesh.announcements import Backend
from closedmesh.mesh.directory import EPOCH_BYTES, Directory
from closedmesh.mesh.entries import notice
from closedmesh.mesh.membership import Certificate, Scope, day_of
from closedmesh.mesh.messages import AmIListed, Announce, Certify, Joined, MeshInfo, Pull
from closedmesh.mesh.picture import MeshState
from closedmesh.mesh.signing import peek
from closedmesh.node.finding import LIFETIME, LISTED_EVERY, VISIT_LIMIT, Finding
from closedmesh.node.identity import Identity
from closedmesh.node.membership import Membership
from closedmesh.node.peers import Service
from closedmesh.node.store import Store
from tests.support.mesh import MESH, NOW, OFFER, OTHER
from tests.support.world import World

IDENTITY = Identity.of(os.urandom(32))
ROUND = 15


class Shared:
    """What there is to announce."""

    def __init__(self):
        self.offered = (OFFER,)

    def offers(self):
        return self.offered

    def machine(self):
        return Backend.CPU, "b1"


class Entry:
    """The part of an entry that keeps the directory, and counts."""

    def __init__(self, clock):
        self._clock = clock
        self.announced = self.asked = 0
        self.begin_anew()

    def begin_anew(self):
        self.catalogue = Catalogue(MESH.mesh, self._clock)

    def lose_everybody(self):
        """As when memory is short: nobody is told that it happened."""
        epoch = self.catalogue.directory.pages(b"", b"", 0.0)[0].cursor[:EPOCH_BYTES]
        self.catalogue.directory = Directory(MESH.mesh, epoch)

    def services(self):
        return {
            Announce: Service(Scope.SHARE, self._announce),
            AmIListed: Service(Scope.SHARE, self._listed),
            Pull: Service(Scope.CHAT, self._pull),
            Certify: Service(Scope.CHAT, self._certify),
        }

    async def _announce(self, peer, talk, announce):
        self.announced += 1
        await talk.send(self.catalogue.announce(_certificate(peer), announce))

    async def _listed(self, peer, talk, _message):
        self.asked += 1
        await talk.send(self.catalogue.listed(_certificate(peer)))

    async def _pull(self, peer, talk, pull):
        for delta in self.catalogue.changes(peer.node, pull):
            await talk.send(delta)

    async def _certify(self, _peer, talk, certify):
        await talk.send(MESH.certified(certify, day_of(self._clock.now())))

    def lists(self, node):
        return self.catalogue.directory.get(node, self._clock.now()) is not None


def _certificate(peer):
    return peek(peer.credential.statement, Certificate)


class Sharing:
    """The peer that is looked at, and its entry."""

    def __init__(self, world, entry, finding, shared, peers):
        self.world, self.entry = world, entry
        self.finding, self.shared = finding, shared
        self._peers = peers

    async def round(self):
        visit = asyncio.ensure_future(self.finding.round(self._peers))
        await self.world.until(visit, VISIT_LIMIT + 1)

    async def after(self, seconds):
        """One round, some seconds later."""
        for _ in range(seconds):
            await self.world.clock.advance(1.0)
        await self.round()


@pytest.fixture
async def sharing(tmp_path):
    world = World()
    entry, shared = Entry(world.clock), Shared()
    store = Store.open(tmp_path / "peer.sqlite")
    async with (
        world.peer(MESH.entry, Scope.ENTRY, services=entry.services()) as there,
        world.peer(IDENTITY.key) as peers,
    ):
        info = MeshInfo(MESH.mesh, "example", (there.transport.address(),))
        membership = Membership(store, world.clock)
        membership.take(IDENTITY.node, Joined(MESH.credential(IDENTITY.node), info))
        finding = Finding(IDENTITY, membership, world.clock, shared)
        yield Sharing(world, entry, finding, shared, peers)
    store.close()


async def test_who_shares_is_listed_and_is_said_once(sharing):
    await sharing.round()
    assert sharing.finding.listed
    assert sharing.entry.lists(IDENTITY.node)
    for _ in range(2):
        await sharing.after(ROUND)
    assert sharing.entry.announced == 1


async def test_what_is_announced_is_renewed_before_it_expires(sharing):
    await sharing.round()
    for _ in range(LIFETIME // ROUND):
        await sharing.after(ROUND)
        assert sharing.entry.lists(IDENTITY.node)
    assert sharing.entry.announced == 3


async def test_whether_it_is_listed_is_asked_every_half_minute(sharing):
    await sharing.round()
    for _ in range(4):
        await sharing.after(ROUND)
    assert sharing.entry.asked == 1 + 4 * ROUND // LISTED_EVERY


async def test_an_entry_that_began_anew_is_told_at_once(sharing):
    await sharing.round()
    sharing.entry.begin_anew()
    await sharing.after(ROUND)
    assert sharing.entry.lists(IDENTITY.node)
    assert sharing.finding.listed


async def test_an_entry_that_lost_a_peer_is_told_again(sharing):
    await sharing.round()
    sharing.entry.lose_everybody()
    assert not sharing.entry.lists(IDENTITY.node)
    await sharing.after(int(LISTED_EVERY))
    assert sharing.entry.lists(IDENTITY.node)
    assert sharing.finding.listed


async def test_who_is_nearby_is_told_and_heard_without_an_entry(sharing):
    told = Entry(sharing.world.clock)
    async with sharing.world.peer(OTHER, services=told.services()) as there:
        told.catalogue.directory.merge(MESH.announcement(OTHER), sharing.world.clock.now())
        sharing.finding.nearby = lambda: (there.transport.address(),)
        sharing.world.network.cut(MESH.entry.node)
        await sharing.round()
    assert sharing.finding.state is MeshState.ALONE
    assert told.lists(IDENTITY.node)
    assert OTHER.node in {said.node for said in sharing.finding.directory.live(NOW)}


async def test_who_offers_nothing_is_not_announced(sharing):
    sharing.shared.offered = ()
    await sharing.round()
    assert sharing.finding.listed is None
    assert not sharing.entry.announced


async def test_without_its_entry_a_peer_is_alone_and_comes_back(sharing):
    await sharing.round()
    assert sharing.finding.state is MeshState.CONNECTED
    sharing.world.network.cut(MESH.entry.node)
    await sharing.after(ROUND)
    assert sharing.finding.state is MeshState.ALONE
    sharing.world.network.heal()
    await sharing.after(ROUND)
    assert sharing.finding.state is MeshState.CONNECTED


@pytest.fixture
async def with_two(sharing):
    """A second entry, of which the first one's peer has heard."""
    entry = Entry(sharing.world.clock)
    async with sharing.world.peer(OTHER, Scope.ENTRY, services=entry.services()) as there:
        first = sharing.finding._membership.entries()
        for key, where in ((MESH.entry, first[0]), (OTHER, there.transport.address())):
            authority = MESH.make_entry(key).statement
            said = notice(MESH.mesh, where, sharing.world.clock.now(), key, authority)
            assert sharing.finding._membership.take_notices((said,))
        yield entry


async def test_each_entry_is_asked_by_itself_whether_it_lists_this_peer(sharing, with_two):
    await sharing.round()
    assert sharing.finding.listed
    for _ in range(4):
        await sharing.after(ROUND)
    assert sharing.entry.asked == with_two.asked == 1 + 4 * ROUND // LISTED_EVERY

    with_two.lose_everybody()
    for _ in range(2):
        await sharing.after(ROUND)
    assert with_two.lists(IDENTITY.node)
    assert sharing.entry.announced < with_two.announced


async def test_an_entry_that_is_gone_delays_no_round_but_the_first(sharing, with_two):
    await sharing.round()
    sharing.world.network.cut(OTHER.node)
    await sharing.after(ROUND)
    began = sharing.world.clock.monotonic()
    await sharing.round()

    assert sharing.finding.state is MeshState.CONNECTED
    assert sharing.finding.listed
    assert sharing.world.clock.monotonic() - began < 1.0
