"""A computer that stops sharing in mid-answer: what its owner chose, and what the asker saw."""

import asyncio

import pytest

from closedmesh.control import ChangeSettings, PauseSharing
from closedmesh.errors import MeshUnreachable
from closedmesh.models.chat import Accepted, Finished, Piece, Route
from closedmesh.models.duty import Leaving, Reason
from tests.support.small_mesh import PATIENCE, ask, question, said, until

HELD = "hold one two / three four"


class Asked:
    """An answer in progress, and its events so far."""

    def __init__(self, node, text):
        self._events = node.ask(question(text))
        self.events = []

    async def until(self, kind):
        """Go on until an event of this kind has come."""
        async with asyncio.timeout(PATIENCE):
            while not self.events or not isinstance(self.events[-1], kind):
                self.events.append(await anext(self._events))

    async def __aenter__(self):
        return self

    async def __aexit__(self, *failure):
        await self._events.aclose()


async def sharers(mesh, count, leaving):
    """Peers that share and have made the same choice, by their short ids; and one that asks."""
    found = {}
    for number in range(count):
        node = await mesh.sharing(f"sharing {number}")
        await node.do(ChangeSettings({"sharing.leaving": leaving}))
        found[(await until(node, lambda status: status.mesh)).peer] = node
    asking = await mesh.member("asking")
    await until(asking, lambda s: sum(bool(peer.offers) for peer in s.peers) == count)
    return found, asking


async def begun(asked):
    """Who answers, once the first two words are there."""
    await asked.until(Accepted)
    peer = asked.events[-1].peer
    await asked.until(Piece)
    await asked.until(Piece)
    return peer


async def stop(node):
    await node.do(ChangeSettings({"sharing.share": False}))
    return await until(node, lambda status: status.sharing.reason is Reason.OFF)


async def release(node):
    await ask(node, "release", Route.LOCAL)


async def test_what_runs_is_finished_unless_something_else_was_chosen(mesh):
    found, asking = await sharers(mesh, 2, Leaving.FINISH)
    async with Asked(asking, HELD) as asked:
        peer = await begun(asked)
        status = await stop(found[peer])
        assert status.sharing.serving == 1
        await release(found[peer])
        await asked.until(Finished)

    assert said(asked.events) == "one two three four "
    assert asked.events[-1].receipt.attempts == (peer,)


@pytest.mark.parametrize("leaving", [Leaving.HAND_OVER, Leaving.NOW])
async def test_what_runs_goes_on_at_another_peer(mesh, leaving):
    found, asking = await sharers(mesh, 2, leaving)
    async with Asked(asking, HELD) as asked:
        peer = await begun(asked)
        await stop(found[peer])
        await asked.until(Finished)
        await until(found[peer], lambda s: s.sharing.serving == 0 and s.models[0].busy == 0)

    (other,) = found.keys() - {peer}
    receipt = asked.events[-1].receipt
    assert said(asked.events) == "one two three four "
    assert receipt.attempts == (peer, other)
    assert receipt.completion_tokens == 4


async def test_what_nobody_could_take_over_is_finished(mesh):
    found, asking = await sharers(mesh, 1, Leaving.HAND_OVER)
    async with Asked(asking, HELD) as asked:
        peer = await begun(asked)
        await stop(found[peer])
        await release(found[peer])
        await asked.until(Finished)

    assert said(asked.events) == "one two three four "


async def test_stopping_now_stops_though_nobody_could_take_over(mesh):
    found, asking = await sharers(mesh, 1, Leaving.NOW)
    async with Asked(asking, HELD) as asked:
        peer = await begun(asked)
        await stop(found[peer])
        with pytest.raises(MeshUnreachable, match="not-sharing"):
            await asked.until(Finished)

    assert said(asked.events) == "one two "


async def test_what_has_not_begun_is_refused(mesh):
    found, asking = await sharers(mesh, 1, Leaving.FINISH)
    async with Asked(asking, "wait") as asked:
        await asked.until(Accepted)
        (sharing,) = found.values()
        await until(sharing, lambda status: status.models[0].busy == 1)
        await stop(sharing)
        with pytest.raises(MeshUnreachable, match="not-sharing"):
            await asked.until(Finished)
    await until(sharing, lambda s: s.sharing.serving == 0 and s.models[0].busy == 0)


async def test_who_answers_as_many_as_it_wants_refuses_the_next(mesh):
    found, asking = await sharers(mesh, 1, Leaving.FINISH)
    (sharing,) = found.values()
    await sharing.do(ChangeSettings({"sharing.requests": 1}))
    async with Asked(asking, HELD) as asked:
        await begun(asked)
        with pytest.raises(MeshUnreachable, match="busy"):
            await ask(asking, "echo one")
        await release(sharing)
        await asked.until(Finished)


async def test_a_pause_after_the_answer_finishes_it_whatever_the_setting(mesh):
    found, asking = await sharers(mesh, 2, Leaving.NOW)
    async with Asked(asking, HELD) as asked:
        peer = await begun(asked)
        await found[peer].do(PauseSharing(finish=True))
        await until(found[peer], lambda status: status.sharing.reason is Reason.PAUSED)
        await release(found[peer])
        await asked.until(Finished)

    assert asked.events[-1].receipt.attempts == (peer,)
