"""Requests in progress: an answer that is being written, a text that is being scored."""

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from closedmesh.engine.cache import Place
from closedmesh.engine.choosing import Chooser
from closedmesh.engine.guessing import Guesser, Trust
from closedmesh.engine.llama.vocabulary import Vocabulary
from closedmesh.engine.messages import (
    Done,
    FromWorker,
    Generate,
    Score,
    Tokens,
    TokenScore,
)
from closedmesh.engine.text import TextStream
from closedmesh.models import sampling
from closedmesh.models.chat import FinishReason, TokenLogprob, TraceEntry
from closedmesh.models.sampling import Logits

Send = Callable[[FromWorker], None]


@dataclass(slots=True, eq=False)
class Answer:
    """An answer. `pending` tokens are not in the cache yet; `next` was chosen and comes after."""

    request: Generate
    place: Place
    pending: list[int]
    limit: int
    """Tokens of the answer at most."""
    chooser: Chooser
    guesser: Guesser | None
    text: TextStream
    trust: Trust = field(default_factory=Trust)
    next: int = -1
    position: int = 0
    """Tokens of the answer so far."""
    guessed: int = 0
    ended: bool = False
    shown: float = -math.inf
    """When something was sent last, by the scheduler's clock."""
    _text: str = ""
    _tokens: list[int] = field(default_factory=list)
    _details: list[TokenLogprob] = field(default_factory=list)
    _trace: list[TraceEntry] = field(default_factory=list)

    @property
    def predictions(self) -> int:
        """Tokens at the end of `pending` after which a prediction is needed."""
        return 1

    def advance(self, logits: Logits, vocabulary: Vocabulary, send: Send) -> int | None:
        """Choose the next token; `None` if it ended the answer."""
        try:
            token = self.chooser.choose(logits, self.position, self.place.tokens)
        except sampling.NothingAllowed:
            self.finish(FinishReason.STOP, send)
            return None
        if vocabulary.ends_answer(token):
            trace = self.chooser.trace(logits)
            self.finish(FinishReason.STOP, send, token, trace[0] if trace else None)
            return None
        self.position += 1
        self._text += self.text.push(vocabulary.piece(token))
        self._tokens.append(token)
        self._details += self.chooser.details(token, logits)
        self._trace += self.chooser.trace(logits)
        if self.text.stopped:
            self.finish(FinishReason.STOP, send)
        elif self.position >= self.limit:
            self.finish(FinishReason.LENGTH, send)
        else:
            self.next = token
            return token
        return None

    def show(self, send: Send) -> None:
        """Send what is new."""
        if self._tokens or self._text:
            send(
                Tokens(
                    self.request.id,
                    self._text,
                    self.position,
                    tuple(self._details),
                    tuple(self._tokens),
                    tuple(self._trace),
                )
            )
            self._text = ""
            for new in (self._details, self._tokens, self._trace):
                new.clear()

    def finish(
        self,
        reason: FinishReason,
        send: Send,
        end_token: int | None = None,
        end_trace: TraceEntry | None = None,
    ) -> None:
        """Send the rest, and say that it is all."""
        self._text += self.text.finish()
        self.show(send)
        number, guessed = self.request.id, self.guessed
        send(Done(number, reason, self.position, end_token, end_trace, guessed))
        self.ended = True


@dataclass(slots=True, eq=False)
class Scoring:
    """A text whose tokens are read one after the other, and looked up in what was predicted."""

    request: Score
    place: Place
    pending: list[int]
    scores: list[TokenScore] = field(default_factory=list)
    ended: bool = False

    @property
    def predictions(self) -> int:
        """Tokens at the end of `pending` after which a prediction is needed."""
        return len(self.request.continuation) - len(self.scores)

    def score(self, logits: Logits) -> None:
        """Note how probable the next token of the continuation was."""
        token = self.request.continuation[len(self.scores)]
        ranked = sampling.best(logits, min(self.request.top, len(logits))).tolist()
        chosen, *top = sampling.logprobs(logits, [token, *ranked])
        self.scores.append(TokenScore(chosen, tuple(ranked), tuple(top)))


Job = Answer | Scoring
