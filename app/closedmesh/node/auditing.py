"""Looks into a small share of this computer's own answers, without any model and at no cost to it.

A peer has committed to the numbers behind every token of an answer before it knows whether and
where somebody looks. Of three answers in a hundred, eight positions are opened: they must belong
to what was committed to, and the token must follow from them (`trust.openings`). An honest peer
never contradicts itself; one whose text comes from elsewhere does. The text itself goes nowhere.

    audits = Auditing(dice, changed)
    audits.answered(given, show)        # after each answer
    await audits.run()
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct, structs

from closedmesh.mesh.faults import ProtocolError
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.messages import Open, Opened
from closedmesh.models.chat import RequestId, Sampling
from closedmesh.node.peer import Peer
from closedmesh.node.talk import PeerRefused
from closedmesh.node.transport import TransportError
from closedmesh.trust.openings import Finding, judge
from closedmesh.trust.traces import BadOpening, verify

log = logging.getLogger(__name__)

SHARE = 0.03
"""Of answers that are looked into."""

POSITIONS = 8
"""Positions of an answer that are opened."""

MAX_WAITING = 100
"""Answers that wait to be looked into; further ones are left out."""

MAX_KNOWN = 10_000
"""Peers' models whose audits are remembered; the oldest are forgotten first."""

Show = Callable[[Sequence[int]], Awaitable[Opened]]


class Given(Struct, frozen=True):
    """An answer of a peer, as far as an audit needs it."""

    node: NodeId
    model: str
    root: bytes
    steps: tuple[int, ...]
    """All tokens, the ending one included."""
    sampling: Sampling
    formed: bool
    """A grammar or schema took part in the choice."""


class Audit(Struct, frozen=True):
    """What was found of one peer's model."""

    answers: int = 0
    opened: int = 0
    contradicted: int = 0
    """Answers with a position that is not what was committed to or does not explain its token."""
    refused: int = 0
    """Answers of which the peer showed nothing."""


class Auditing:
    """All audits of this run. `dice` decides which answers are looked into."""

    def __init__(self, dice: random.Random, changed: Callable[[], None]) -> None:
        self._dice = dice
        self._changed = changed
        self._waiting: asyncio.Queue[tuple[Given, Show]] = asyncio.Queue(MAX_WAITING)
        self._known: dict[tuple[NodeId, str], Audit] = {}

    def answered(self, given: Given, show: Show) -> None:
        """Maybe look into an answer soon."""
        if given.steps and self._dice.random() < SHARE and not self._waiting.full():
            self._waiting.put_nowait((given, show))

    async def run(self) -> None:
        """Look into answers, until cancelled."""
        while True:
            given, show = await self._waiting.get()
            await self._look(given, show)

    def of(self, node: NodeId, model: str) -> Audit:
        """What was found so far."""
        return self._known.get((node, model), Audit())

    async def _look(self, given: Given, show: Show) -> None:
        count = min(POSITIONS, len(given.steps))
        positions = sorted(self._dice.sample(range(len(given.steps)), count))
        before = self.of(given.node, given.model)
        try:
            opened = await show(positions)
        except (TransportError, ProtocolError, PeerRefused, TimeoutError) as error:
            log.info("peer %s showed nothing of an answer: %s", short(given.node), error)
            after = structs.replace(before, refused=before.refused + 1)
        else:
            wrong = contradicts(given, positions, opened)
            if wrong:
                log.warning("peer %s: %s", short(given.node), wrong)
            after = structs.replace(
                before,
                opened=before.opened + len(opened.openings),
                contradicted=before.contradicted + bool(wrong),
            )
        self._known.pop((given.node, given.model), None)
        while len(self._known) >= MAX_KNOWN:
            del self._known[next(iter(self._known))]
        key = given.node, given.model
        self._known[key] = structs.replace(after, answers=before.answers + 1)
        self._changed()


def contradicts(given: Given, positions: Sequence[int], opened: Opened) -> str:
    """In which way what was shown contradicts the answer; empty if it does not."""
    if [opening.position for opening in opened.openings] != list(positions):
        return "other positions were shown than were asked for"
    for opening in opened.openings:
        try:
            step = verify(opening, given.root, len(given.steps))
        except BadOpening as error:
            return str(error)
        if step.token != given.steps[opening.position]:
            return f"another token was committed to at {opening.position}"
        finding = judge(step, opening.position, given.sampling, formed=given.formed)
        if finding is Finding.CONTRADICTED:
            return f"the token at {opening.position} does not follow from its numbers"
    return ""


async def show(peer: Peer, request: RequestId, positions: Sequence[int]) -> Opened:
    """Have positions of an answer shown. Raises `PeerRefused`, `ProtocolError`,
    `TransportError`."""
    return await peer.ask(Open(request, tuple(positions)), Opened)
