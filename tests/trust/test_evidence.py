import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.models import sampling as rule
from closedmesh.models.chat import TRACE_TOP, TRACE_UNIT, Sampling, TraceEntry
from closedmesh.trust.evidence import (
    MARGIN_LIMIT,
    Reference,
    divergence,
    foreign_tokens,
    replay,
    spread,
    too_fast,
)

PLAIN = Sampling(temperature=1.0, top_k=40, top_p=1.0, min_p=0.0, seed=5)

vectors = st.lists(st.floats(-12, 6, width=32), min_size=12, max_size=90).map(
    lambda values: np.array(values, dtype=np.float32)
)


def seen(logits, token, top=64):
    ids = rule.best(logits, min(top, len(logits))).tolist()
    own, *values = rule.logprobs(logits, [token, *ids])
    return Reference(own, tuple(ids), tuple(values))


def claimed(logits):
    ids = rule.best(logits, TRACE_TOP).tolist()
    units = (round(value * TRACE_UNIT) for value in rule.logprobs(logits, ids))
    return TraceEntry(tuple(ids), tuple(units))


@given(vectors, st.integers(0, 2**63 - 1), st.integers(0, 3000), st.sampled_from([0.0, 0.3, 1.0]))
def test_the_same_numbers_choose_the_same_token(logits, seed, position, temperature):
    chosen = Sampling(temperature=temperature, seed=seed)
    token = rule.choose(logits, chosen, seed, position, ())
    again = replay(seen(logits, token), token, position, chosen)
    assert (again.same, again.margin, again.outside) == (True, 0.0, False)


@given(vectors, st.integers(0, 2**63 - 1))
def test_any_other_token_is_behind_by_a_limited_margin(logits, seed):
    chosen = structs.replace(PLAIN, seed=seed)
    token = rule.choose(logits, chosen, seed, 0, ())
    other = int(rule.best(logits, 2)[0]) if token != int(rule.best(logits, 2)[0]) else int(
        rule.best(logits, 2)[1]
    )  # fmt: skip
    missed = replay(seen(logits, other), other, 0, chosen)
    assert not missed.same
    assert 0 <= missed.margin <= MARGIN_LIMIT


def test_an_unlikely_token_is_outside_beyond_the_tolerance():
    logits = np.log(np.array([0.60, 0.0301, 0.029, 0.0149, 0.0148, 0.3112], dtype=np.float32))
    chosen = Sampling(temperature=1.0, top_k=40, top_p=1.0, min_p=0.05, seed=1)
    # 5 % of the best is 0.030, with the tolerance 0.015
    found = [replay(seen(logits, t), t, 0, chosen).outside for t in range(6)]
    assert found == [False, False, False, True, True, False]


def test_beyond_twice_top_k_and_the_tolerated_tail_is_outside():
    logits = np.log(np.array([0.4, 0.3, 0.2, 0.06, 0.04], dtype=np.float32))
    few = structs.replace(PLAIN, top_k=2)
    assert [replay(seen(logits, t), t, 0, few).outside for t in range(5)] == [False] * 4 + [True]
    narrow = structs.replace(PLAIN, top_p=0.8)  # with the tolerance 0.9
    assert [replay(seen(logits, t), t, 0, narrow).outside for t in range(5)] == [
        False, False, False, False, True,
    ]  # fmt: skip


def test_greedy_answers_may_differ_at_a_near_tie_only():
    logits = np.log(np.array([0.45, 0.40, 0.15], dtype=np.float32))
    greedy = Sampling(temperature=0.0, seed=1)
    found = [replay(seen(logits, t), t, 0, greedy) for t in range(3)]
    assert [f.same for f in found] == [True, False, False]
    assert [f.outside for f in found] == [False, False, True]
    assert found[1].margin == pytest.approx(math.log(0.45 / 0.40), abs=1e-6)


@given(vectors)
def test_honest_numbers_diverge_by_rounding_only(logits):
    assert divergence(seen(logits, 0), claimed(logits)) < 0.01


@given(vectors, vectors)
def test_divergence_is_never_negative_nor_infinite(logits, others):
    size = min(len(logits), len(others))
    value = divergence(seen(logits[:size], 0), claimed(others[:size]))
    assert 0 <= value < 1000


def test_divergence_is_that_of_kullback_and_leibler():
    ours = np.array([0.5, 0.3, 0.1, 0.05, 0.03, 0.01, 0.006, 0.004], dtype=np.float32)
    theirs = np.array([0.3, 0.5, 0.1, 0.05, 0.03, 0.01, 0.006, 0.004], dtype=np.float32)
    exact = float((ours * np.log(ours / theirs)).sum())
    found = divergence(seen(np.log(ours), 0), claimed(np.log(theirs)))
    assert found == pytest.approx(exact, abs=0.01)


def test_tokens_that_the_copy_does_not_name_count_as_its_least_likely():
    reference = Reference(-1.0, (1, 2), (-0.1, -5.0))
    far = divergence(reference, TraceEntry((8, 9), (-1, -400)))
    assert far > 1


def test_spread_is_a_power_of_ten():
    assert spread([0.01, 0.01]) == pytest.approx(-2)
    assert spread([0.0, 0.0]) == pytest.approx(-3)


def test_nobody_reads_weights_faster_than_memory_allows():
    seven_billion = 4_500_000_000
    assert not too_fast(150, seven_billion, "metal")
    assert too_fast(1500, seven_billion, "metal")
    assert too_fast(900, seven_billion, "cpu")
    assert not too_fast(900, seven_billion, "cuda")


@pytest.mark.parametrize(
    ("returned", "own", "share"),
    [
        ((1, 2, 3, 4), (1, 2, 3, 4), 0.0),
        ((1, 9, 9, 4), (1, 2, 4), 0.5),
        ((9, 9), (1,), 1.0),
        ((), (1,), 0.0),
        ((1, 1, 1), (1, 1), 1 / 3),
    ],
)
def test_tokens_that_the_tokeniser_would_not_make_are_counted(returned, own, share):
    assert foreign_tokens(returned, own) == pytest.approx(share)


def test_two_words_in_other_tokens_do_not_make_those_between_foreign():
    own = list(range(100, 140))
    returned = [1, 2, *own[1:-1], 3]
    assert foreign_tokens(returned, own) == pytest.approx(3 / 41)
    assert foreign_tokens([5] * 30, own) == 1.0
