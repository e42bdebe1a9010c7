"""Checks every peer again and again, at times that nobody can foresee.

Each peer's model has its own next time, drawn so that checks come at a mean rate and without a
pattern (`trust.standing` says how rare they may become). One check is made at a time. A peer
without a free place is not disturbed: its users go first, and the check comes when there is one.
"""

import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

from closedmesh.entry.checking import Checker, Target
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.ids import NodeId, short
from closedmesh.node.clock import Clock
from closedmesh.trust.draws import Draw

log = logging.getLogger(__name__)

LOOK = 5.0
"""Seconds between two looks at who is due."""


@dataclass(slots=True)
class Rounds:
    """The service of a verifier."""

    checker: Checker
    targets: Callable[[], Sequence[Target]]
    """Peers' models that this computer could check, as they are announced now."""
    clock: Clock
    checked: Callable[[Target], Awaitable[None]]
    """Called after each check. Raises `ClosedMeshError` when the copy is gone."""
    _due: dict[tuple[NodeId, str], float] = field(default_factory=dict)
    _count: int = 0

    async def run(self) -> None:
        """Check, until cancelled."""
        while True:
            while target := self._next(self.clock.monotonic()):
                await self._check(target)
            await self.clock.sleep(LOOK)

    def _next(self, now: float) -> Target | None:
        """The one that waits longest of those that are due."""
        targets = {(target.peer, target.model): target for target in self.targets()}
        self._due = {key: due for key, due in self._due.items() if key in targets}
        for target in targets.values():
            if (target.peer, target.model) not in self._due:
                self._plan(target)
        ready = [key for key, due in self._due.items() if due <= now and targets[key].free > 0]
        return targets[min(ready, key=lambda key: self._due[key])] if ready else None

    async def _check(self, target: Target) -> None:
        try:
            await self.checker.check(target)
            await self.checked(target)
        except ClosedMeshError as error:
            log.info("%s cannot be checked: %s", short(target.peer), error)
        self._plan(target)

    def _plan(self, target: Target) -> None:
        self._count += 1
        draw = Draw(self.checker.secret(), b"time", self._count.to_bytes(8, "big"))
        interval = self.checker.book.entry(target.peer, target.model).standing.interval
        due = self.clock.monotonic() + draw.waiting_time(interval)
        self._due[target.peer, target.model] = due
