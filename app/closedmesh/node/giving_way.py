"""Lets the owner's other programs go first: watches how busy they are, slows the models down."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol

from closedmesh.models.giving_way import Pace, decide
from closedmesh.node.clock import Clock

READ_EVERY = 0.4
"""Seconds between two readings: two of them are less than the second in which we step down."""


class Models(Protocol):
    """What is needed of the engines."""

    pace: Pace

    def processes(self) -> tuple[int, ...]: ...
    def go(self, pace: Pace) -> None: ...


@dataclass(frozen=True, slots=True)
class GivingWay:
    """The service. `others` says how many cores other programs kept busy since it was last asked,
    given the process ids of our models."""

    models: Models
    wanted: Callable[[], bool]
    """The setting."""
    others: Callable[[Iterable[int]], float]
    clock: Clock

    async def run(self) -> None:
        """Keep the pace of all models right, until cancelled."""
        while True:
            await self.clock.sleep(READ_EVERY)
            pids = self.models.processes()
            if pids and self.wanted():
                busy = self.others(pids)
                self.models.go(decide(self.models.pace, busy, self.clock.monotonic()))
            else:
                self.models.go(Pace())
