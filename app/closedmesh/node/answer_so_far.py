"""One answer of the mesh, however many peers it takes: what is there of it, and who was asked."""

from collections.abc import Callable
from dataclasses import dataclass, field

from closedmesh.errors import ClosedMeshError, ContextTooLong, MeshUnreachable, ModelNotFound
from closedmesh.mesh import messages
from closedmesh.mesh.experience import Answered
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.routing import Lack, Nobody
from closedmesh.models.chat import FinishReason, ModelHash, Question, RequestId
from closedmesh.node.peer import Peer


class PeerLost(Exception):
    """A peer did not answer to the end; another one may. `refused` says that it said so, `excused`
    that it gave a reason that a peer may have."""

    def __init__(
        self, node: NodeId, reason: str, *, refused: bool = False, excused: bool = False
    ) -> None:
        super().__init__(reason)
        self.node = node
        self.refused = refused
        self.excused = excused


@dataclass(slots=True, eq=False)
class Attempt:
    """What one peer does for an answer."""

    node: NodeId
    asked: float
    begun: int
    """Tokens that there were before it."""
    peer: Peer | None = None
    """Once it is connected."""
    started: messages.Started | None = None
    first: float | None = None


@dataclass(slots=True)
class AnswerSoFar:
    """The answer so far. Only the peer that gives it adds to it, whoever else was asked as well."""

    question: Question
    request: RequestId
    name: str
    sha256: ModelHash
    asked: float
    seed: int
    max_tokens: int = 0
    tried: list[NodeId] = field(default_factory=list)
    shown: set[NodeId] = field(default_factory=set)
    """Who was sent the question."""
    last: Attempt | None = None
    """Whose tokens came last."""
    cut_off: NodeId | None = None
    """The last peer, if the way to it broke and not the peer; asked once more if need be."""
    tokens: list[int] = field(default_factory=list)
    moves: int = 0
    accepted: bool = False
    first: float | None = None
    newest: float = 0.0
    counted_at_first: int = 0

    def note(self, attempt: Attempt, tokens: tuple[int, ...], now: float) -> None:
        """Tokens came from whoever gives the answer."""
        self.last = attempt
        self.tokens += tokens
        if self.first is None and tokens:
            self.first, self.counted_at_first = now, len(self.tokens)
        self.newest = now

    def lost(self, lost: PeerLost) -> None:
        """A peer did not answer to the end."""
        again = not lost.refused and self.tried.count(lost.node) == 1
        self.cut_off = lost.node if again else None
        if len(self.tokens) > len(self.question.begun):
            self.moves += 1

    def is_complete(self) -> bool:
        """Every token is there, though the peer was lost before it said so."""
        return 0 < self.max_tokens <= len(self.tokens)

    def may_see(self, node: NodeId) -> bool:
        """Whether the question may be shown to a peer."""
        return not self.question.one_peer or not self.shown - {node}

    def ended(self) -> messages.Finished:
        """What the lost peer would have said."""
        started = self.last.started if self.last else None
        return messages.Finished(
            finish=FinishReason.LENGTH,
            prompt_tokens=started.prompt_tokens if started else 0,
            cached_tokens=started.cached_tokens if started else 0,
            completion_tokens=len(self.tokens),
        )

    def token_ms(self) -> float | None:
        """Mean milliseconds between two tokens."""
        after = len(self.tokens) - self.counted_at_first
        if self.first is None or after < 1 or self.newest <= self.first:
            return None
        return (self.newest - self.first) * 1000 / after

    def measured(self, attempt: Attempt, done: messages.Finished) -> Answered | None:
        """What a peer was like that gave the whole answer; `None` for another one."""
        if attempt.first is None or attempt.begun > len(self.question.begun):
            return None
        waited = (attempt.first - attempt.asked) * 1000
        return Answered(waited, done.prompt_tokens, done.cached_tokens, self.token_ms())


Choose = Callable[[AnswerSoFar], NodeId | None]
"""Who may be asked next for an answer."""


def nobody_left(nobody: Nobody, name: str) -> ClosedMeshError:
    """Why there is no peer to ask."""
    match nobody.lack:
        case Lack.NO_REPLICA:
            return ModelNotFound(
                f"No peer of the mesh shares {name} now.",
                "Choose another model, or this computer as the place that answers.",
            )
        case Lack.TOO_LONG:
            return ContextTooLong(
                f"No peer that shares {name} has room for so long a conversation.",
                "Shorten it, or let the oldest messages be left out.",
            )
        case Lack.RESTING | Lack.TOO_LATE:
            wait = max(1.0, (nobody.wait_ms or 5000) / 1000)
            return MeshUnreachable(
                f"Every peer that shares {name} is busy or failed lately.",
                f"Ask again in about {wait:.0f} s, or choose this computer.",
            )
