"""Chooses tokens so that anybody with the same logits and seed chooses the same.

The order of operations is fixed, because answers are re-checked elsewhere: penalties, top-k,
top-p, min-p, temperature, then keyed Gumbel noise. Token `t` at position `i` of the answer gets
`G = -log(-log u)` where `u` in (0, 1) comes from SHA-256 of a domain, the seed, `i` and `t`; the
token with the largest `logit / temperature + G` wins, the lower id at a tie. This draws from
exactly the softmax distribution, and does not depend on what else is in the batch. Temperature 0
takes the largest logit.
"""

import hashlib
import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from closedmesh.models.chat import Sampling

DOMAIN = b"closedmesh-gumbel-1"
"""Separates these hashes from all others, and names the version of the rule."""

MAX_CANDIDATES = 1024
"""Tokens that are considered at most, also with `top_k` 0: each costs a hash."""

PENALTY_WINDOW = 64
"""Last tokens of prompt and answer that the penalties look at, as in llama.cpp."""

_MARGIN = 12.0
"""First guess of how far below the best logit the k-th lies; a wrong guess costs a sort."""

Logits = NDArray[np.float32]


def choose(
    logits: Logits, sampling: Sampling, seed: int, position: int, recent: Sequence[int]
) -> int:
    """The next token. `logits` is float32 of shape (vocabulary,) and is left as it is; `position`
    counts the answer's tokens from 0; `recent` are the tokens so far, prompt included."""
    penalized = _penalize(logits, sampling, recent)
    if sampling.temperature == 0.0:
        return int(penalized.argmax())
    tokens = best(penalized, min(sampling.top_k or MAX_CANDIDATES, MAX_CANDIDATES, len(logits)))
    tokens, values = nucleus(tokens, penalized[tokens].astype(np.float64), sampling)
    keyed = values / sampling.temperature + gumbel(seed, position, tokens)
    return int(tokens[keyed.argmax()])


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
    candidates = np.flatnonzero(logits >= logits.max() - _MARGIN)
    if len(candidates) < size:
        floor = np.partition(logits, len(logits) - size)[len(logits) - size]
        candidates = np.flatnonzero(logits >= floor)
    order = np.lexsort((candidates, -logits[candidates]))
    return candidates[order[:size]]


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


def logprobs(logits: Logits, tokens: Sequence[int]) -> list[float]:
    """Natural logarithms of the probabilities of `tokens` over the whole vocabulary."""
    largest = float(logits.max())
    total = largest + math.log(float(np.exp(logits - np.float32(largest)).sum(dtype=np.float64)))
    return [float(logits[token]) - total for token in tokens]
