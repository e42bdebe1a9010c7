"""Ends a wait that takes too long by the clock, for waits that are as many as tokens."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from closedmesh.node.clock import Clock


class Alarm:
    """Ends a wait that takes too long by the clock, at the cost of no task for each wait."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._timeout: asyncio.Timeout | None = None
        self._due = 0.0
        self._set = asyncio.Event()

    @asynccontextmanager
    async def within(self, seconds: float) -> AsyncGenerator[None]:
        """Raises `TimeoutError` when the block takes longer."""
        self._due = self._clock.monotonic() + seconds
        async with asyncio.timeout(None) as self._timeout:
            self._set.set()
            try:
                yield
            finally:
                self._set.clear()

    async def watch(self) -> None:
        """Look at the clock until cancelled."""
        while True:
            await self._set.wait()
            left = self._due - self._clock.monotonic()
            if left > 0:
                await self._clock.sleep(min(left, 1.0))
            elif self._timeout is not None:
                self._timeout.reschedule(asyncio.get_running_loop().time())
                self._set.clear()


@asynccontextmanager
async def open_alarm(clock: Clock) -> AsyncGenerator[Alarm]:
    """An alarm, and what watches the clock for it, for the length of a block."""
    alarm = Alarm(clock)
    watching = asyncio.ensure_future(alarm.watch())
    try:
        yield alarm
    finally:
        watching.cancel()
