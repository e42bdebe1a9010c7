"""Who may stand in for a copy that a verifier does not have, and what is believed of them."""

import asyncio
from types import SimpleNamespace

import pytest
from msgspec import structs

from closedmesh.entry.checking import Target
from closedmesh.entry.readers import Readers
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.announcements import read_announcement
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.messages import Refused
from closedmesh.mesh.rereading import Reading, Readings, Reread
from closedmesh.models.chat import Conversation, Message, Role
from closedmesh.node.peers import Service
from closedmesh.trust.consensus import Disagreement
from tests.support.mesh import MESH, NOW, OFFER, OWNER, key
from tests.support.world import World

WANTED = Reread(OFFER.sha256, Conversation((Message(Role.USER, "hello"),)), "2026-05-28", (5, 6, 5))
TARGET = Target(
    key("checked").node, OFFER.sha256, OFFER.weights, "Q8_0", "cpu", "way", active_bytes=0
)


def readings(first, count=3):
    said = Reading(first, (5, 6, 7), (first, -90, -200))
    return Readings((said,) * count, complete=True)


class Sharing:
    """An entry and peers that share; each reads as it was told."""

    def __init__(self, world):
        self.world = world
        self.said = []
        self.session = None
        self.identity = MESH.entry

    def live(self):
        return iter(self.said)

    async def add(self, stack, name, answer, owner=None):
        own = key(name)

        async def read(_peer, talk, _wanted):
            await talk.send(answer)

        services = {Reread: Service(Scope.ENTRY, read)}
        peers = await stack.enter_async_context(self.world.peer(own, services=services))
        made = structs.replace(MESH.certificate(own.node), owner=owner)
        self.world.standings[own.node].credential = MESH.endorse(made)
        sealed = MESH.announcement(own, lifetime=600, address=peers.transport.address())
        self.said.append(read_announcement(sealed, MESH.mesh, NOW))


@pytest.fixture
async def sharing():
    world = World()
    async with world._stack as stack:
        sharing = Sharing(world)
        peers = await stack.enter_async_context(world.peer(MESH.entry, Scope.ENTRY))
        sharing.session = SimpleNamespace(peers=peers)
        sharing.add_to = lambda *one, **more: sharing.add(stack, *one, **more)
        await sharing.add_to("checked", readings(-10))
        yield sharing


async def found(sharing):
    task = asyncio.ensure_future(Readers(sharing, sharing.world.clock).find(TARGET))
    return await sharing.world.until(task)


async def read(sharing):
    readers = Readers(sharing, sharing.world.clock)
    peers = await found(sharing)
    return await sharing.world.until(asyncio.ensure_future(readers.read(peers, WANTED)))


async def test_two_that_agree_are_believed(sharing):
    await sharing.add_to("one", readings(-10))
    await sharing.add_to("two", readings(-11))
    first, second = await read(sharing)
    assert len(first) == len(second) == 3
    assert {one.top for one in (*first, *second)} == {(5, 6, 7)}
    assert {first[0].logprob, second[0].logprob} == {-10 / 64, -11 / 64}


async def test_peers_of_one_owner_count_as_one(sharing):
    for name in ("one", "two", "three"):
        await sharing.add_to(name, readings(-10), owner=OWNER.node)
    with pytest.raises(ClosedMeshError, match="too few owners"):
        await found(sharing)
    await sharing.add_to("four", readings(-10))
    assert len(await found(sharing)) == 2


async def test_the_checked_peers_owner_does_not_judge_it(sharing):
    sharing.world.standings[TARGET.peer].credential = MESH.endorse(
        structs.replace(MESH.certificate(TARGET.peer), owner=OWNER.node)
    )
    await sharing.add_to("one", readings(-10), owner=OWNER.node)
    await sharing.add_to("two", readings(-10))
    with pytest.raises(ClosedMeshError, match="too few owners"):
        await found(sharing)


async def test_no_more_than_three_are_asked(sharing):
    for number in range(5):
        await sharing.add_to(f"reader {number}", readings(-10))
    assert len(await found(sharing)) == 3


@pytest.mark.parametrize(
    "answer",
    [
        readings(-60),
        readings(-10, count=2),
        readings(-10, count=4),
        Readings((), complete=False),
        Refused(RefusalCode.BUSY),
    ],
    ids=["says something else", "too few", "too many", "nothing", "busy"],
)
async def test_one_alone_is_not_believed(sharing, answer):
    await sharing.add_to("one", readings(-10))
    await sharing.add_to("two", answer)
    with pytest.raises(Disagreement):
        await read(sharing)
    await sharing.add_to("three", readings(-10))
    assert len(await read(sharing)) == 2
