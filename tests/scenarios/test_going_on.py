"""Answers that break off go on elsewhere: nothing is lost, nothing is said twice."""

import asyncio
import random

import pytest

from closedmesh.errors import MeshUnreachable
from closedmesh.mesh.breaker import FAILURES
from tests.support.mesh import MEMBER, OFFER
from tests.support.scripted_peers import ScriptedPeers, whole


async def finish(mesh, during=lambda pieces: None, seconds=120.0):
    task = asyncio.ensure_future(mesh.ask(during))
    return await mesh.world.until(task, seconds)


def cut_at(mesh, count):
    """Lose whoever answers once so many pieces are there."""

    def during(pieces):
        if len(pieces) == count:
            mesh.world.network.cut(mesh.asked()[-1].key.node)

    return during


async def test_an_answer_from_one_peer():
    async with ScriptedPeers(3).running() as mesh:
        ids, text, receipt = await finish(mesh)

        assert (ids, text) == whole()
        assert len(receipt.attempts) == 1
        assert receipt.completion_tokens == 100


@pytest.mark.parametrize("count", [1, 2, 50, 99, 100])
async def test_a_peer_that_dies_in_mid_answer_is_replaced(count):
    async with ScriptedPeers(3).running() as mesh:
        began = mesh.world.clock.now()
        ids, text, receipt = await finish(mesh, cut_at(mesh, count))

        assert (ids, text) == whole()
        assert len(receipt.attempts) == (1 if count == 100 else 2)
        assert receipt.peer == receipt.attempts[-1]
        assert mesh.world.clock.now() - began < 100 * 0.25 + 8


async def test_a_peer_that_failed_lately_goes_on_where_nobody_else_can():
    async with ScriptedPeers(2).running() as mesh:

        def during(pieces):
            if len(pieces) == 20:
                (first,) = mesh.asked()
                (other,) = (sharer for sharer in mesh.sharers if sharer is not first)
                for _ in range(FAILURES):
                    mesh.answers.choosing.failed(other.key.node, OFFER.sha256)
                mesh.world.network.cut(first.key.node)

        ids, text, receipt = await finish(mesh, during)

        assert (ids, text) == whole()
        assert len(receipt.attempts) == 2


async def test_a_peer_that_stalls_is_replaced():
    async with ScriptedPeers(2).running() as mesh:
        for sharer in mesh.sharers:
            sharer.stalls_after = 30
        mesh.sharers[0].stalls_after = None
        ids, text, _ = await finish(mesh)

        assert (ids, text) == whole()


async def test_a_peer_that_leaves_duty_is_replaced():
    async with ScriptedPeers(2).running() as mesh:
        mesh.sharers[0].leaves_after = 40
        mesh.sharers[1].leaves_after = 40
        ids, text, receipt = await finish(mesh, lambda _: _stay(mesh))

        assert (ids, text) == whole()
        assert len(receipt.attempts) == 2


def _stay(mesh):
    """Whoever is asked second stays."""
    if len(mesh.asked()) == 2:
        for sharer in mesh.sharers:
            sharer.leaves_after = None


async def test_where_the_way_breaks_and_nobody_else_has_the_model_it_is_dialled_anew():
    async with ScriptedPeers(1).running() as mesh:

        def close():
            mesh.world.network._peers[MEMBER.node]._connections[0].close(0, "the way is broken")

        ids, text, receipt = await lose_the_network(mesh, 2.0, close)

        assert (ids, text) == whole()
        assert receipt.attempts[0] == receipt.attempts[1]


async def lose_the_network(mesh, seconds, then=lambda: None):
    """An answer of the only peer, which nothing reaches for so long in mid-answer; `then` is done
    once it can be reached."""
    network = mesh.world.network

    def during(pieces):
        if len(pieces) == 20:
            network.cut(mesh.sharers[0].key.node)

    task = asyncio.ensure_future(mesh.ask(during))
    while not network._cut:
        await mesh.world.clock.advance(0.25)
    for _ in range(int(seconds / 0.25)):
        await mesh.world.clock.advance(0.25)
    network.heal()
    then()
    return await mesh.world.until(task, 60.0)


async def test_the_only_peer_is_dialled_until_the_network_is_back():
    async with ScriptedPeers(1).running() as mesh:
        ids, text, receipt = await lose_the_network(mesh, 15.0)

        assert (ids, text) == whole()
        assert len(receipt.attempts) == 2


async def test_a_network_that_stays_away_ends_the_answer():
    async with ScriptedPeers(1).running() as mesh:
        with pytest.raises(MeshUnreachable, match="the way to it broke"):
            await lose_the_network(mesh, 40.0)


async def test_an_answer_moves_twice_at_most():
    async with ScriptedPeers(5).running() as mesh:
        for sharer in mesh.sharers:
            sharer.leaves_after = 10

        with pytest.raises(MeshUnreachable):
            await finish(mesh)
        assert len(mesh.asked()) == 3


async def test_who_is_busy_costs_no_move():
    async with ScriptedPeers(6).running() as mesh:
        for sharer in mesh.sharers[:4]:
            sharer.refuses = True
        ids, text, _ = await finish(mesh)

        assert (ids, text) == whole()


async def test_deaths_at_any_moments_lose_and_double_nothing():
    dice = random.Random(11)
    for _ in range(10):
        async with ScriptedPeers(4).running() as mesh:
            moments = sorted(dice.sample(range(1, 100), 2))

            def during(pieces, mesh=mesh, moments=moments):
                if len(pieces) in moments:
                    mesh.world.network.cut(mesh.asked()[-1].key.node)

            ids, text, receipt = await finish(mesh, during)

            assert (ids, text) == whole()
            assert len(receipt.attempts) <= 3
