"""What the mesh's verifiers say of peers' models: taken up, passed on, and acted upon.

Statements travel with the directory, each signed by an entry and endorsed by the mesh. A peer that
pulls says how new its last one of every verifier is, and is told what came later, the oldest
first.
"""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.membership import Certificate, Endorsed, endorsed
from closedmesh.mesh.messages import MAX_VERDICTS, Delta
from closedmesh.mesh.picture import Check
from closedmesh.mesh.signing import peek
from closedmesh.models.chat import CheckState
from closedmesh.node.clock import Clock
from closedmesh.node.peers import Standing
from closedmesh.trust.statements import (
    Statement,
    convicted,
    in_a_word,
    newest,
    read_statement,
    shunned,
)

log = logging.getLogger(__name__)

MAX_KNOWN = 20_000
"""Statements that are kept; the oldest are forgotten first."""

MAX_AT_ONCE = 256
"""Statements that one pull is answered with."""

_GRAVITY = (CheckState.MISMATCH, CheckState.MATCH, CheckState.INCONCLUSIVE)


@dataclass(frozen=True, slots=True)
class _Known:
    said: Statement
    signed: Endorsed


class Verdicts:
    """The last word of each verifier on each peer's model."""

    def __init__(self, standing: Standing, clock: Clock) -> None:
        self._standing = standing
        self._clock = clock
        self._known: dict[tuple[NodeId, str], dict[NodeId, _Known]] = {}

    def take(self, news: Iterable[Endorsed]) -> bool:
        """Believe verdicts of this mesh's entries; whether any was new."""
        taken = [self._take(each) for each in news]
        self._tidy()
        return any(taken)

    def _take(self, signed: Endorsed) -> bool:
        now = self._clock.now()
        try:
            endorsed(signed, Statement, self._standing.mesh, self._standing.revocations, now)
            said = read_statement(signed.statement, now)
            _check_owner(said, signed)
        except NotAuthorised as error:
            log.info("a verdict was not believed: %s", error.reason)
            return False
        about = self._known.setdefault((said.peer, said.model), {})
        before = about.get(said.verifier)
        if before is not None and before.said.at >= said.at:
            return False
        about[said.verifier] = _Known(said, signed)
        return True

    def _tidy(self) -> None:
        too_many = sum(map(len, self._known.values())) - MAX_KNOWN
        if too_many <= 0:
            return
        for each in sorted(self._all(), key=lambda each: each.said.at)[:too_many]:
            del self._known[each.said.peer, each.said.model][each.said.verifier]

    def _all(self) -> Iterator[_Known]:
        for about in self._known.values():
            yield from about.values()

    def latest(self) -> dict[NodeId, int]:
        """The time of the last statement of each verifier; Unix time, seconds."""
        times: dict[NodeId, int] = {}
        for each in self._all():
            times[each.said.verifier] = max(times.get(each.said.verifier, 0), each.said.at)
        return times

    def news(self, known: Mapping[NodeId, int]) -> list[Delta]:
        """What somebody is told who has the verifiers' statements up to these times."""
        later = [each for each in self._all() if each.said.at > known.get(each.said.verifier, 0)]
        oldest = sorted(later, key=lambda each: each.said.at)[:MAX_AT_ONCE]
        signed = tuple(each.signed for each in oldest)
        return [
            Delta((), b"", complete=False, verdicts=signed[start : start + MAX_VERDICTS])
            for start in range(0, len(signed), MAX_VERDICTS)
        ]

    def about(self, peer: NodeId, model: str) -> tuple[Statement, ...]:
        """What is said of a peer's model and still counts."""
        known = self._known.get((peer, model), {})
        return newest((each.said for each in known.values()), self._clock.now())

    def models_of(self, peer: NodeId) -> tuple[str, ...]:
        """The models of a peer that somebody has said something of."""
        return tuple(model for node, model in self._known if node == peer)

    def shunned(self, peer: NodeId, model: str) -> bool:
        """Whether questions go past a peer's model. Its owner counts as the peer itself."""
        return shunned(self.about(peer, model), peer, self._clock.now())

    def convicted(self, peer: NodeId, model: str) -> bool:
        """Whether questions go past it because it does not serve what it says."""
        return convicted(self.about(peer, model), peer, self._clock.now())

    def check(self, peer: NodeId, model: str) -> Check:
        """The gravest verdict on a peer's model, for people."""
        said = sorted(
            self.about(peer, model),
            key=lambda each: (_GRAVITY.index(in_a_word(each.verdict)), -each.checks),
        )
        if not said:
            return Check()
        first = said[0]
        return Check(
            in_a_word(first.verdict),
            first.verdict,
            first.checks,
            first.resolution,
            first.at,
            consensus=first.consensus,
        )


def owner_of(verifier: NodeId, authority: Certificate) -> NodeId:
    """Who answers for a verifier: the owner in its certificate, or else its own key."""
    return authority.owner or verifier


def _check_owner(said: Statement, signed: Endorsed) -> None:
    if signed.authority is None:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "Verdicts are signed by an entry.")
    if said.owner != owner_of(said.verifier, peek(signed.authority, Certificate)):
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "The verifier has another owner.")
