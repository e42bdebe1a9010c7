"""What honest peers look like, and which differences can be seen at all.

One record for each (weights, class of the reference, class of the peer), where a class is backend,
flash attention, cache types and build. Records come from peers that are trusted for other reasons
(the verifier's own, its owner's, the laboratory's), never from the peer that is judged.
"""

import math
from collections.abc import Mapping

from msgspec import Struct

from closedmesh.trust.sequential import DEVIATION, SHIFT

ENOUGH = 20
"""Checks of a class before its record may convict anybody."""

WIDEST = 0.25
"""Decades of standard deviation beyond which a class is too noisy to judge."""

UNKNOWN_MEAN = -2.3
"""The mean that is shown for classes without a record; such a verdict is never enforced."""

UNKNOWN_MISSES = 0.05

# Divergence of Llama 3 8B from its 16-bit weights, nats a token; from llama.cpp's own
# `tools/perplexity/README.md`, with neighbours filled in for types that are not in the table.
DIVERGENCE = {
    "F32": 1e-6, "F16": 5.5e-4, "BF16": 5.5e-4, "Q8_0": 1.36e-3, "Q6_K": 5.45e-3,
    "Q5_K_M": 1.08e-2, "Q5_1": 1.5e-2, "Q5_0": 1.6e-2, "Q4_K_M": 3.13e-2, "Q4_1": 5.5e-2,
    "Q4_0": 7.1e-2, "Q3_K_M": 1.02e-1, "Q2_K": 4.45e-1,
}  # fmt: skip


class Key(Struct, frozen=True):
    """Which peers a record is about."""

    weights: str
    reference: str
    peer: str


class Record(Struct, frozen=True):
    """What honest checks of a class showed, as running sums."""

    checks: int = 0
    mean: float = 0.0
    """Of the spread, decades."""
    squares: float = 0.0
    """Sum of the squared distances from the mean."""
    missed: int = 0
    tokens: int = 0

    def seen(self, spread: float, missed: int, tokens: int) -> "Record":
        """The record with one more honest check."""
        checks = self.checks + 1
        off = spread - self.mean
        mean = self.mean + off / checks
        squares = self.squares + off * (spread - mean)
        return Record(checks, mean, squares, self.missed + missed, self.tokens + tokens)

    @property
    def miss_rate(self) -> float:
        """Share of tokens that the seed does not pick at honest peers, on the high side: two
        standard deviations above what was counted."""
        if self.tokens == 0:
            return UNKNOWN_MISSES
        share = (self.missed + 1) / (self.tokens + 1)
        return share + 2 * math.sqrt(share / self.tokens)

    @property
    def deviation(self) -> float:
        """Standard deviation, decades; at least what is assumed of every class."""
        if self.checks < 2:
            return DEVIATION
        return max(DEVIATION, math.sqrt(self.squares / (self.checks - 1)))

    @property
    def clean(self) -> bool:
        """Whether the record may be used against anybody."""
        return self.checks >= ENOUGH and self.deviation <= WIDEST


class Calibration(Struct, frozen=True):
    """All records."""

    records: Mapping[Key, Record] = {}

    def of(self, key: Key) -> Record:
        """The record of a class, empty if nobody has seen one."""
        return self.records.get(key, Record())

    def seen(self, key: Key, spread: float, missed: int, tokens: int) -> "Calibration":
        """The calibration with one more honest check."""
        return Calibration({**self.records, key: self.of(key).seen(spread, missed, tokens)})


class Resolution(Struct, frozen=True):
    """Which quantisations a verdict can tell from the claimed one."""

    claimed: str
    told: tuple[str, ...]
    not_told: tuple[str, ...]

    def __str__(self) -> str:
        if not self.told:
            return f"cannot tell {self.claimed} from any other quantisation"
        text = f"can tell {self.claimed} from {', '.join(self.told)}"
        return text + (f", not from {', '.join(self.not_told)}" if self.not_told else "")


def resolution(claimed: str, record: Record) -> Resolution:
    """What can be told apart, given how honest peers of the class vary: what lies at least `SHIFT`
    above the mean, and at least four standard deviations of two checks together."""
    base = record.mean if record.checks else UNKNOWN_MEAN
    needed = max(SHIFT, 4 * record.deviation / math.sqrt(2))
    told: list[str] = []
    not_told: list[str] = []
    for other in sorted(DIVERGENCE, key=DIVERGENCE.__getitem__):
        if other == claimed:
            continue
        both = DIVERGENCE.get(claimed, 0.0) + DIVERGENCE[other]
        (told if math.log10(both) - base >= needed else not_told).append(other)
    return Resolution(claimed, tuple(told), tuple(not_told))
