"""How fast downloads may be, and how fast they are."""

from collections import deque
from collections.abc import Callable

from closedmesh.node.clock import Clock

BURST = 0.25
"""Seconds' worth of bytes that may come at once."""

WINDOW = 5.0
"""Seconds over which the shown rate is measured."""


class Limiter:
    """All downloads together take at most `limit()` bytes a second; 0 is no limit."""

    def __init__(self, limit: Callable[[], float], clock: Clock) -> None:
        self._limit = limit
        self._clock = clock
        self._free_at = 0.0

    async def take(self, count: int) -> None:
        """Wait until `count` bytes more are within the limit."""
        limit = self._limit()
        if limit <= 0:
            return
        now = self._clock.monotonic()
        self._free_at = max(self._free_at, now - BURST) + count / limit
        if self._free_at > now:
            await self._clock.sleep(self._free_at - now)


class Meter:
    """Bytes a second over the last seconds, from a count that only grows."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._seen: deque[tuple[float, int]] = deque()

    def measure(self, total: int) -> float:
        """The rate, given the count as it is now; a count that fell begins anew."""
        now = self._clock.monotonic()
        if self._seen and total < self._seen[-1][1]:
            self._seen.clear()
        self._seen.append((now, total))
        while len(self._seen) > 2 and now - self._seen[1][0] >= WINDOW:
            self._seen.popleft()
        then, before = self._seen[0]
        return (total - before) / (now - then) if now > then else 0.0
