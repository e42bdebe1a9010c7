"""What this peer has committed to in its answers, kept for ten minutes so that it can be shown.

    root = witness.keep(asker, request, steps)     # before the last message of an answer
    opened = witness.show(asker, Open(request, positions))

Only who has asked a question is shown anything of its answer. What is kept is bounded; the oldest
goes first, and is then as unknown as an answer that never was.
"""

import secrets
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec

from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.messages import Open, Opened
from closedmesh.node.clock import Clock
from closedmesh.trust.traces import SALT_BYTES, Step, Trace

KEEP = 600.0
"""Seconds."""

MAX_STEPS = 500_000
"""Steps of all answers together, about 40 MB."""


@dataclass(frozen=True, slots=True)
class _Kept:
    until: float
    steps: bytes
    """MessagePack: a tree takes five times the room, and is rarely asked for."""
    count: int
    salt: bytes


class Witness:
    """The traces of the last answers."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: OrderedDict[tuple[NodeId, str], _Kept] = OrderedDict()
        self._steps = 0

    def keep(self, asker: NodeId, request: str, steps: Sequence[Step]) -> bytes:
        """The root to commit to; 32 bytes. A request of the same name is replaced."""
        salt = secrets.token_bytes(SALT_BYTES)
        self._forget(asker, request)
        until = self._clock.monotonic() + KEEP
        data = msgspec.msgpack.encode(steps)
        self._kept[asker, request] = _Kept(until, data, len(steps), salt)
        self._steps += len(steps)
        self._tidy()
        return Trace(steps, salt).root

    def show(self, asker: NodeId, wanted: Open) -> Opened:
        """The positions asked for. Raises `NotAuthorised` for an answer that is no longer here,
        or was somebody else's, and for positions that it has not."""
        self._tidy()
        kept = self._kept.get((asker, wanted.request))
        if kept is None:
            raise NotAuthorised(RefusalCode.EXPIRED, "No such answer is kept here.")
        steps = msgspec.msgpack.decode(kept.steps, type=tuple[Step, ...])
        try:
            return Opened(Trace(steps, kept.salt).open(wanted.positions))
        except IndexError as error:
            raise NotAuthorised(RefusalCode.BAD_REQUEST, str(error)) from None

    def _tidy(self) -> None:
        now = self._clock.monotonic()
        while self._kept:
            oldest, kept = next(iter(self._kept.items()))
            if kept.until > now and self._steps <= MAX_STEPS:
                return
            self._forget(*oldest)

    def _forget(self, asker: NodeId, request: str) -> None:
        if kept := self._kept.pop((asker, request), None):
            self._steps -= kept.count
