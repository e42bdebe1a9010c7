"""Guesses the next tokens of an answer, so that one step may confirm several of them.

The model computes what follows each guess in the same step; a token is chosen there as always, and
if it is the one that was guessed, the next choice is already computed too. The answer is therefore
the same as without guesses. Guessing costs time on most computers: how many tokens to guess follows
from how many were right and from how long such steps take, and is often none. Guesses that cost
nothing are made even then, and compared with what is written: so a text that begins to repeat
itself is noticed.
"""

from collections.abc import Sequence
from typing import Protocol

from closedmesh.engine.pace import Pace

SIZES = (2, 4, 8, 16)
"""Numbers of guesses that are considered."""

NGRAM = 3
"""Tokens that must have occurred before, in the same order, for what followed to be a guess."""

FIRST_HOPE = 0.8
"""Share of right guesses that is expected before the first one."""

FIRST_REST = 32
"""Tokens without guesses after they did not pay; doubles each time."""

LONGEST_REST = 1024

_WEIGHT = 0.3
"""Share of the latest step in the average of right guesses."""


class Guesser(Protocol):
    """Where guesses come from."""

    free: bool
    """A guess takes no time worth speaking of, other than being confirmed."""

    def guess(self, tokens: Sequence[int], count: int) -> list[int]:
        """At most `count` tokens that may follow `tokens`."""
        ...


class Lookup:
    """Guesses that what followed the last tokens before will follow them again."""

    free = True

    def __init__(self) -> None:
        self._after: dict[tuple[int, ...], int] = {}
        self._read = 0

    def guess(self, tokens: Sequence[int], count: int) -> list[int]:
        """At most `count` tokens that may follow `tokens`, which only ever grow."""
        for end in range(max(self._read, NGRAM), len(tokens)):
            self._after[tuple(tokens[end - NGRAM : end])] = end
        self._read = max(self._read, len(tokens))
        start = self._after.get(tuple(tokens[-NGRAM:]))
        return [] if start is None else list(tokens[start : start + count])


class Trust:
    """How many tokens of one answer are worth guessing."""

    def __init__(self) -> None:
        self._right = FIRST_HOPE
        self._resting = 0
        self._rest = FIRST_REST
        self._watched: list[int] = []
        self._came_true = 0

    def size(self, pace: Pace, others: int, room: int) -> int:
        """How many guesses give the most tokens a second, with `others` being written in the same
        step and at most `room` that can be used."""
        if self._resting:
            self._resting -= 1
            return 0
        plain = pace.step(others + 1)
        if not plain:
            return 0
        best, best_speed = 0, (others + 1) / plain
        for size in SIZES:
            seconds = pace.step(others + 1, size)
            if size <= room and seconds and (speed := self._gain(size, others) / seconds):
                best, best_speed = (size, speed) if speed > best_speed else (best, best_speed)
        if not best:
            self._resting = self._rest
            self._rest = min(2 * self._rest, LONGEST_REST)
            self._right = max(self._right, 0.5)
        else:
            self._watched = []
        return best

    def _gain(self, size: int, others: int) -> float:
        """Tokens that a step gives if each guess is right as often as the latest were."""
        right = min(self._right, 0.98)
        return others + (1 - right ** (size + 1)) / (1 - right)

    def watch(self, guesser: Guesser, tokens: Sequence[int]) -> None:
        """Learn from a guess that is not tried: called after each token that was written without
        one. A long guess that came true ends a rest."""
        if not guesser.free:
            return
        if self._watched and tokens[-1] == self._watched[self._came_true]:
            self._came_true += 1
            if self._came_true < len(self._watched):
                return
            self._resting, self._rest = 0, FIRST_REST
        if self._watched:
            self.learn(len(self._watched), self._came_true)
        guessed = guesser.guess(tokens, SIZES[-1])
        self._watched = guessed if len(guessed) == SIZES[-1] else []
        self._came_true = 0

    def learn(self, guessed: int, right: int) -> None:
        """Of so many guesses so many were right."""
        # The first wrong guess ends a step, so that the ones after it were not tried.
        tried = min(guessed, right + 1)
        self._right += (right / tried - self._right) * _WEIGHT
