"""Chooses the tokens of one answer: its sampling, its form, and what is reported of each step."""

from collections.abc import Sequence

from closedmesh.engine.llama.forms import grammar_text
from closedmesh.engine.llama.grammar import Grammar
from closedmesh.engine.llama.vocabulary import Vocabulary
from closedmesh.engine.messages import Generate
from closedmesh.errors import BadRequest
from closedmesh.models import chat, sampling
from closedmesh.models.chat import Alternative, AnswerForm, TokenLogprob, TraceEntry
from closedmesh.models.sampling import Logits


class Form:
    """What an answer must look like, and how far it has come. Raises `BadRequest` for a form that
    cannot be used."""

    def __init__(self, vocabulary: Vocabulary, form: AnswerForm) -> None:
        self._vocabulary = vocabulary
        self._grammar: Grammar | None = Grammar(vocabulary, grammar_text(form))
        self._after = form.after.encode() if isinstance(form, chat.Grammar) else b""
        self._read = b""

    @property
    def grammar(self) -> Grammar | None:
        """What holds for the next token; `None` while the answer is still free."""
        return None if self._after else self._grammar

    def accept(self, token: int) -> bool:
        """Go on by a token; `False` if the form does not allow it."""
        if self._grammar is None:
            return True
        if not self._after:
            return self._grammar.accept([token])
        self._read += self._vocabulary.piece(token)
        before, found, rest = self._read.partition(self._after)
        if not found:
            self._read = before[-len(self._after) :]
            return True
        self._after = b""
        words = rest.decode("utf-8", "replace")
        return self._grammar.accept(
            self._vocabulary.tokenize(words, special=False, beginning=False) if words else []
        )


class Chooser:
    """The choices of one answer. Raises `BadRequest` for a form that cannot be used, or that the
    tokens which the answer began with elsewhere do not keep."""

    def __init__(self, vocabulary: Vocabulary, request: Generate) -> None:
        self._vocabulary = vocabulary
        self._sampling = request.sampling
        self._seed = request.sampling.seed or 0
        self._top = request.top_logprobs
        self._traced = request.trace
        self._form = Form(vocabulary, request.form) if request.form else None
        if self._form and not all(map(self._form.accept, request.begun)):
            raise BadRequest(
                "The answer that was begun elsewhere does not keep its form.", "Begin it anew."
            )

    def choose(self, logits: Logits, position: int, recent: Sequence[int]) -> int:
        """The next token. Raises `sampling.NothingAllowed` at the end of a form."""
        shaped = sampling.shaped(logits, self._sampling, recent)
        grammar = self._form.grammar if self._form else None
        if grammar is None:
            token = sampling.pick(shaped, self._sampling, self._seed, position)
        else:
            token = sampling.pick_allowed(
                shaped, self._sampling, self._seed, position, grammar.allowed
            )
        if self._form and not self._form.accept(token):
            raise sampling.NothingAllowed
        return token

    def trace(self, logits: Logits) -> tuple[TraceEntry, ...]:
        """What is kept of this step, if anything is."""
        return (sampling.trace(logits),) if self._traced else ()

    def details(self, token: int, logits: Logits) -> tuple[TokenLogprob, ...]:
        """The chosen token among its alternatives, if somebody asked for them."""
        if self._top is None:
            return ()
        tokens = [token, *(sampling.best(logits, self._top).tolist() if self._top else ())]
        chosen, *others = (
            Alternative(self._vocabulary.piece(t), value)
            for t, value in zip(tokens, sampling.logprobs(logits, tokens), strict=True)
        )
        return (TokenLogprob(chosen, tuple(others)),)
