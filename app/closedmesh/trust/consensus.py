"""What a verifier without a copy of a model makes of copies that belong to others.

Peers of different owners read the same answer again. None of them is believed alone: two have to
say nearly the same of every position, and a peer is held only to what both hold against it. Where
whoever wants to deceive runs most of the copies, he decides; so such a verdict says how it came
about, and keeps nobody away.
"""

from collections.abc import Sequence
from itertools import combinations

from closedmesh.models.chat import TRACE_TOP, TraceEntry, trace_units
from closedmesh.trust.evidence import Figures, Reference, divergence, spread

AGREE = -1.7
"""Spread up to which two copies say the same. Honest ones of different kinds lie at -2.1 or below
in any one answer, four bits and eight bits of one model at -1.3 with a deviation of 0.14."""

CAVEAT = "told by copies of other owners that agree, without one here"
"""Stands before what a verdict could tell."""

Read = Sequence[Reference]
"""What one copy says of each token of an answer."""


class Disagreement(Exception):
    """No two copies say the same of an answer, so nothing can be said of it."""


def distance(one: Read, other: Read) -> float:
    """How far two copies are apart, like `evidence.spread`; the same in both directions."""
    return spread(
        [
            max(divergence(a, _entry(b)), divergence(b, _entry(a)))
            for a, b in zip(one, other, strict=True)
        ]
    )


def agreeing(reads: Sequence[Read]) -> tuple[Read, Read]:
    """The two that are closest to each other. Raises `Disagreement` if those are too far apart or
    there are no two."""
    pairs = sorted(combinations(reads, 2), key=lambda pair: distance(*pair))
    if not pairs or distance(*pairs[0]) > AGREE:
        raise Disagreement
    return pairs[0]


def mildest(found: Sequence[Figures]) -> Figures:
    """Of each statistic of a check the figure that is best for the peer; at least one is given."""
    spreads = [each.spread for each in found if each.spread is not None]
    first = found[0]
    return Figures(
        tokens=first.tokens,
        missed=min(each.missed for each in found),
        margin=min(each.margin for each in found),
        outside=min(each.outside for each in found),
        opened=first.opened,
        spread=min(spreads) if spreads else None,
        contradicted=min(each.contradicted for each in found),
        too_fast=all(each.too_fast for each in found),
        foreign_tokens=min(each.foreign_tokens for each in found),
    )


def _entry(reference: Reference) -> TraceEntry:
    units = map(trace_units, reference.top_logprobs[:TRACE_TOP])
    return TraceEntry(reference.top[:TRACE_TOP], tuple(units))
