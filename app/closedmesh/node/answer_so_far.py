"""One answer from the mesh, as far as it has come, however many peers it takes."""

from dataclasses import dataclass, field

from closedmesh.mesh import messages
from closedmesh.mesh.ids import NodeId
from closedmesh.models.chat import FinishReason, ModelHash, Question, RequestId
from closedmesh.node.peer import Peer


@dataclass(slots=True)
class AnswerSoFar:
    """One answer, however many peers it takes."""

    question: Question
    request: RequestId
    name: str
    sha256: ModelHash
    asked: float
    seed: int
    max_tokens: int = 0
    tried: list[NodeId] = field(default_factory=list)
    peer: Peer | None = None
    """Who answers now, or did last."""
    cut_off: NodeId | None = None
    """The last peer, if the way to it broke and not the peer; asked once more if need be."""
    tokens: list[int] = field(default_factory=list)
    moves: int = 0
    accepted: bool = False
    first: float | None = None
    last: float = 0.0
    counted_at_first: int = 0
    started: messages.Started | None = None

    def note(self, tokens: tuple[int, ...], now: float) -> None:
        """Tokens have come."""
        self.tokens += tokens
        if self.first is None and tokens:
            self.first, self.counted_at_first = now, len(self.tokens)
        self.last = now

    def lost(self, node: NodeId, *, refused: bool) -> None:
        """A peer did not answer to the end."""
        again = not refused and self.tried.count(node) == 1
        self.cut_off = node if again else None
        if len(self.tokens) > len(self.question.begun):
            self.moves += 1

    def is_complete(self) -> bool:
        """Every token is there, though the peer was lost before it said so."""
        return 0 < self.max_tokens <= len(self.tokens)

    def ended(self) -> messages.Finished:
        """What the lost peer would have said."""
        started = self.started
        return messages.Finished(
            finish=FinishReason.LENGTH,
            prompt_tokens=started.prompt_tokens if started else 0,
            cached_tokens=started.cached_tokens if started else 0,
            completion_tokens=len(self.tokens),
        )

    def token_ms(self) -> float | None:
        """Milliseconds a token, after the first ones; `None` where that is not known."""
        after = len(self.tokens) - self.counted_at_first
        if self.first is None or after < 1 or self.last <= self.first:
            return None
        return (self.last - self.first) * 1000 / after
