import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models import sampling
from closedmesh.models.chat import Sampling

OPEN = Sampling(temperature=1.0, top_k=0, top_p=1.0, min_p=0.0)
LOGITS = np.array([1.0, 3.0, 2.0, -1.0, 2.5], dtype=np.float32)

VECTORS = [[4, 1, 3, 2, 1, 1], [2, 2, 1, 2, 2, 1], [0, 4, 1, 1, 1, 0], [2, 4, 4, 1, 4, 2]]

logits_of_any_kind = st.lists(
    st.floats(-30, 30, width=32), min_size=1, max_size=60
).map(lambda values: np.array(values, dtype=np.float32))  # fmt: skip


def drawn(logits, chosen, count=20_000):
    tokens = [sampling.choose(logits, chosen, seed, 0, ()) for seed in range(count)]
    return np.bincount(tokens, minlength=len(logits)) / count


def softmax(logits):
    shares = np.exp(logits - logits.max())
    return shares / shares.sum()


def test_temperature_0_takes_the_most_likely_and_the_lower_id_at_a_tie():
    assert sampling.choose(LOGITS, Sampling(temperature=0.0), 1, 0, ()) == 1
    tie = np.array([0, 5, 5], dtype=np.float32)
    assert sampling.choose(tie, Sampling(temperature=0.0), 1, 0, ()) == 1


@pytest.mark.parametrize("temperature", [0.5, 1.0, 2.0])
def test_tokens_are_drawn_from_exactly_the_softmax(temperature):
    chosen = Sampling(temperature=temperature, top_k=0, top_p=1.0, min_p=0.0)
    # 20,000 draws: five standard deviations of a share are below 0.018
    assert drawn(LOGITS, chosen) == pytest.approx(softmax(LOGITS / temperature), abs=0.018)


def test_top_k_draws_among_the_k_most_likely():
    shares = drawn(LOGITS, Sampling(temperature=1.0, top_k=2, top_p=1.0, min_p=0.0), 2000)
    assert np.flatnonzero(shares).tolist() == [1, 4]


def test_top_p_draws_from_the_smallest_set_of_that_share():
    # shares are 0.07, 0.49, 0.18, 0.01, 0.29: the two best have 0.76
    narrow = drawn(LOGITS, Sampling(temperature=1.0, top_k=0, top_p=0.7, min_p=0.0), 2000)
    assert np.flatnonzero(narrow).tolist() == [1, 4]
    wide = drawn(LOGITS, Sampling(temperature=1.0, top_k=0, top_p=0.8, min_p=0.0), 2000)
    assert np.flatnonzero(wide).tolist() == [1, 2, 4]


def test_min_p_draws_tokens_that_are_near_the_best():
    shares = drawn(LOGITS, Sampling(temperature=1.0, top_k=0, top_p=1.0, min_p=0.5), 2000)
    assert np.flatnonzero(shares).tolist() == [1, 4]


@given(logits_of_any_kind, st.integers(0, 2**63 - 1), st.integers(0, 5000))
def test_the_same_seed_and_place_choose_the_same(logits, seed, position):
    first = sampling.choose(logits, OPEN, seed, position, ())
    assert first == sampling.choose(logits.copy(), OPEN, seed, position, ())


@given(logits_of_any_kind, st.integers(0, 2**63 - 1))
def test_a_change_of_a_token_that_was_not_chosen_changes_nothing_unless_it_wins(logits, seed):
    """Noise belongs to the token, not to its rank: others cannot move it."""
    chosen = sampling.choose(logits, OPEN, seed, 0, ())
    for other in range(len(logits)):
        lowered = logits.copy()
        lowered[other] -= 1
        if other != chosen:
            assert sampling.choose(lowered, OPEN, seed, 0, ()) == chosen


def test_the_rule_has_not_changed():
    """Vectors of version 1: answers given with it can still be checked."""
    seeds = [0, 1, 7, 2**63 - 1]
    tokens = [[sampling.choose(LOGITS, OPEN, s, i, ()) for i in range(6)] for s in seeds]
    assert tokens == VECTORS


def test_a_repeated_token_is_less_likely():
    greedy = Sampling(temperature=0.0, repeat_penalty=2.0)
    assert sampling.choose(LOGITS, greedy, 0, 0, [1, 1]) == 4


def test_a_penalty_makes_a_negative_logit_more_negative():
    logits = np.array([-1.0, -1.5], dtype=np.float32)
    greedy = Sampling(temperature=0.0, repeat_penalty=2.0)
    assert sampling.choose(logits, greedy, 0, 0, [0]) == 1


def test_presence_counts_once_and_frequency_each_time():
    logits = np.array([3.0, 2.0], dtype=np.float32)
    assert (
        sampling.choose(logits, Sampling(temperature=0.0, presence_penalty=0.8), 0, 0, [0, 0]) == 0
    )
    assert (
        sampling.choose(logits, Sampling(temperature=0.0, frequency_penalty=0.8), 0, 0, [0, 0]) == 1
    )


def test_penalties_look_at_the_last_tokens_only():
    greedy = Sampling(temperature=0.0, repeat_penalty=2.0)
    long_ago = [1] + [0] * sampling.PENALTY_WINDOW
    assert sampling.choose(LOGITS, greedy, 0, 0, long_ago) == 1


def test_logits_are_left_as_they_are():
    logits = LOGITS.copy()
    sampling.choose(logits, Sampling(repeat_penalty=1.5), 3, 0, [1, 2])
    assert (logits == LOGITS).all()


@given(logits_of_any_kind, st.integers(1, 70))
def test_the_best_are_those_of_a_full_sort(logits, size):
    size = min(size, len(logits))
    expected = sorted(range(len(logits)), key=lambda t: (-logits[t], t))[:size]
    assert sampling.best(logits, size).tolist() == expected


@given(logits_of_any_kind)
def test_probabilities_add_up_to_one(logits):
    values = sampling.logprobs(logits, range(len(logits)))
    assert math.fsum(map(math.exp, values)) == pytest.approx(1.0, abs=1e-5)
