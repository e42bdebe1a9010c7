"""Remembers how models failed, and how long to wait before one is started again."""

from dataclasses import dataclass, field

from closedmesh.models.chat import ModelHash
from closedmesh.node.clock import Clock

FIRST_PAUSE = 1.0
"""Seconds before a worker that died twice in a row is started again; doubles each time."""

LONGEST_PAUSE = 60.0
"""Seconds; the end of that doubling."""

GOOD_RUN = 60.0
"""Seconds after which a death counts as the first one again."""


@dataclass(slots=True)
class _Trouble:
    deaths: int = 0
    at: float = 0.0
    problem: str = ""


@dataclass(slots=True)
class Troubles:
    """The failures of all models."""

    clock: Clock
    _of: dict[ModelHash, _Trouble] = field(default_factory=dict)

    def problem(self, model: ModelHash) -> str:
        """What is wrong with a model now; empty if nothing is."""
        return self._of[model].problem if model in self._of else ""

    def deaths(self, model: ModelHash) -> int:
        """How often in a row its worker died."""
        return self._of[model].deaths if model in self._of else 0

    def refused(self, model: ModelHash, problem: str) -> None:
        """A model could not be loaded."""
        trouble = self._of.setdefault(model, _Trouble())
        trouble.at, trouble.problem = self.clock.monotonic(), problem

    def died(self, model: ModelHash, problem: str, *, since: float) -> None:
        """A worker that had been started at `since` (monotonic seconds) ended."""
        good = self.clock.monotonic() - since > GOOD_RUN
        deaths = 1 if good else self.deaths(model) + 1
        self.refused(model, problem)
        self._of[model].deaths = deaths

    def over(self, model: ModelHash) -> None:
        """A model is in memory again; how often it died is still remembered."""
        if model in self._of:
            self._of[model].problem = ""

    def pause(self, model: ModelHash) -> float:
        """Seconds to wait before it is started again."""
        deaths = self.deaths(model)
        if deaths < 2:
            return 0.0
        pause = min(FIRST_PAUSE * 2.0 ** (deaths - 2), LONGEST_PAUSE)
        return max(0.0, self._of[model].at + pause - self.clock.monotonic())
