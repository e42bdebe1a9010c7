"""Connections between peers, on a network that a test can break."""

import asyncio

import pytest
from msgspec import structs

from closedmesh.mesh import codec
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.membership import Revocations, Scope, add_list
from closedmesh.mesh.messages import AmIListed, Hello, Listed, Ping, Pong, Pull, Welcome
from closedmesh.mesh.picture import Way
from closedmesh.node import peers as connections
from closedmesh.node.peers import Service
from closedmesh.node.talk import PeerRefused, talking
from closedmesh.node.transport import ConnectionLost, StreamReset, TransportError, Unreachable
from tests.support.clock import settle
from tests.support.mesh import ASKING, MEMBER, MESH, NOW, OTHER, ExampleMesh
from tests.support.world import World


@pytest.fixture
def world():
    return World()


async def listed(_peer, talk, _message):
    await talk.send(Listed(7))


LISTS = {AmIListed: Service(Scope.SHARE, listed)}


async def test_peers_introduce_themselves_and_one_connection_serves_both(world):
    async with world.peer(MEMBER) as asking, world.peer(OTHER, services=LISTS) as answering:
        there = await asking.reach(answering.transport.address(), Scope.SHARE)
        assert await there.ask(AmIListed(), Listed) == Listed(7)
        await settle()
        (here,) = answering.connected()
        assert (there.node, here.node) == (OTHER.node, MEMBER.node)
        again = await answering.reach(asking.transport.address(), Scope.CHAT)
        assert again is here
        assert await asking.reach(answering.transport.address(), Scope.SHARE) is there


async def test_the_scope_is_looked_at_for_every_stream(world):
    async with (
        world.peer(MEMBER, Scope.CHAT) as asking,
        world.peer(OTHER, services=LISTS) as answering,
    ):
        there = await asking.reach(answering.transport.address(), Scope.SHARE)
        with pytest.raises(PeerRefused) as refused:
            await there.ask(AmIListed(), Listed)
        assert refused.value.code is RefusalCode.WRONG_SCOPE


async def test_a_revoked_member_is_refused_on_the_connection_it_has(world):
    async with world.peer(MEMBER) as asking, world.peer(OTHER, services=LISTS) as answering:
        there = await asking.reach(answering.transport.address(), Scope.SHARE)
        await there.ask(AmIListed(), Listed)
        revoked = MESH.revocations(MESH.certificate(MEMBER.node))
        standing = world.standings[OTHER.node]
        standing.revocations, _ = add_list(Revocations(), revoked, MESH.mesh, NOW)
        with pytest.raises(PeerRefused) as refused:
            await there.ask(AmIListed(), Listed)
        assert refused.value.code is RefusalCode.REVOKED


async def test_who_offers_nothing_is_not_asked(world):
    async with world.peer(MEMBER) as asking, world.peer(OTHER, Scope.CHAT) as answering:
        with pytest.raises(NotAuthorised):
            await asking.reach(answering.transport.address(), Scope.SHARE)


async def test_another_mesh_gets_no_byte_of_service(world):
    foreign = ExampleMesh("foreign")
    async with (
        world.peer(MEMBER, mesh=foreign) as asking,
        world.peer(OTHER, services=LISTS) as answering,
    ):
        with pytest.raises(PeerRefused) as refused:
            await asking.reach(answering.transport.address(), Scope.SHARE)
        assert refused.value.code is RefusalCode.NOT_A_MEMBER
        assert not answering.connected()


async def test_a_stolen_certificate_is_of_no_use(world):
    async with world.peer(ASKING) as thief, world.peer(OTHER, services=LISTS) as answering:
        world.standings[ASKING.node].credential = MESH.credential(MEMBER.node)
        with pytest.raises(PeerRefused) as refused:
            await thief.reach(answering.transport.address(), Scope.SHARE)
        assert refused.value.code is RefusalCode.NOT_A_MEMBER


async def test_without_an_introduction_nothing_is_answered(world):
    async with world.peer(OTHER, services=LISTS) as answering:
        with world.network.peer(MEMBER.node) as stranger:
            connection = await stranger.dial(answering.transport.address())
            async with talking(await connection.open(), opener=True) as talk:
                await talk.send(AmIListed())
                with pytest.raises(PeerRefused) as refused:
                    await talk.expect(Listed)
            assert refused.value.code is RefusalCode.NOT_A_MEMBER


async def test_a_stranger_that_stays_is_sent_away(world):
    async with world.peer(OTHER) as answering:
        with world.network.peer(MEMBER.node) as stranger:
            connection = await stranger.dial(answering.transport.address())
            await settle()
            await world.clock.advance(connections.STRANGER_LIMIT)
            await settle()
            with pytest.raises(ConnectionLost):
                await connection.accept()


async def test_only_so_many_strangers_at_a_time(world, monkeypatch):
    monkeypatch.setattr(connections, "MAX_STRANGERS", 2)
    async with world.peer(OTHER) as answering:
        with world.network.peer(MEMBER.node) as stranger:
            held = []
            for _ in range(3):
                held.append(await stranger.dial(answering.transport.address()))
                await settle()
            with pytest.raises(ConnectionLost, match="too many"):
                await held[-1].accept()


async def test_a_stranger_may_not_open_endless_streams(world, monkeypatch):
    monkeypatch.setattr(connections, "MAX_STRANGER_STREAMS", 2)
    async with world.peer(OTHER) as answering:
        with world.network.peer(MEMBER.node) as stranger:
            connection = await stranger.dial(answering.transport.address())
            for _ in range(3):
                stream = await connection.open()
                await stream.write(b"\0")
                await settle()
            with pytest.raises(StreamReset):
                await stream.read()


async def test_who_opens_a_stream_and_says_nothing_is_not_waited_for(world):
    async with world.peer(OTHER) as answering:
        with world.network.peer(MEMBER.node) as stranger:
            connection = await stranger.dial(answering.transport.address())
            stream = await connection.open()
            await stream.write(codec.encode(Ping())[:5])
            await settle()
            await world.clock.advance(connections.FIRST_MESSAGE_LIMIT)
            await settle()
            with pytest.raises(StreamReset):
                await stream.read()


@pytest.mark.parametrize("nonsense", [b"GET / HTTP/1.1\r\n\r\n", b"\xff" * 64, b"\0" * 200])
async def test_nonsense_ends_the_stream_and_nothing_else(world, nonsense):
    async with world.peer(OTHER, services=LISTS) as answering:
        with world.network.peer(MEMBER.node) as stranger:
            connection = await stranger.dial(answering.transport.address())
            stream = await connection.open()
            await stream.write(nonsense)
            with pytest.raises(StreamReset):
                await stream.read()
            async with talking(await connection.open(), opener=True) as talk:
                await talk.send(Hello(MESH.mesh, MESH.credential(MEMBER.node), "0.1.0"))
                assert await talk.expect(Welcome)


async def test_a_frame_longer_than_its_kind_is_refused_before_it_is_sent_whole(world):
    huge = (2**31 - 1).to_bytes(4, "big") + bytes((28, 0))
    async with world.peer(OTHER) as answering:
        with world.network.peer(MEMBER.node) as stranger:
            connection = await stranger.dial(answering.transport.address())
            stream = await connection.open()
            await stream.write(huge)
            with pytest.raises(StreamReset):
                await stream.read()


async def test_a_dead_peer_is_known_after_four_seconds(world):
    gate = asyncio.Event()

    async def never(_peer, _talk, _message):
        await gate.wait()

    services = {Pull: Service(Scope.CHAT, never)}
    async with world.peer(MEMBER) as asking, world.peer(OTHER, services=services) as answering:
        there = await asking.reach(answering.transport.address(), Scope.SHARE)

        async def wait_for_an_answer():
            async with there.talk() as talk:
                await talk.send(Pull())
                await talk.receive()

        waiting = asyncio.ensure_future(wait_for_an_answer())
        await settle()
        await world.clock.advance(connections.PING_EVERY)
        world.network.cut(OTHER.node)
        began = world.clock.now()
        with pytest.raises(TransportError):
            await world.until(waiting)
        assert world.clock.now() - began <= 4.5
        assert not asking.connected()
        gate.set()
        world.network.heal()


async def test_a_quiet_connection_is_closed_after_a_while(world):
    async with world.peer(MEMBER) as asking, world.peer(OTHER) as answering:
        await asking.reach(answering.transport.address(), Scope.SHARE)
        for _ in range(int(connections.IDLE_LIMIT / connections.PING_IDLE) + 3):
            await world.clock.advance(connections.PING_IDLE)
            await world.clock.advance(connections.PING_EVERY)
        assert not asking.connected()
        assert not answering.connected()


async def test_two_that_dial_each_other_keep_the_same_connection(world):
    async with world.peer(MEMBER) as one, world.peer(OTHER) as two:
        world.network.delay = 0.01
        dials = [
            asyncio.ensure_future(one.reach(two.transport.address(), Scope.CHAT)),
            asyncio.ensure_future(two.reach(one.transport.address(), Scope.CHAT)),
        ]
        for _ in range(20):
            await world.clock.advance(0.01)
        await asyncio.gather(*dials, return_exceptions=True)
        (kept,), (same,) = one.connected(), two.connected()
        assert kept.connection.dialled != same.connection.dialled
        world.network.delay = 0.0
        await settle()
        await kept.ping()


async def test_delays_are_measured(world):
    async with world.peer(MEMBER) as asking, world.peer(OTHER) as answering:
        there = await asking.reach(answering.transport.address(), Scope.SHARE)
        world.network.delay = 0.05
        ping = asyncio.ensure_future(there.ping())
        for _ in range(20):
            await world.clock.advance(0.01)
        await ping
        assert there.link.way is Way.DIRECT
        assert there.link.delay_ms > 10


async def test_nobody_there(world):
    address = structs.replace(MESH.address, node=OTHER.node)
    async with world.peer(MEMBER) as asking:
        with pytest.raises(Unreachable):
            await world.until(asyncio.ensure_future(asking.reach(address, Scope.CHAT)))


async def test_a_service_that_breaks_ends_its_stream_only(world, caplog):
    async def broken(_peer, _talk, _message):
        raise KeyError

    services = {**LISTS, Pull: Service(Scope.CHAT, broken)}
    async with world.peer(MEMBER) as asking, world.peer(OTHER, services=services) as answering:
        there = await asking.reach(answering.transport.address(), Scope.SHARE)
        with pytest.raises(StreamReset):
            await there.ask(Pull(), Pong)
        assert await there.ask(AmIListed(), Listed) == Listed(7)
    assert "ended with" in caplog.text
