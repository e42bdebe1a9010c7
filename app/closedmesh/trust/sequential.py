"""Decides with stated error rates after as few checks as possible: truncated sequential tests.

Three tests run side by side on a peer's model. One watches how far its numbers are from the
reference (`spread_step`): honest ones lie around the calibrated mean, dishonest ones at least 0.4
decades above. One watches how often the seed picks another token (`seed_step`). No single check
convicts in these, because what it adds is limited. `FailureTest` watches checks that failed
outright; it finds a peer that cheats only sometimes. Each begins anew after a decision.
"""

import math
from enum import StrEnum

from msgspec import Struct

ALPHA = 1e-6
"""Chance that an honest peer is convicted in one decision, if the calibration is right; all
tests together."""

BETA = 1e-3
"""Chance that a peer that deserves it is cleared in one decision."""

TESTS = 3
"""Tests that run side by side and share `ALPHA`."""

CONVICT = math.log((1 - BETA) / (ALPHA / TESTS))
CLEAR = math.log(BETA / (1 - ALPHA / TESTS))

SHIFT = 0.4
"""Decades by which the alternative diverges more: a factor of 2.5."""

DEVIATION = 0.20
"""Decades of standard deviation, the least that is assumed; honest classes show 0.10 to 0.16."""

LIMIT = 6.0
"""What one check can add or take away at most."""

WORSE = 2.5
"""Times as many tokens as an honest peer that the alternative misses."""

LONGEST = 40
"""Checks after which a test that cannot decide says so."""

HONEST_FAILURES = 5e-4
"""Share of an honest peer's checks that fail outright, at most: 2.3e-4 by the spread (`FAR`), and a
quarter of this each by missed tokens and by tokens outside the nucleus."""

CHEATING_SHARES = {0.03: 0.15, 0.1: 0.5, 0.3: 0.2, 0.9: 0.15}
"""Alternatives of the failure test, with their weights. Most lies on the share that is found late:
what a weight costs, a peer that cheats more often makes up for at once."""

FAR = 0.7
"""Decades above the mean from which a check has failed outright: 3.5 standard deviations."""


class Decision(StrEnum):
    """What a test says after a check."""

    OPEN = "open"
    CLEARED = "cleared"
    CONVICTED = "convicted"
    UNDECIDED = "undecided"
    """The longest test has ended without an answer."""


class Running(Struct, frozen=True):
    """A test that is under way."""

    evidence: float = 0.0
    """Logarithm of the likelihood ratio so far."""
    checks: int = 0

    def plus(self, step: float) -> "tuple[Running, Decision]":
        """The test after one more check that adds `step`, within the limit."""
        evidence = self.evidence + max(-LIMIT, min(LIMIT, step))
        decision = _decide(evidence, self.checks + 1)
        after = Running(evidence, self.checks + 1)
        return (after if decision is Decision.OPEN else Running()), decision


def spread_step(spread: float, mean: float, deviation: float = DEVIATION) -> float:
    """What a spread says: log of how much likelier it is `SHIFT` above the mean than at it."""
    return SHIFT / deviation**2 * (spread - mean - SHIFT / 2)


def seed_step(missed: int, tokens: int, rate: float) -> float:
    """What `missed` of `tokens` say, when honest peers miss `rate` of them: log of how much
    likelier they are from one that misses `WORSE` times as many."""
    honest = min(max(rate, 1e-3), 0.3)
    other = WORSE * honest
    return missed * math.log(other / honest) + (tokens - missed) * math.log(
        (1 - other) / (1 - honest)
    )


class FailureTest(Struct, frozen=True):
    """A running test of outright failures: likelihood ratios of `CHEATING_SHARES`, mixed."""

    failed: int = 0
    checks: int = 0

    def seen(self, *, failed: bool) -> "tuple[FailureTest, Decision]":
        """The test after one more check."""
        after = FailureTest(self.failed + failed, self.checks + 1)
        decision = _decide(after.evidence, 0)
        return (after if decision is Decision.OPEN else FailureTest()), decision

    @property
    def evidence(self) -> float:
        """Logarithm of the mixed likelihood ratio."""
        passed = self.checks - self.failed
        ratios = [
            math.log(weight)
            + self.failed * math.log(share / HONEST_FAILURES)
            + passed * math.log((1 - share) / (1 - HONEST_FAILURES))
            for share, weight in CHEATING_SHARES.items()
        ]
        largest = max(ratios)
        return largest + math.log(sum(math.exp(ratio - largest) for ratio in ratios))


def _decide(evidence: float, checks: int) -> Decision:
    if evidence >= CONVICT:
        return Decision.CONVICTED
    if evidence <= CLEAR:
        return Decision.CLEARED
    return Decision.UNDECIDED if checks >= LONGEST else Decision.OPEN


def failed_outright(spread: float, mean: float, deviation: float = DEVIATION) -> bool:
    """Whether the spread of one check is beyond what an honest peer shows in one of four
    thousand."""
    return spread - mean >= max(FAR, 3.5 * deviation)
