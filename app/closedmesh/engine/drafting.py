"""Guesses by a small model of the same vocabulary.

It chooses with the same seed at the same positions as the large one: where the two models agree
about the likely tokens, the noise that decides between them is the same too.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from closedmesh.engine.cache import Place
from closedmesh.engine.guessing import Guesser, Lookup
from closedmesh.engine.llama.model import DecodeFailed, Llama
from closedmesh.engine.pace import Pace
from closedmesh.models import sampling
from closedmesh.models.chat import Sampling
from closedmesh.models.sampling import Logits

CATCHING_UP = 64
"""Tokens that the draft reads in one step at most, while it does not know all of them yet."""


class Draft:
    """The small model; its sequences follow those of the large one."""

    def __init__(self, model: Llama) -> None:
        self._model = model
        self._known: list[list[int]] = [[] for _ in range(model.slots)]

    def follow(self, sequence: int, tokens: Sequence[int]) -> Logits | None:
        """Read what is new in a sequence; what follows its end, or `None` if there is more to read
        than fits into a step."""
        known = self._known[sequence]
        same = min(len(known), len(tokens) - 1)
        while known[:same] != tokens[:same]:
            same -= 1
        if same < len(known):
            kept = self._model.forget(sequence, same)
            del known[same if kept else 0 :]
        new = tokens[len(known) : len(known) + CATCHING_UP]
        positions = range(len(known), len(known) + len(new))
        wanted = [0] * (len(new) - 1) + [1]
        try:
            rows = self._model.decode(new, positions, [sequence] * len(new), wanted)
        except DecodeFailed:
            self._model.forget(sequence)
            known.clear()
            return None
        known.extend(new)
        return rows[0] if len(known) == len(tokens) else None


class DraftGuesser:
    """Guesses for one answer."""

    free = False

    def __init__(self, draft: Draft, sequence: int, chosen: Sampling, prompt_tokens: int) -> None:
        self._draft = draft
        self._sequence = sequence
        self._sampling = chosen
        self._prompt_tokens = prompt_tokens

    def guess(self, tokens: Sequence[int], count: int) -> list[int]:
        """At most `count` tokens that may follow `tokens`."""
        read = list(tokens)
        seed = self._sampling.seed or 0
        while len(read) - len(tokens) < count:
            logits = self._draft.follow(self._sequence, read)
            if logits is None:
                break
            position = len(read) - self._prompt_tokens
            read.append(sampling.choose(logits, self._sampling, seed, position, read))
        return read[len(tokens) :]


@dataclass(frozen=True, slots=True)
class Guessers:
    """Who guesses for the answers of a model, and how long its steps take."""

    pace: Pace
    draft: Draft | None = None
    lookup: bool = True

    def guesser(self, chosen: Sampling, place: Place, prompt_tokens: int) -> Guesser | None:
        """For one answer; `None` if nobody does."""
        if self.draft:
            return DraftGuesser(self.draft, place.sequence, chosen, prompt_tokens)
        return Lookup() if self.lookup else None
