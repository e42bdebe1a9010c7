import asyncio

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from closedmesh.entry.relay_switch import Account, RelayLimits, Switch, Waiting
from closedmesh.mesh import relay_frames
from closedmesh.mesh.relay_frames import Forward, Trouble

ALICE, BOB = b"a" * 32, b"b" * 32
LIMITS = RelayLimits(waiting_packets=3, waiting_bytes=1000, all_waiting_bytes=1500)


def to(key, size=10):
    return Forward(key, batch=False, content=bytes(size))


def enter(switch, key, version=relay_frames.VERSION_2):
    client = switch.client(key, version, now=0)
    switch.enter(client)
    return client


async def received(client):
    client.waiting.finish(*client.waiting._frames)
    frames = []
    while frame := await client.waiting.get():
        frames.append(frame)
    return frames


async def test_a_packet_goes_to_its_key_and_names_its_sender():
    switch = Switch(LIMITS)
    alice, bob = enter(switch, ALICE), enter(switch, BOB)

    switch.forward(alice, to(BOB))

    assert await received(bob) == [to(BOB).deliver(ALICE)]
    assert switch.figures.packets == 1


def test_a_packet_for_nobody_is_dropped_and_counted():
    switch = Switch(LIMITS)

    switch.forward(enter(switch, ALICE), to(BOB))

    assert switch.figures.dropped_absent == 1


async def test_a_slow_receiver_loses_what_does_not_fit_and_nobody_waits():
    switch = Switch(LIMITS)
    alice, bob = enter(switch, ALICE), enter(switch, BOB)

    for _ in range(5):
        switch.forward(alice, to(BOB))

    assert switch.figures.dropped_full == 2
    assert len(await received(bob)) == 3


def test_many_slow_receivers_have_one_bound_together():
    switch = Switch(LIMITS)
    alice = enter(switch, ALICE)
    receivers = [enter(switch, bytes([n]) * 32) for n in range(4)]

    for receiver in receivers:
        switch.forward(alice, to(receiver.key, size=700))

    assert switch.account.bytes <= 1500
    assert switch.figures.dropped_full == 2


async def test_the_newest_connection_wins_and_the_older_one_comes_back():
    switch = Switch(LIMITS)
    alice, old, new = enter(switch, ALICE), enter(switch, BOB), enter(switch, BOB)

    switch.forward(alice, to(BOB))
    switch.leave(new)
    switch.forward(alice, to(BOB, size=20))

    assert await received(old) == [
        relay_frames.status(Trouble.SAME_KEY_ELSEWHERE, relay_frames.VERSION_2),
        relay_frames.status(Trouble.NONE, relay_frames.VERSION_2),
        to(BOB, size=20).deliver(ALICE),
    ]


async def test_an_older_connection_that_ends_changes_nothing():
    switch = Switch(LIMITS)
    alice, old, new = enter(switch, ALICE), enter(switch, BOB), enter(switch, BOB)

    switch.leave(old)
    switch.forward(alice, to(BOB))

    assert await received(new) == [to(BOB).deliver(ALICE)]


async def test_a_key_has_only_so_many_connections():
    switch = Switch(RelayLimits(connections_per_key=2))
    first, *_ = [enter(switch, ALICE) for _ in range(3)]

    assert await first.waiting.get() is None


async def test_those_who_got_packets_hear_that_their_sender_left():
    switch = Switch(LIMITS)
    alice, bob = enter(switch, ALICE), enter(switch, BOB)
    switch.forward(alice, to(BOB))

    switch.leave(alice)

    assert (await received(bob))[-1] == relay_frames.gone(ALICE)
    assert [client.key for client in switch.clients()] == [BOB]


def test_a_relay_is_full_when_it_is():
    switch = Switch(RelayLimits(clients=2))

    alice = enter(switch, ALICE)
    assert not switch.full
    enter(switch, BOB)
    assert switch.full
    switch.leave(alice)
    assert not switch.full


def test_bytes_and_packets_both_have_a_rate():
    switch = Switch(RelayLimits(bytes_per_second=100_000, packets_per_second=10))
    by_bytes, by_packets = (switch.client(ALICE, relay_frames.VERSION_2, now=0) for _ in range(2))

    assert by_bytes.slow_down(100_000, now=0) == 0
    assert by_bytes.slow_down(50_000, now=0) == pytest.approx(0.5)
    for _ in range(10):
        assert by_packets.slow_down(1, now=0) == 0
    assert by_packets.slow_down(1, now=0) == pytest.approx(0.1)


async def test_who_waits_for_a_frame_gets_it_when_it_comes():
    waiting = Waiting(LIMITS, Account())

    async with asyncio.TaskGroup() as group:
        task = group.create_task(waiting.get())
        await asyncio.sleep(0)
        waiting.put(b"frame")

    assert task.result() == b"frame"


class AnyOrder(RuleBasedStateMachine):
    """Whatever clients do, the books are right."""

    def __init__(self):
        super().__init__()
        self.switch = Switch(LIMITS)
        self.here = []

    @rule(key=st.integers(0, 3))
    def enter(self, key):
        self.here.append(enter(self.switch, bytes([key]) * 32))

    @rule(data=st.data())
    def leave(self, data):
        if self.here:
            client = data.draw(st.sampled_from(self.here))
            self.here.remove(client)
            self.switch.leave(client)

    @rule(data=st.data(), key=st.integers(0, 3), size=st.integers(1, 600))
    def forward(self, data, key, size):
        if self.here:
            self.switch.forward(data.draw(st.sampled_from(self.here)), to(bytes([key]) * 32, size))

    @rule(data=st.data())
    def close(self, data):
        if self.here:
            data.draw(st.sampled_from(self.here)).close(b"last words")

    @invariant()
    def counts_are_right(self):
        assert self.switch.figures.clients == len(self.here) == len(self.switch.clients())
        assert {id(c) for c in self.here} == {id(c) for c in self.switch.clients()}
        waiting = sum(len(frame) for c in self.here for frame in c.waiting._frames)
        assert self.switch.account.bytes == waiting <= LIMITS.all_waiting_bytes


TestAnyOrder = AnyOrder.TestCase
TestAnyOrder.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
