"""Chooses tokens so that anybody with the same logits and seed chooses the same.

The order of operations is fixed, because answers are re-checked elsewhere: bias, penalties, top-k,
top-p, min-p, temperature, then keyed Gumbel noise. Token `t` at position `i` of the answer gets
`G = -log(-log u)` where `u` in (0, 1) comes from SHA-256 of a domain, the seed, `i` and `t`; the
token with the largest `logit / temperature + G` wins, the lower id at a tie. This draws from
exactly the softmax distribution, and does not depend on what else is in the batch. Temperature 0
takes the largest logit. An answer that has to keep to a form is chosen so as well; only if the
form does not allow the token, it is chosen once more, from the allowed tokens alone before top-k.
"""

import hashlib
import math
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from closedmesh.models.chat import TRACE_TOP, TRACE_UNIT, Sampling, TraceEntry

DOMAIN = b"closedmesh-gumbel-1"
"""Separates these hashes from all others, and names the version of the rule."""

MAX_CANDIDATES = 1024
"""Tokens that are considered at most, also with `top_k` 0: each costs a hash."""

PENALTY_WINDOW = 64
"""Last tokens of prompt and answer that the penalties look at, as in llama.cpp."""

_MARGINS = (6.0, 12.0)
"""Guesses of how far below the best logit the k-th lies; only if all are wrong the whole
vocabulary is sorted."""

_FIRST_ALLOWED = 256
"""Tokens that a form is asked about first: a grammar takes milliseconds for a whole vocabulary."""

Logits = NDArray[np.float32]
Tokens = NDArray[np.int64]
Allowed = Callable[[Tokens], NDArray[np.bool_]]
"""Which of some tokens a form allows next."""


class NothingAllowed(Exception):
    """A form allows no token at all."""


def choose(
    logits: Logits, sampling: Sampling, seed: int, position: int, recent: Sequence[int]
) -> int:
    """The next token. `logits` is float32 of shape (vocabulary,) and is left as it is; `position`
    counts the answer's tokens from 0; `recent` are the tokens so far, prompt included."""
    return pick(shaped(logits, sampling, recent), sampling, seed, position)


def shaped(logits: Logits, sampling: Sampling, recent: Sequence[int]) -> Logits:
    """Logits with bias and penalties; the same array if there are none."""
    return _penalize(_biased(logits, sampling), sampling, recent)


def pick(shaped: Logits, sampling: Sampling, seed: int, position: int) -> int:
    """The next token by what `shaped` gave."""
    if sampling.temperature == 0.0:
        return int(shaped.argmax())
    ranked = best(shaped, min(_candidates(sampling), len(shaped)))
    return _draw(shaped, ranked, sampling, seed, position)


def pick_allowed(
    shaped: Logits, sampling: Sampling, seed: int, position: int, allowed: Allowed
) -> int:
    """The next token of an answer that has to keep to a form. Raises `NothingAllowed`."""
    token = pick(shaped, sampling, seed, position)
    if allowed(np.array([token]))[0]:
        return token
    ranked = _best_allowed(shaped, _candidates(sampling), allowed)
    if sampling.temperature == 0.0:
        return int(ranked[0])
    return _draw(shaped, ranked, sampling, seed, position)


def _candidates(sampling: Sampling) -> int:
    return min(sampling.top_k or MAX_CANDIDATES, MAX_CANDIDATES)


def _draw(logits: Logits, ranked: Tokens, sampling: Sampling, seed: int, position: int) -> int:
    tokens, values = nucleus(ranked, logits[ranked].astype(np.float64), sampling)
    keyed = values / sampling.temperature + gumbel(seed, position, tokens)
    return int(tokens[keyed.argmax()])


def _best_allowed(logits: Logits, size: int, allowed: Allowed) -> Tokens:
    ranked = best(logits, min(_FIRST_ALLOWED, len(logits)))
    ranked = ranked[allowed(ranked)]
    if len(ranked) < size:
        ranked = best(logits, len(logits))
        ranked = ranked[allowed(ranked)]
    if not len(ranked):
        raise NothingAllowed
    return ranked[:size]


def _biased(logits: Logits, sampling: Sampling) -> Logits:
    if not sampling.logit_bias:
        return logits
    biased = logits.copy()
    for token, bias in sampling.logit_bias.items():
        if token < len(biased):
            biased[token] += np.float32(bias)
    return biased


def _penalize(logits: Logits, sampling: Sampling, recent: Sequence[int]) -> Logits:
    nothing = (sampling.repeat_penalty, sampling.presence_penalty, sampling.frequency_penalty)
    if nothing == (1.0, 0.0, 0.0) or not recent:
        return logits
    tokens, counts = np.unique(np.asarray(recent[-PENALTY_WINDOW:]), return_counts=True)
    values = logits[tokens]
    repeat = np.float32(sampling.repeat_penalty)
    values = np.where(values > 0, values / repeat, values * repeat)
    values -= counts * np.float32(sampling.frequency_penalty) + sampling.presence_penalty
    penalized = logits.copy()
    penalized[tokens] = values
    return penalized


def nucleus(
    tokens: NDArray[np.int64], values: NDArray[np.float64], sampling: Sampling
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Which of the most likely tokens may be chosen, lowest id first, with their values. `tokens`
    come best first; `values` are their logits or anything that differs by a constant."""
    size = min(sampling.top_k or MAX_CANDIDATES, MAX_CANDIDATES)
    tokens, values = tokens[:size], values[:size]
    shares = np.exp(values - values[0])
    if sampling.top_p < 1.0:
        total = np.cumsum(shares)
        keep = int(np.searchsorted(total, sampling.top_p * total[-1])) + 1
        tokens, values, shares = tokens[:keep], values[:keep], shares[:keep]
    if sampling.min_p > 0.0:
        keep = int(np.count_nonzero(shares >= sampling.min_p))
        tokens, values = tokens[:keep], values[:keep]
    by_id = np.argsort(tokens)
    return tokens[by_id], values[by_id]


def best(logits: Logits, size: int) -> NDArray[np.int64]:
    """The `size` tokens of the largest logits, best first, the lower id first among equals."""
    if size == 0:
        return np.empty(0, np.int64)
    candidates = _near_the_top(logits, size)
    if len(candidates) > 2 * size:
        values = logits[candidates]
        candidates = candidates[values >= _nth(values, size)]
    order = np.lexsort((candidates, -logits[candidates]))
    return candidates[order[:size]]


def _near_the_top(logits: Logits, size: int) -> Tokens:
    """A few tokens, among which the `size` best are."""
    largest = logits.max()
    for margin in _MARGINS:
        near = logits >= largest - np.float32(margin)
        if np.count_nonzero(near) >= size:
            return np.flatnonzero(near)
    return np.flatnonzero(logits >= _nth(logits, size))


def _nth(values: Logits, size: int) -> np.float32:
    """The value that `size` of them reach."""
    reached: np.float32 = np.partition(values, len(values) - size)[len(values) - size]
    return reached


def gumbel(seed: int, position: int, tokens: NDArray[np.int64]) -> NDArray[np.float64]:
    """The noise of `tokens` at a position of an answer: float64, the same shape."""
    key = hashlib.sha256(DOMAIN + seed.to_bytes(8, "big") + position.to_bytes(8, "big"))
    uniform = np.empty(len(tokens))
    for i, token in enumerate(tokens.tolist()):
        digest = key.copy()
        digest.update(token.to_bytes(4, "big"))
        # 52 bits and a half: never 0 and never 1, and exact in a double
        uniform[i] = ((int.from_bytes(digest.digest()[:8], "big") >> 12) + 0.5) * 2.0**-52
    noise: NDArray[np.float64] = -np.log(-np.log(uniform))
    return noise


def logprobs(logits: Logits, tokens: Sequence[int] | Tokens) -> list[float]:
    """Natural logarithms of the probabilities of `tokens` over the whole vocabulary."""
    total = _log_total(logits)
    return [float(logits[token]) - total for token in tokens]


def trace(logits: Logits) -> TraceEntry:
    """What is kept of a step, so that it can be checked."""
    ranked = best(logits, min(TRACE_TOP, len(logits)))
    parts = np.rint((logits[ranked].astype(np.float64) - _log_total(logits)) * TRACE_UNIT)
    return TraceEntry(tuple(ranked.tolist()), tuple(parts.astype(np.int64).tolist()))


def _log_total(logits: Logits) -> float:
    largest = logits.max()
    return float(largest) + math.log(float(np.exp(logits - largest).sum()))
