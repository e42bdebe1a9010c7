"""To which entries a peer turns, and how long one that does not answer is left alone.

Each peer has an order of its own (`mesh.entries.visited`) and turns to the first two that answer:
with two a peer is found while either fails and neither can hide others from it, and the cost does
not grow with the number of entries.
"""

from collections.abc import Iterable, Iterator

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.entries import visited
from closedmesh.mesh.ids import NodeId
from closedmesh.node.clock import Clock

VISITED = 2
"""Entries to which a peer turns in each round."""

FIRST_PAUSE = 15.0
"""Seconds for which an entry that did not answer is left alone; doubles each time."""

LONGEST_PAUSE = 300.0
"""Seconds; the end of that doubling."""


class Turns:
    """Of one peer."""

    def __init__(self, own: NodeId, clock: Clock) -> None:
        self._own = own
        self._clock = clock
        self._pauses: dict[NodeId, float] = {}
        self._until: dict[NodeId, float] = {}

    def next(self, entries: Iterable[Address], tried: set[NodeId], answered: int) -> list[Address]:
        """Whom to turn to now, given whom this round has tried and how many of them answered.
        Those that are left alone come only when nobody else answers."""
        left = [each for each in visited(self._own, entries) if each.node not in tried]
        ready = [each for each in left if not self._is_left_alone(each.node)]
        if not ready and not answered:
            return left
        return ready[: VISITED - answered]

    def _is_left_alone(self, node: NodeId) -> bool:
        return self._clock.monotonic() < self._until.get(node, float("-inf"))

    def noted(self, entries: Iterable[Address], answers: Iterable[bool]) -> Iterator[NodeId]:
        """Remember which of them answered; gives those that did."""
        for entry, did in zip(entries, answers, strict=True):
            if did:
                self._pauses.pop(entry.node, None)
                self._until.pop(entry.node, None)
                yield entry.node
            else:
                pause = min(self._pauses.get(entry.node, FIRST_PAUSE / 2) * 2, LONGEST_PAUSE)
                self._pauses[entry.node] = pause
                self._until[entry.node] = self._clock.monotonic() + pause
