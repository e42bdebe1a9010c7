"""When to ask a second peer as well, and when to give a silent one up.

A second question is put when the first token is later than it nearly always is; whichever answers
first goes on, the other is cancelled. That costs the mesh at most one question in twenty, none
when the mesh is full, and never shows a private prompt to a second peer.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

SHARE = 0.05
"""Second questions for each first one, in the long run."""
SAVED = 3.0
"""Second questions that may follow at once after a quiet time."""
FULL = 0.7
"""Share of busy slots above which no second question is put."""
ENOUGH = 20
"""Samples without which nobody knows what is late."""
SHORTEST_STALL = 2.0
MAX_MOVES = 2
"""How often an answer may go on elsewhere."""


@dataclass(frozen=True, slots=True)
class HedgeBudget:
    """What is left for second questions."""

    left: float = 1.0

    def asked(self) -> "HedgeBudget":
        """After a first question."""
        return HedgeBudget(min(SAVED, self.left + SHARE))

    def hedged(self) -> "HedgeBudget":
        """After a second one."""
        return HedgeBudget(self.left - 1.0)

    def allows(self, *, busy_share: float, private: bool) -> bool:
        """Whether a second question may be put now."""
        return self.left >= 1.0 and busy_share <= FULL and not private


def busy_share(places: Sequence[tuple[int, int]]) -> float:
    """The share of all places that are taken; of each peer, how many it has and how many are
    free."""
    slots = sum(has for has, _ in places)
    return 1.0 - sum(free for _, free in places) / slots if slots else 1.0


def late_after(first_token_ms: Sequence[float]) -> float | None:
    """Milliseconds after which a first token is late: the 95th percentile of what was measured
    with this model. `None` while too little was."""
    return percentile(first_token_ms, 0.95) if len(first_token_ms) >= ENOUGH else None


def stalled_after(token_ms: Sequence[float]) -> float:
    """Seconds without a token after which an answer goes on elsewhere."""
    slow = percentile(token_ms, 0.99) if token_ms else 0.0
    return max(SHORTEST_STALL, 4 * slow / 1000)


def percentile(samples: Sequence[float], share: float) -> float:
    """The smallest sample that `share` of them do not exceed. Raises `ValueError` for none."""
    if not samples:
        raise ValueError("no samples")
    return sorted(samples)[max(0, math.ceil(share * len(samples)) - 1)]
