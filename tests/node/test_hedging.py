"""Who is asked as well when a peer cannot be reached, or its first token is late."""

import asyncio

import pytest
from msgspec import structs

from closedmesh.mesh.experience import Answered
from closedmesh.mesh.hedging import ENOUGH, HedgeBudget
from closedmesh.models.chat import Question, RawText
from closedmesh.node.hedging import LATE_DIAL
from tests.support.clock import settle
from tests.support.mesh import OFFER
from tests.support.scripted_peers import LENGTH, STEP, ScriptedPeers, whole

SLOW = 60.0
ALONE = LENGTH * STEP + 1.0
"""Seconds of an answer that nothing disturbs."""


async def finish(mesh, during=lambda pieces: None, seconds=120.0, **how):
    began = mesh.world.clock.now()
    task = asyncio.ensure_future(mesh.ask(during, **how))
    ids, text, receipt = await mesh.world.until(task, seconds, step=STEP)
    assert (ids, text) == whole()
    return receipt, mesh.world.clock.now() - began


def know(mesh):
    """Enough first tokens, so that it is known what is late."""
    choosing = mesh.answers.choosing
    question = Question(RawText("another one"), client="somebody else")
    for number in range(ENOUGH):
        node = mesh.sharers[number % len(mesh.sharers)].key.node
        choosing.answered(node, OFFER.sha256, question, Answered(500.0, 5, 0, STEP * 1000))


async def first_choice(mesh):
    """Who answers this conversation, and will be asked first again."""
    receipt, _ = await finish(mesh)
    return next(s for s in mesh.sharers if receipt.attempts == (s.key.node[:10],))


async def test_peers_that_cannot_be_reached_cost_a_moment_each():
    async with ScriptedPeers(3).running() as mesh:
        for sharer in mesh.sharers[:2]:
            mesh.world.network.cut(sharer.key.node)
        receipt, took = await finish(mesh)

        assert took < ALONE + 2 * LATE_DIAL + 0.5
        assert receipt.peer == mesh.sharers[2].key.node[:10]
        assert [len(sharer.asked) for sharer in mesh.sharers] == [0, 0, 1]


async def test_a_break_and_a_peer_that_is_away_cost_little_more_than_the_break():
    async with ScriptedPeers(3).running() as mesh:

        def during(pieces):
            if len(pieces) == 20:
                first = mesh.asked()[0]
                mesh.world.network.cut(first.key.node)
                away = next(sharer for sharer in mesh.sharers if sharer is not first)
                mesh.world.network.cut(away.key.node)

        _, took = await finish(mesh, during)

        assert took < ALONE + 2.0 + LATE_DIAL + 1.0


async def test_nobody_else_sees_a_question_while_the_first_peer_is_dialled():
    async with ScriptedPeers(2).running() as mesh:
        mesh.world.network.delay = 0.5  # there and back for the dial, and for Hello
        await finish(mesh)

        assert len(mesh.asked()) == 1


async def test_a_first_token_that_is_late_is_asked_of_another_peer_too():
    async with ScriptedPeers(2).running() as mesh:
        know(mesh)
        first = await first_choice(mesh)
        first.first_after, first.told = SLOW, 0
        receipt, took = await finish(mesh)

        assert took < ALONE + 0.5 + 0.5
        assert receipt.attempts == (first.key.node[:10], receipt.peer)
        await mesh.world.clock.advance(2 * SLOW)
        assert first.told == 0  # it was told to stop


async def test_the_first_peer_goes_on_if_it_is_the_quicker_one_after_all():
    async with ScriptedPeers(2).running() as mesh:
        know(mesh)
        first = await first_choice(mesh)
        other = next(sharer for sharer in mesh.sharers if sharer is not first)
        first.first_after, other.first_after = 2.0, SLOW
        receipt, _ = await finish(mesh)

        assert len(other.asked) == 1
        assert receipt.peer == first.key.node[:10]
        assert receipt.completion_tokens == LENGTH


async def test_the_second_one_stays_when_the_first_is_lost():
    async with ScriptedPeers(2).running() as mesh:
        know(mesh)
        first = await first_choice(mesh)
        other = next(sharer for sharer in mesh.sharers if sharer is not first)
        first.first_after, other.first_after = SLOW, 3.0
        task = asyncio.ensure_future(mesh.ask())
        for _ in range(20):
            await mesh.world.clock.advance(STEP)
            await settle()
        assert len(other.asked) == 1
        mesh.world.network.cut(first.key.node)
        ids, _, receipt = await mesh.world.until(task, 60.0, step=STEP)

        assert ids == whole()[0]
        assert receipt.peer == other.key.node[:10]


@pytest.mark.parametrize("why", ["nothing is known", "one peer", "spent", "full"])
async def test_no_second_peer_is_asked(why):
    async with ScriptedPeers(2).running() as mesh:
        if why != "nothing is known":
            know(mesh)
        first = await first_choice(mesh)
        first.first_after = 5.0
        if why == "spent":
            mesh.answers._hedging.budget = HedgeBudget(0.5)
        if why == "full":
            mesh.announce(structs.replace(OFFER, slots=4, free=1))
        receipt, _ = await finish(mesh, one_peer=why == "one peer")

        assert receipt.attempts == (first.key.node[:10],)


async def test_who_was_outrun_is_chosen_less():
    async with ScriptedPeers(2).running() as mesh:
        know(mesh)
        first = await first_choice(mesh)
        first.first_after = SLOW
        await finish(mesh)

        known = mesh.answers.choosing._of(first.key.node, OFFER.sha256).experience
        assert known.trouble > 0
        assert known.in_flight == 0
        assert not known.breaker.failures
