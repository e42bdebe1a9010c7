"""What a reference copy of a model says of an answer: the statistics of one check.

The verifier lets its own copy read the question and the returned tokens in one pass, and compares
position by position:

- T1 whether the seed picks the same token, and by how much it misses;
- T2 how far the committed numbers are from the copy's own: `spread`, the logarithm to base 10 of
  the mean divergence in nats;
- T3 whether the token may be chosen at all, with a tolerance of a factor of 2;
- T4 whether it came faster than the model's bytes can be read;
- T5 whether the tokens are those that the tokeniser makes of the text.
"""

import math
from collections import Counter
from collections.abc import Sequence

import numpy as np
from msgspec import Struct

from closedmesh.models.chat import TRACE_UNIT, Sampling, TraceEntry
from closedmesh.models.sampling import gumbel, nucleus
from closedmesh.trust.traces import shares

MARGIN_LIMIT = 3.0
"""Nats at which a single missed token stops to count more."""

SMALLEST_DIVERGENCE = 1e-3
"""Nats; copies that are closer cannot be told apart, and how much closer says nothing."""

TAIL_FLOOR = 1e-3
"""The least probability of all other tokens together: rounding hides smaller ones."""

TOLERANCE = 2.0

FASTEST = {"cpu": 0.6e12, "blas": 0.6e12, "metal": 0.9e12}
"""Bytes a second that no device of a class reads faster; others are taken for GPUs."""

FASTEST_GPU = 4e12

GUESSED = 4.0
"""Tokens that guessing ahead gets from one reading of the weights, at best."""


class Reference(Struct, frozen=True, array_like=True):
    """What the copy says of one position: natural logarithms over the whole vocabulary."""

    logprob: float
    """Of the returned token."""
    top: tuple[int, ...]
    """The most likely tokens, best first; more than `top_k`, or the test of the seed is blurred."""
    top_logprobs: tuple[float, ...]


class Replay(Struct, frozen=True):
    """One token, chosen again."""

    same: bool
    margin: float
    """Nats by which the copy's choice was ahead, 0 if it is the same, at most `MARGIN_LIMIT`."""
    outside: bool
    """The token may not be chosen, even with the tolerance."""


class Figures(Struct, frozen=True):
    """The statistics of one check."""

    tokens: int
    missed: int
    """T1: tokens that the seed does not pick."""
    margin: float
    """T1: mean of the margins, nats."""
    outside: int
    """T3: tokens that may not be chosen."""
    opened: int
    spread: float | None
    """T2; `None` without opened positions."""
    contradicted: int = 0
    """Opened positions whose token does not follow from the peer's own numbers."""
    too_fast: bool = False
    """T4."""
    foreign_tokens: float = 0.0
    """T5: share of tokens that differ from the tokeniser's own."""


def replay(reference: Reference, token: int, position: int, sampling: Sampling) -> Replay:
    """Choose again with the copy's numbers. Penalties and biases must be off."""
    tokens = np.asarray(reference.top, dtype=np.int64)
    values = np.asarray(reference.top_logprobs, dtype=np.float64)
    outside = _outside(reference, token, sampling)
    if sampling.temperature == 0:
        margin = max(0.0, float(values[0]) - reference.logprob)
        return Replay(token == int(tokens[0]), min(margin, MARGIN_LIMIT), outside)
    allowed, logprobs = nucleus(tokens, values, sampling)
    seed = sampling.seed or 0
    keys = logprobs + sampling.temperature * gumbel(seed, position, allowed)
    own = reference.logprob + sampling.temperature * float(
        gumbel(seed, position, np.asarray([token], dtype=np.int64))[0]
    )
    winner = int(allowed[keys.argmax()])
    if winner == token:
        return Replay(same=True, margin=0.0, outside=False)
    margin = min(max(0.0, float(keys.max()) - own), MARGIN_LIMIT)
    return Replay(same=False, margin=margin, outside=outside)


def _outside(reference: Reference, token: int, sampling: Sampling) -> bool:
    top, best = reference.top, reference.top_logprobs[0]
    if sampling.temperature == 0:
        return best - reference.logprob > math.log(TOLERANCE)
    rank = top.index(token) if token in top else len(top)
    if sampling.top_k and rank >= TOLERANCE * sampling.top_k:
        return True
    if math.exp(reference.logprob - best) < sampling.min_p / TOLERANCE:
        return True
    before = sum(math.exp(value) for value in reference.top_logprobs[:rank])
    return sampling.top_p < 1 and before > 1 - (1 - sampling.top_p) / TOLERANCE


def divergence(reference: Reference, claimed: TraceEntry) -> float:
    """Nats from the copy's distribution to the claimed one, over the claimed tokens and one bucket
    for all others; never below 0."""
    ours = dict(zip(reference.top, reference.top_logprobs, strict=True))
    unlikely = reference.top_logprobs[-1]
    total, ours_known = 0.0, 0.0
    for token, value in zip(claimed.ids, claimed.logprobs, strict=True):
        logprob = ours.get(token, unlikely)
        share = math.exp(logprob)
        ours_known += share
        total += share * (logprob - value / TRACE_UNIT)
    ours_rest = max(1 - ours_known, TAIL_FLOOR)
    claimed_rest = max(1 - sum(shares(claimed)), TAIL_FLOOR)
    return max(0.0, total + ours_rest * math.log(ours_rest / claimed_rest))


def spread(divergences: Sequence[float]) -> float:
    """T2: log10 of the mean divergence."""
    mean = sum(divergences) / len(divergences)
    return math.log10(max(mean, SMALLEST_DIVERGENCE))


def too_fast(tokens_per_second: float, active_bytes: int, backend: str) -> bool:
    """T4, by the asker's clock: every step reads the bytes that take part once."""
    bandwidth = FASTEST.get(backend, FASTEST_GPU)
    return tokens_per_second * active_bytes > GUESSED * bandwidth


def foreign_tokens(returned: Sequence[int], own: Sequence[int]) -> float:
    """T5: the share of returned tokens that are not among the tokeniser's own of the same text,
    each counted as often as it comes. Where they stand does not matter: models do
    write words in other tokens, and two of them far apart say nothing of those between."""
    if not returned:
        return 0.0
    both = Counter(returned) & Counter(own)
    return 1 - both.total() / len(returned)
