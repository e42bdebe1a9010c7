"""Looks at opened steps of an answer without any model: does its text follow from its numbers?

A token must be the one that the seed picks among the committed log-probabilities
(`models.sampling`). Only the eight most likely tokens are known, rounded to 1/64 nat, so the rule
is applied to what is certain: `contradicted` is said only when no rounding and no unknown rival can
explain the token.
"""

import math
from enum import StrEnum

import numpy as np

from closedmesh.models.chat import TRACE_UNIT, Sampling
from closedmesh.models.sampling import MAX_CANDIDATES, gumbel
from closedmesh.trust.traces import Step, shares

SLACK = 1 / TRACE_UNIT
"""Nats by which two rounded log-probabilities together can be wrong."""


class Finding(StrEnum):
    """What an opened step says."""

    FOLLOWS = "follows"
    CONTRADICTED = "contradicted"
    """The token cannot have been chosen from these numbers with this seed."""
    UNKNOWN = "unknown"
    """Something else took part in the choice: penalties, biases, a prescribed form."""


def judge(step: Step, position: int, sampling: Sampling, *, formed: bool = False) -> Finding:
    """Whether the token of a step follows. `sampling.seed` is that of the answer; `formed` says
    that a grammar or schema took part."""
    if formed or _something_else(sampling):
        return Finding.UNKNOWN
    follows = _greedy(step) if sampling.temperature == 0 else _seeded(step, position, sampling)
    return Finding.FOLLOWS if follows else Finding.CONTRADICTED


def _something_else(sampling: Sampling) -> bool:
    penalties = (sampling.repeat_penalty, sampling.presence_penalty, sampling.frequency_penalty)
    return penalties != (1.0, 0.0, 0.0) or bool(sampling.logit_bias)


def _greedy(step: Step) -> bool:
    entry = step.entry
    if step.token not in entry.ids:
        return False
    return entry.logprobs[0] - entry.logprobs[entry.ids.index(step.token)] <= 1


def _seeded(step: Step, position: int, sampling: Sampling) -> bool:
    ids = step.entry.ids
    values = [value / TRACE_UNIT for value in step.entry.logprobs]
    certain, possible = _nucleus(step, sampling)
    known = step.token in ids
    place = ids.index(step.token) if known else len(ids)
    if place >= possible:
        return False
    seed = sampling.seed or 0
    noise = gumbel(seed, position, np.asarray([*ids, step.token], dtype=np.int64))
    best = max(values[i] / sampling.temperature + noise[i] for i in range(certain))
    # A token that is not among the eight is at most as likely as the last of them.
    own = values[place] if known else values[-1]
    return bool(own / sampling.temperature + noise[-1] >= best - SLACK / sampling.temperature)


def _nucleus(step: Step, sampling: Sampling) -> tuple[int, int]:
    """How many of the most likely tokens certainly and possibly may be chosen."""
    values = [value / TRACE_UNIT for value in step.entry.logprobs]
    parts = shares(step.entry)
    size = sampling.top_k or MAX_CANDIDATES
    known = sum(parts)
    most = min(1.0, known + max(0, size - len(parts)) * parts[-1])
    certain = possible = 0
    before = 0.0
    for value, part in zip(values, parts, strict=True):
        below = math.exp(value - values[0])
        if (
            before < sampling.top_p * known * (1 - 2 * SLACK)
            and below * (1 - SLACK) >= sampling.min_p
        ):
            certain += 1
        if before * (1 - SLACK) < sampling.top_p * most and below * (1 + SLACK) >= sampling.min_p:
            possible += 1
        before += part
    certain, possible = min(certain, size), min(possible, size)
    # Beyond the eight: only if the eighth itself may be chosen and there is room for more.
    more = possible == len(parts) < size and before * (1 - SLACK) < sampling.top_p * most
    return max(certain, 1), possible + more
