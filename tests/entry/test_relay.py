import asyncio
from contextlib import asynccontextmanager

import iroh
import pytest
from aiohttp import ClientSession, WSServerHandshakeError

from closedmesh.entry import relay as module
from closedmesh.entry.relay import Relay
from closedmesh.entry.relay_switch import RelayLimits
from closedmesh.node.clock import SystemClock
from tests.support.clock import FakeClock, settle
from tests.support.iroh_endpoint import ALPN, echo_once, iroh_endpoint
from tests.support.processes import until
from tests.support.relay_client import answer, connected, knocking, secret
from tests.support.relay_server import serve_relay


@asynccontextmanager
async def open_relay(clock=None, limits=None, is_member=lambda _: True, entry=None):
    relay = Relay(is_member, clock or FakeClock(), limits or RelayLimits(), entry)
    async with serve_relay(relay) as address:
        relay.address = address
        yield relay


async def test_members_reach_each_other_in_both_directions():
    async with (
        open_relay() as relay,
        connected(relay.address, 1) as alice,
        connected(relay.address, 2) as bob,
    ):
        await alice.send(bob.key, b"hello")
        assert await bob.receive() == b"\x06" + alice.key + b"\x00hello"
        await bob.send(alice.key, b"and you")
        assert await alice.receive() == b"\x06" + bob.key + b"\x00and you"

        assert relay.figures.clients == 2
        assert relay.figures.packets == 2


async def test_a_ping_comes_back():
    async with open_relay() as relay, connected(relay.address, 1) as alice:
        await alice.ping(b"abcdefgh")
        assert await alice.receive() == b"\x0aabcdefgh"


async def test_who_is_no_member_is_told_so_and_gets_nothing():
    async with (
        open_relay(is_member=lambda peer: False) as relay,
        knocking(relay.address) as socket,
    ):
        challenge = await socket.receive_bytes()
        await socket.send_bytes(answer(challenge[1:], secret(1)))
        assert (await socket.receive_bytes())[:1] == b"\x03"
        await socket.receive()
        assert socket.closed
        assert relay.figures.clients == 0


@pytest.mark.parametrize(
    "reply",
    [b"", b"\x04" + bytes(40), b"\x01" + bytes(97)],
    ids=["nothing", "a datagram", "a false signature"],
)
async def test_who_does_not_prove_a_key_is_hung_up_on(reply):
    async with open_relay() as relay, knocking(relay.address) as socket:
        await socket.receive_bytes()
        await socket.send_bytes(reply)
        await socket.receive()
        assert socket.closed
        assert relay.figures.refused == 1


async def test_an_answer_to_another_challenge_is_worth_nothing():
    async with open_relay() as relay, knocking(relay.address) as socket:
        await socket.receive_bytes()
        await socket.send_bytes(answer(bytes(16), secret(1)))
        await socket.receive()
        assert socket.closed


async def test_who_says_nothing_is_hung_up_on(monkeypatch):
    monkeypatch.setattr(module, "HANDSHAKE_LIMIT", 0.01)
    async with open_relay() as relay, knocking(relay.address) as socket:
        await socket.receive_bytes()
        await socket.receive()
        assert socket.closed
        assert relay.figures.refused == 1


@pytest.mark.parametrize("nonsense", [b"", b"\x06" + bytes(40), b"\x0c" + bytes(8)])
async def test_nonsense_ends_a_connection_and_no_other(nonsense):
    async with (
        open_relay() as relay,
        connected(relay.address, 1) as alice,
        connected(relay.address, 2) as bob,
    ):
        await alice.socket.send_bytes(nonsense)
        assert await alice.receive() is None
        await bob.ping()
        assert await bob.receive()


async def test_too_long_a_message_ends_a_connection():
    async with open_relay() as relay, connected(relay.address, 1) as alice:
        await alice.send(alice.key, bytes(70_000))
        assert await alice.receive() is None


async def test_text_ends_a_connection():
    async with open_relay() as relay, connected(relay.address, 1) as alice:
        await alice.socket.send_str("hello")
        assert await alice.receive() is None


async def test_a_relay_of_an_unknown_version_is_not_spoken_to():
    async with open_relay() as relay:
        with pytest.raises(WSServerHandshakeError) as refused:
            async with knocking(relay.address, protocols=("iroh-relay-v9",)):
                pass
        assert refused.value.status == 400


async def test_the_older_version_is_told_of_trouble_in_words():
    old = ("iroh-relay-v1",)
    async with (
        open_relay() as relay,
        connected(relay.address, 1, protocols=old) as first,
        connected(relay.address, 1, protocols=old) as second,
    ):
        assert (await first.receive())[:1] == b"\x0b"
        await second.ping()
        assert (await second.receive())[:1] == b"\x0a"


async def test_who_sends_too_fast_is_told_once_and_read_later():
    clock = FakeClock()
    limits = RelayLimits(bytes_per_second=70_000)
    async with open_relay(clock, limits) as relay, connected(relay.address, 1) as alice:
        for _ in range(2):
            await alice.send(alice.key, bytes(60_000))
        await alice.ping()
        assert [(await alice.receive())[:1] for _ in range(3)] == [b"\x06", b"\x06", b"\x0d"]
        assert relay.figures.slowed == 1

        pong = asyncio.ensure_future(alice.receive())
        await settle()
        assert not pong.done()
        await clock.advance(1.0)
        assert (await pong)[:1] == b"\x0a"


async def test_a_silent_client_is_asked_and_then_dropped():
    clock = FakeClock()
    async with open_relay(clock) as relay, connected(relay.address, 1) as alice:
        await clock.advance(module.PING_AFTER + 1)
        assert (await alice.receive())[:1] == b"\x09"
        await clock.advance(module.DEAD_AFTER)
        while await alice.receive():
            pass
        assert alice.socket.closed


async def test_who_is_a_member_no_more_is_dropped():
    clock, members = FakeClock(), {secret(1).public_key().public_bytes_raw().hex()}
    async with (
        open_relay(clock, is_member=lambda peer: peer in members) as relay,
        connected(relay.address, 1) as alice,
    ):
        members.clear()
        await clock.advance(module.LOOK_EVERY)
        assert await alice.receive() is None


def peer(number):
    return secret(number).public_key().public_bytes_raw()


async def test_a_guest_reaches_the_entry_and_nobody_else():
    members = {peer(1).hex(), peer(2).hex()}
    async with (
        open_relay(is_member=lambda key: key in members, entry=peer(1).hex()) as relay,
        connected(relay.address, 1) as entry,
        connected(relay.address, 2) as member,
        connected(relay.address, 3) as guest,
    ):
        await guest.send(member.key, b"buy this")
        await guest.send(entry.key, b"let me in")
        assert await entry.receive() == b"\x06" + guest.key + b"\x00let me in"
        await entry.send(guest.key, b"welcome")
        assert await guest.receive() == b"\x06" + entry.key + b"\x00welcome"
        await member.send(guest.key, b"hello")
        await member.ping()
        assert (await member.receive())[:1] == b"\x0a"
        await guest.ping()
        assert (await guest.receive())[:1] == b"\x0a"


async def test_a_guest_becomes_a_member_or_goes_after_a_minute():
    clock, members = FakeClock(), set()
    async with (
        open_relay(clock, is_member=lambda key: key in members, entry=peer(1).hex()) as relay,
        connected(relay.address, 2) as member,
        connected(relay.address, 3) as guest,
    ):
        members.add(peer(2).hex())
        for _ in range(12):
            for client in (member, guest):
                await client.ping()
                assert (await client.receive())[:1] == b"\x0a"
            await clock.advance(module.LOOK_EVERY)
        assert await guest.receive() is None
        await member.send(member.key, b"all mine")
        assert (await member.receive())[:1] == b"\x06"


async def test_guests_are_few():
    limits = RelayLimits(guests=1)
    async with (
        open_relay(limits=limits, is_member=lambda _: False, entry=peer(1).hex()) as relay,
        connected(relay.address, 2),
        knocking(relay.address) as socket,
    ):
        challenge = await socket.receive_bytes()
        await socket.send_bytes(answer(challenge[1:], secret(3)))
        assert (await socket.receive_bytes())[:1] == b"\x03"


async def test_a_relay_that_closes_says_when_to_come_back():
    async with open_relay() as relay:
        closing = connected(relay.address, 1)
        alice = await closing.__aenter__()
        task = asyncio.ensure_future(frames_until_closed(alice))
    assert (await task)[0][:1] == b"\x0c"
    await closing.__aexit__(None, None, None)


async def frames_until_closed(client):
    frames = []
    while frame := await client.receive():
        frames.append(frame)
    return frames


async def test_a_full_relay_sends_people_away():
    async with (
        open_relay(limits=RelayLimits(clients=1)) as relay,
        connected(relay.address, 1),
    ):
        with pytest.raises(WSServerHandshakeError) as refused:
            async with knocking(relay.address):
                pass
        assert refused.value.status == 503
        assert relay.figures.refused == 1


async def test_strangers_of_one_address_cannot_take_every_place(monkeypatch):
    monkeypatch.setattr(module, "STRANGERS_PER_ADDRESS", 1)
    async with open_relay() as relay:
        async with knocking(relay.address) as socket:
            await socket.receive_bytes()
            with pytest.raises(WSServerHandshakeError):
                async with knocking(relay.address):
                    pass
        async with connected(relay.address, 1):
            pass


async def test_probes_are_answered():
    async with open_relay() as relay, ClientSession() as session:
        async with session.get(f"{relay.address}/ping") as response:
            assert response.status == 200
        headers = {"X-Iroh-Challenge": "ts_1234-5"}
        async with session.get(f"{relay.address}/generate_204", headers=headers) as response:
            assert response.status == 204
            assert response.headers["X-Iroh-Response"] == "response ts_1234-5"
        headers = {"X-Iroh-Challenge": "x" * 500}
        async with session.get(f"{relay.address}/generate_204", headers=headers) as response:
            assert "X-Iroh-Response" not in response.headers


async def test_unmodified_peers_of_iroh_meet_through_it():
    relay = Relay(lambda _: True, SystemClock())
    async with (
        serve_relay(relay) as address,
        iroh_endpoint(1, address) as alice,
        iroh_endpoint(2, address) as bob,
        asyncio.TaskGroup() as group,
    ):
        echo = group.create_task(echo_once(bob))
        by_key = iroh.EndpointAddr(bob.id(), address, [])
        connection = await alice.connect(by_key, ALPN)
        stream = await connection.open_bi()
        await stream.send().write_all(b"hello")
        assert await stream.recv().read(100) == b"hello"
        connection.close(0, b"")
        await echo

        assert relay.figures.packets > 0
        assert relay.figures.dropped_full == 0


async def test_who_is_no_member_cannot_use_it_from_iroh_either():
    async def try_it(address):
        async with iroh_endpoint(1, address):
            pass

    relay = Relay(lambda _: False, SystemClock())
    async with serve_relay(relay) as address, asyncio.TaskGroup() as group:
        attempt = group.create_task(try_it(address))
        await until(lambda: relay.figures.refused > 0, "it knocked")
        assert relay.figures.accepted == 0
        attempt.cancel()
