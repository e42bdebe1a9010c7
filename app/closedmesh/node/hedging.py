"""The quicker of two peers, where the first one keeps an answer waiting.

A peer that cannot be reached at once is dialled on while others are dialled too; the first that is
there is asked, and nobody else has seen the question. A peer that was asked, and whose first token
is later than nearly always, is asked together with another one, as far as `mesh.hedging` allows;
whose token comes first goes on alone, and the other is cancelled.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from closedmesh.mesh.hedging import HedgeBudget
from closedmesh.mesh.ids import NodeId
from closedmesh.models.chat import Accepted, Finished, Piece, Waiting
from closedmesh.node.answer_so_far import AnswerSoFar, Attempt, Choose, PeerLost
from closedmesh.node.choosing import Choosing
from closedmesh.node.clock import Clock

LATE_DIAL = 1.5
"""Seconds in which nearly every peer that is there is reached, also through routers; then another
one is dialled as well."""


class Reached:
    """A peer is connected. It is asked once this was taken from its stream."""


MeshEvent = Accepted | Waiting | Piece | Finished
Stream = AsyncGenerator[MeshEvent | Reached]
Ask = Callable[[AnswerSoFar, Attempt], Stream]
"""Has one peer answer. Raises `PeerLost`."""


@dataclass(slots=True)
class Hedging:
    """Second questions of one asker."""

    choosing: Choosing
    clock: Clock
    ask: Ask
    choose: Choose
    budget: HedgeBudget = field(default_factory=HedgeBudget)

    def asked(self) -> None:
        """A question is put."""
        self.budget = self.budget.asked()

    async def answer(
        self, answer: AnswerSoFar, node: NodeId, *, alone: bool
    ) -> AsyncGenerator[MeshEvent]:
        """An answer, or the rest of one, by a peer or by whoever is quicker; `alone` asks nobody
        else. Raises `PeerLost` when all that were asked are lost."""
        race = _Race(self, answer)
        try:
            race.begin(node)
            winner = None
            while winner is None:
                for said in await race.next(alone=alone):
                    yield said
                winner = race.winner
        finally:
            await race.close()
        async with aclosing(winner) as rest:
            async for event in rest:
                if not isinstance(event, Reached):
                    yield event

    def may_ask_two(self, answer: AnswerSoFar) -> bool:
        """Whether a second peer may be asked for an answer now."""
        busy = self.choosing.busy_share(answer.sha256)
        return self.budget.allows(busy_share=busy, private=answer.question.one_peer)


@dataclass(eq=False, slots=True)
class _Runner:
    attempt: Attempt
    stream: Stream
    pull: asyncio.Future[MeshEvent | Reached]


class _Race:
    """Those that are asked, until one of them has said something of the answer."""

    def __init__(self, hedging: Hedging, answer: AnswerSoFar) -> None:
        self._hedging = hedging
        self._answer = answer
        self._runners: list[_Runner] = []
        self._alarm: asyncio.Future[None] | None = None
        self._reached = False
        self.winner: Stream | None = None

    def begin(self, node: NodeId) -> None:
        """Ask one more."""
        answer, hedging = self._answer, self._hedging
        answer.tried.append(node)
        attempt = Attempt(node, hedging.clock.monotonic(), len(answer.tokens))
        stream = hedging.ask(answer, attempt)
        self._runners.append(_Runner(attempt, stream, asyncio.ensure_future(anext(stream))))
        self._wait(LATE_DIAL if not self._reached else None)

    def _wait(self, seconds: float | None) -> None:
        if self._alarm:
            self._alarm.cancel()
        sleep = self._hedging.clock.sleep
        self._alarm = None if seconds is None else asyncio.ensure_future(sleep(seconds))

    async def next(self, *, alone: bool) -> list[MeshEvent]:
        """What is said next, by whomever. Raises `PeerLost` when all are."""
        waiting: set[asyncio.Future[Any]] = {runner.pull for runner in self._runners}
        if self._alarm and not alone:
            waiting.add(self._alarm)
        await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
        said: list[MeshEvent] = []
        for runner in [each for each in self._runners if each.pull.done()]:
            if runner in self._runners and self.winner is None:
                await self._take(runner, said)
        if self.winner is None and self._alarm and self._alarm.done():
            self._alarm = None
            self._ask_another()
        return said

    async def _take(self, runner: _Runner, said: list[MeshEvent]) -> None:
        try:
            event = runner.pull.result()
        except PeerLost as lost:
            self._runners.remove(runner)
            if not self._runners:
                raise
            self._answer.lost(lost)
            self._reached = any(each.attempt.peer for each in self._runners)
            if not self._reached:
                self._wait(LATE_DIAL)
            return
        if isinstance(event, Reached):
            if not self._reached:
                self._reached = True
                await self._leave_all_but(runner)
                self._wait(self._late(runner.attempt))
        else:
            said.append(event)
        if isinstance(event, Piece | Finished):
            await self._leave_all_but(runner)
            self._runners.clear()
            self.winner = runner.stream
        else:
            runner.pull = asyncio.ensure_future(anext(runner.stream))

    def _late(self, attempt: Attempt) -> float | None:
        late = self._hedging.choosing.late_after(self._answer.sha256)
        waited = self._hedging.clock.monotonic() - attempt.asked
        return None if late is None else max(0.0, late - waited)

    def _ask_another(self) -> None:
        hedging, answer = self._hedging, self._answer
        if self._reached and not hedging.may_ask_two(answer):
            return
        node = hedging.choose(answer)
        if node is None:
            return
        if self._reached:
            hedging.budget = hedging.budget.hedged()
        self.begin(node)

    async def _leave_all_but(self, winner: _Runner) -> None:
        for runner in [each for each in self._runners if each is not winner]:
            self._runners.remove(runner)
            self._hedging.choosing.outrun(runner.attempt.node, self._answer.sha256)
            await _leave(runner)

    async def close(self) -> None:
        """Ask nobody any longer."""
        if self._alarm:
            self._alarm.cancel()
        for runner in self._runners:
            await _leave(runner)


async def _leave(runner: _Runner) -> None:
    runner.pull.cancel()
    await asyncio.gather(runner.pull, return_exceptions=True)
    await runner.stream.aclose()
