"""Says what the engine says to a peer that asked, and measures the engine on the way.

An asker that acknowledges answers piece by piece is told no more once it no longer does: what is
sent then waits for its voucher, for a while.
"""

import asyncio
from collections.abc import Callable, Sequence

from closedmesh.engine.messages import Done, Priority, Started, Tokens
from closedmesh.mesh import messages
from closedmesh.mesh.signing import Sealed
from closedmesh.models.chat import Waiting
from closedmesh.node.clock import Clock, within
from closedmesh.node.talk import Talk
from closedmesh.trust.traces import Step
from closedmesh.trust.vouchers import is_overdue

VOUCHER_LIMIT = 20.0
"""Seconds to wait for a voucher; an asker that reads so slowly is given up too."""

Acknowledged = Callable[[messages.Started, int, Sealed], int]


class UnacknowledgedError(Exception):
    """The asker no longer acknowledges what it is told."""


class Telling:
    """One answer as it is told."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it rests on
        self,
        talk: Talk,
        clock: Clock,
        begun: int,
        conclude: Callable[[messages.Finished, Sequence[Step]], messages.Finished],
        priority: Priority,
        acknowledged: Acknowledged | None,
    ) -> None:
        """`begun` are the tokens that were there before; `conclude` makes the end of the answer;
        `acknowledged` checks and keeps a voucher for so many tokens, and is `None` for an asker
        that gives none."""
        self.talk = talk
        self.priority = priority
        self._clock = clock
        self._had = begun
        self._conclude = conclude
        self._turn = asyncio.Lock()
        self._steps: list[Step] = []
        self._started: Started | None = None
        self._started_at = 0.0
        self._first_at = 0.0
        self._first_count = 0
        self.begun = False
        """A first token was told."""
        self.receipt: Sealed | None = None
        """What was sent with the end of the answer."""
        self.thanks: messages.Countersigned | None = None
        """What the asker has said of it already."""
        self._acknowledged = acknowledged
        self._sent = self._paid = 0
        self._voucher = asyncio.Event()
        self.decode_tps: float | None = None
        self.prefill_tps: float | None = None

    async def hush(self) -> None:
        """Tell nothing more; what is being told is told first."""
        await self._turn.acquire()

    async def accept(self, accepted: messages.Accepted) -> None:
        """Say that it will be answered."""
        async with self._turn:
            await self.talk.send(accepted)

    def take(self, voucher: Sealed) -> None:
        """The asker acknowledges what has come."""
        if self._acknowledged and self._started:
            paid = self._acknowledged(self._said(self._started), self._sent, voucher)
            self._paid = max(self._paid, paid)
            self._voucher.set()

    async def tell(self, event: Waiting | Started | Tokens | Done) -> None:
        """Say what the engine says. Raises `UnacknowledgedError`."""
        await self._until_acknowledged()
        async with self._turn:
            await self._tell(event)

    async def _until_acknowledged(self) -> None:
        while self._is_overdue():
            self._voucher.clear()
            try:
                await within(self._clock, VOUCHER_LIMIT, self._voucher.wait())
            except TimeoutError:
                raise UnacknowledgedError from None

    def _is_overdue(self) -> bool:
        if self._acknowledged is None or self._started is None:
            return False
        read = self._started.prompt_tokens, self._started.cached_tokens
        return is_overdue(*read, self._sent, self._paid)

    @staticmethod
    def _said(event: Started) -> messages.Started:
        return messages.Started(event.prompt_tokens, event.cached_tokens, event.dropped_messages)

    async def _tell(self, event: Waiting | Started | Tokens | Done) -> None:
        now = self._clock.monotonic()
        match event:
            case Waiting():
                pass
            case Started():
                self._started, self._started_at = event, now
                await self.talk.send(self._said(event))
            case Tokens():
                self._measure(event.count, now)
                self.begun = True
                self._sent += len(event.ids)
                self._steps += map(Step, event.ids, event.trace)
                await self.talk.send(messages.Tokens(event.ids, event.text, event.logprobs))
            case Done():
                await self._finish(event)

    def _measure(self, count: int, now: float) -> None:
        if self._started and not self._first_at:
            self._first_at, self._first_count = now, count
            read = self._started.prompt_tokens - self._started.cached_tokens
            if now > self._started_at and read > 0:
                self.prefill_tps = read / (now - self._started_at)
        elif now > self._first_at:
            self.decode_tps = (count - self._first_count) / (now - self._first_at)

    async def _finish(self, done: Done) -> None:
        started = self._started
        if done.end_token is not None and done.end_trace is not None:
            self._steps.append(Step(done.end_token, done.end_trace))
        finished = messages.Finished(
            finish=done.finish,
            prompt_tokens=started.prompt_tokens if started else 0,
            cached_tokens=started.cached_tokens if started else 0,
            completion_tokens=done.completion_tokens - self._had,
            end_token=done.end_token,
        )
        finished = self._conclude(finished, self._steps)
        self.receipt = finished.receipt
        await self.talk.send(finished)
