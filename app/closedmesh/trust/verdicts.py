"""Says in one word what checks have shown, and how far that word can be trusted.

A `Case` is everything that one verifier knows of one peer's model. `weigh` takes one more check
into it. The word changes only when a test decides; until the first decision it is `inconclusive`.
"""

import math
from enum import StrEnum

from msgspec import Struct, structs

from closedmesh.trust.calibration import UNKNOWN_MEAN, Record
from closedmesh.trust.evidence import Figures
from closedmesh.trust.sequential import (
    HONEST_FAILURES,
    LONGEST,
    Decision,
    FailureTest,
    Running,
    failed_outright,
    seed_step,
    spread_step,
)

ANOTHER_MODEL = -0.05
"""Spread, plus half of the mean margin in nats, from which it is another model. Two bits of the
same one stay at -0.35 with a deviation of 0.15, another family lies at 0.25 with 0.3."""

CANNED_MISSES = 0.6
"""Share of missed tokens from which a text does not come from this model and seed at all."""

CANNED_CONTRADICTIONS = 0.25
"""Share of opened tokens, likewise; a cheap text with an honest proof contradicts less."""

CLUSTERS = 2.0
"""Times the usual share of missed tokens that an honest peer may miss in one answer: some questions
have many words that are almost as good, so that misses come together (measured: 9 of 48)."""

HONEST_OUTSIDE = 2e-3
"""Share of an honest peer's tokens outside the nucleus, at most; measured: none in 2,000."""

FOREIGN = 0.6
"""Share of tokens that may differ from the tokeniser's own: models do write such tokens, above all
in languages that they know little of (measured: up to 0.38)."""


SUSPICION = 3.0
"""Evidence of the failure test (twenty to one) above which nobody is said to match ..."""

CLEAN_RUN = 12
"""... unless this many checks in a row have passed: who turned honest comes back in some hours. The
test itself goes on, so that whoever cheats now and then is convicted all the same."""


class Verdict(StrEnum):
    """What a verifier says of a peer's model."""

    MATCH = "match"
    DRIFT = "drift"
    """Within the limits, but further off than honest peers of the class usually are."""
    WRONG_QUANTISATION = "wrong-quantisation"
    WRONG_MODEL = "wrong-model"
    CANNED = "canned"
    """The text does not come from any model with this question and seed."""
    INCONCLUSIVE = "inconclusive"
    UNRESPONSIVE = "unresponsive"
    """It says that it has a free place, and does not answer, or shows nothing of its answers."""

    @property
    def convicts(self) -> bool:
        """Whether the peer does not run what it says."""
        return self in (Verdict.WRONG_QUANTISATION, Verdict.WRONG_MODEL, Verdict.CANNED)


class Case(Struct, frozen=True):
    """The checks of one peer's model by one verifier."""

    verdict: Verdict = Verdict.INCONCLUSIVE
    checks: int = 0
    spreads: Running = Running()
    seeds: Running = Running()
    failures: FailureTest = FailureTest()
    recent: tuple[Figures, ...] = ()
    """The checks since the last conviction, newest last; no more than the longest test has."""


def weigh(case: Case, figures: Figures, record: Record) -> Case:
    """The case with one more check of a peer whose class has this record."""
    mean = record.mean if record.checks else UNKNOWN_MEAN
    spreads, by_spread = case.spreads, Decision.OPEN
    if figures.spread is not None:
        step = spread_step(figures.spread, mean, record.deviation)
        spreads, by_spread = case.spreads.plus(step)
    step = seed_step(figures.missed, figures.tokens, CLUSTERS * record.miss_rate)
    seeds, by_seed = case.seeds.plus(step)
    failures, by_failure = case.failures.seen(failed=failed(figures, record))
    recent = (*case.recent, figures)[-LONGEST:]
    after = Case(case.verdict, case.checks + 1, spreads, seeds, failures, recent)
    decisions = (by_spread, by_seed, by_failure)
    if Decision.CONVICTED in decisions:
        verdict = _kind(recent, record)
        return Case(verdict, after.checks)
    passed = _passed_last(recent, record)
    if by_spread is Decision.OPEN or (failures.evidence > SUSPICION and len(passed) < CLEAN_RUN):
        return after
    if _drifts(passed or recent, mean, record.deviation):
        return structs.replace(after, verdict=Verdict.DRIFT)
    cleared = by_spread is Decision.CLEARED
    return structs.replace(after, verdict=Verdict.MATCH if cleared else Verdict.INCONCLUSIVE)


def failed(figures: Figures, record: Record) -> bool:
    """Whether one check shows what honest peers show in one of two thousand checks at most."""
    mean = record.mean if record.checks else UNKNOWN_MEAN
    if figures.contradicted or figures.too_fast or figures.foreign_tokens > FOREIGN:
        return True
    if figures.spread is not None and failed_outright(figures.spread, mean, record.deviation):
        return True
    rare = HONEST_FAILURES / 4
    return (
        _at_least(figures.missed, figures.tokens, CLUSTERS * record.miss_rate) < rare
        or _at_least(figures.outside, figures.tokens, HONEST_OUTSIDE) < rare
    )


def _at_least(count: int, of: int, rate: float) -> float:
    """Chance of `count` or more among `of` when each has the chance `rate`."""
    return 1 - sum(math.comb(of, k) * rate**k * (1 - rate) ** (of - k) for k in range(count))


def _kind(recent: tuple[Figures, ...], record: Record) -> Verdict:
    """What a convicted peer does, from the checks that it failed, the latest first."""
    bad = [f for f in reversed(recent) if failed(f, record)][:5] or list(recent[-5:])
    tokens = sum(f.tokens for f in bad) or 1
    opened = sum(f.opened for f in bad) or 1
    canned = sum(f.missed for f in bad) / tokens >= CANNED_MISSES
    if canned or sum(f.contradicted for f in bad) / opened >= CANNED_CONTRADICTIONS:
        return Verdict.CANNED
    distances = [f.spread + f.margin / 2 for f in bad if f.spread is not None]
    if distances and sum(distances) / len(distances) >= ANOTHER_MODEL:
        return Verdict.WRONG_MODEL
    return Verdict.WRONG_QUANTISATION


def _passed_last(recent: tuple[Figures, ...], record: Record) -> tuple[Figures, ...]:
    """The checks since the last one that failed."""
    bad = [number for number, figures in enumerate(recent, 1) if failed(figures, record)]
    return recent[bad[-1] :] if bad else recent


def _drifts(recent: tuple[Figures, ...], mean: float, deviation: float) -> bool:
    """Whether the mean of these checks is three of its own deviations above."""
    spreads = [f.spread for f in recent if f.spread is not None]
    off = sum(spreads) / len(spreads) - mean
    return off > 3 * deviation / math.sqrt(len(spreads))
