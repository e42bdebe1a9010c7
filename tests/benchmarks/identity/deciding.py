"""Simulated peers: measured checks drawn again and again, weighed as a verifier weighs them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec import structs

from closedmesh.trust.calibration import Record
from closedmesh.trust.evidence import Figures
from closedmesh.trust.standing import SILENT_ALLOWED, Answered, Standing
from closedmesh.trust.verdicts import Case, Verdict, weigh

LONGEST = 400
"""Checks after which a cheat counts as not found."""

Checks = Callable[[np.random.Generator], Figures]


@dataclass(frozen=True)
class Found:
    """What became of many simulated peers of one kind."""

    peers: int
    convicted: int
    checks_mean: float
    checks_95: float
    tokens_mean: float
    verdicts: dict[str, int]


@dataclass(frozen=True)
class Decisions:
    """What became of many decisions about honest peers."""

    decisions: int
    convicted: int
    upper_bound: float
    """Of the chance to be convicted in one decision, 95 % one-sided confidence."""
    checks_mean: float
    verdicts: dict[str, int]


def calibrated(honest: Sequence[Figures]) -> Record:
    """The record that these checks make."""
    record = Record()
    for figures in honest:
        record = record.seen(figures.spread or 0.0, figures.missed, figures.tokens)
    return record


def any_of(figures: Sequence[Figures]) -> Checks:
    """Each check is one of those that were measured."""
    return lambda generator: figures[generator.integers(len(figures))]


def sometimes(bad: Checks, good: Checks, share: float) -> Checks:
    """A peer that cheats on a share of its answers."""
    return lambda generator: (bad if generator.random() < share else good)(generator)


def with_foreign(figures: Sequence[Figures], shares: Sequence[float]) -> list[Figures]:
    """The same with what T5 found."""
    return [
        structs.replace(one, foreign_tokens=share)
        for one, share in zip(figures, shares, strict=True)
    ]


def find(checks: Checks, record: Record, peers: int, seed: int = 0) -> Found:
    """Check peers until each is convicted."""
    generator = np.random.default_rng(seed)
    needed, tokens, verdicts = [], [], Counter[str]()
    for _ in range(peers):
        case, used = Case(), 0
        while not case.verdict.convicts and case.checks < LONGEST:
            figures = checks(generator)
            used += figures.tokens
            case = weigh(case, figures, record)
        if case.verdict.convicts:
            needed.append(case.checks)
            tokens.append(used)
        verdicts[case.verdict] += 1
    return Found(
        peers, len(needed), _mean(needed), float(np.quantile(needed or [0], 0.95)), _mean(tokens),
        dict(verdicts),
    )  # fmt: skip


def decide(checks: Checks, record: Record, decisions: int, seed: int = 0) -> Decisions:
    """Make decisions about an honest peer, one after the other, as in its daily life."""
    generator = np.random.default_rng(seed)
    case, made, used, verdicts, convicted = Case(), 0, 0, Counter[str](), 0
    while made < decisions:
        after = weigh(case, checks(generator), record)
        used += 1
        if after.spreads.checks == 0 or after.verdict.convicts:
            made += 1
            verdicts[after.verdict] += 1
            convicted += after.verdict.convicts
        case = Case() if after.verdict.convicts else after
    return Decisions(made, convicted, upper_bound(convicted, made), used / made, dict(verdicts))


def upper_bound(events: int, trials: int) -> float:
    """The chance that would show no more than `events` in `trials` once in twenty times."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        logs = np.cumsum([0.0] + [np.log((trials - k) / (k + 1)) for k in range(events)])
        terms = [
            logs[k] + k * np.log(middle) + (trials - k) * np.log1p(-middle)
            for k in range(events + 1)
        ]
        low, high = (middle, high) if np.exp(terms).sum() > 0.05 else (low, middle)
    return high


def silences_borne() -> int:
    """Checks that a peer may leave unanswered before it counts as unresponsive."""
    standing, count = Standing(), 0
    while not standing.unresponsive:
        standing, count = standing.ended(Answered.SILENT), count + 1
    assert count == SILENT_ALLOWED + 1
    return count


def named(found: Found) -> str:
    """The verdict that most peers got."""
    return max(found.verdicts, key=found.verdicts.__getitem__) if found.verdicts else "-"


def _mean(values: Sequence[int]) -> float:
    return float(np.mean(values)) if values else float("nan")


__all__ = ["Decisions", "Found", "Verdict", "any_of", "calibrated", "decide", "find", "named",
           "silences_borne", "sometimes", "upper_bound", "with_foreign"]  # fmt: skip
