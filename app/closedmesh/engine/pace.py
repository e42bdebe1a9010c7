"""How long steps take on this computer, measured as they happen, and what follows from it."""

from collections.abc import Callable
from time import perf_counter

LONGEST_PAUSE = 0.2
"""Seconds that a running answer waits while other people's prompts are read."""

LONGEST_STEP = 1.0
"""Seconds of one step when nobody waits: a cancelled request is let go after it."""

FEWEST = 16
"""Tokens of a prompt that are read at once, however slow the computer."""

_WEIGHT = 0.2
"""Share of the latest measurement in an average."""

_EXTRA = 0.05
"""First guess of what one more token adds to a step; soon measured."""


class Pace:
    """Averages of what was measured."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self.clock = clock
        self._reading = 0.0
        self._steps: dict[int, float] = {}
        self._dearer: dict[tuple[int, int], float] = {}
        self.latest = 0.0
        """Seconds of a step that writes answers, on the average of the last ones."""

    def read(self, tokens: int, seconds: float) -> None:
        """So many tokens of prompts took so long. Few tokens say nothing of many."""
        if tokens >= FEWEST and seconds > 0:
            rate = tokens / seconds
            self._reading += (rate - self._reading) * (_WEIGHT if self._reading else 1.0)

    def wrote(self, answers: int, guesses: int, seconds: float) -> None:
        """One step wrote so many answers on, and tried so many guesses."""
        self.latest += (seconds - self.latest) * (_WEIGHT if self.latest else 1.0)
        if not guesses:
            known = self._steps.get(answers, seconds)
            self._steps[answers] = known + (seconds - known) * _WEIGHT
        elif plain := self._steps.get(answers):
            # Not in seconds: a size that was slow on a busy computer would never be tried again.
            times, key = seconds / plain, (answers, guesses)
            dearer = self._dearer.get(key, times)
            self._dearer[key] = dearer + (times - dearer) * _WEIGHT

    def chunk(self, seconds: float, most: int) -> int:
        """Tokens of prompts that can be read in so many seconds."""
        if not self._reading:
            return min(most, 4 * FEWEST)
        return max(FEWEST, min(most, int(self._reading * seconds)))

    def reading(self, tokens: int) -> float:
        """Seconds that reading so many tokens takes; 0 if it was never measured."""
        return tokens / self._reading if self._reading else 0.0

    def step(self, answers: int, guesses: int = 0) -> float | None:
        """Seconds of a step, `None` if nothing like it was measured. A number of guesses that was
        never tried is thought cheap, so that it is tried."""
        plain = self._steps.get(answers)
        if plain is None or not guesses:
            return plain
        return plain * self._dearer.get((answers, guesses), 1 + _EXTRA * guesses)
