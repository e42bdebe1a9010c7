import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.mesh.hedging import (
    SAVED,
    SHARE,
    HedgeBudget,
    late_after,
    percentile,
    stalled_after,
)

ALLOWED = {"busy_share": 0.5, "private": False}


def test_second_questions_are_at_most_one_in_twenty():
    budget, hedged = HedgeBudget(), 0
    for _ in range(10_000):
        budget = budget.asked()
        if budget.allows(**ALLOWED):
            budget, hedged = budget.hedged(), hedged + 1

    assert hedged <= 10_000 * SHARE + SAVED


@pytest.mark.parametrize("why", [{"busy_share": 0.71}, {"private": True}])
def test_a_full_mesh_and_a_private_prompt_have_no_second_question(why):
    assert HedgeBudget().allows(**ALLOWED)
    assert not HedgeBudget().allows(**{**ALLOWED, **why})


@given(st.integers(0, 1000))
def test_a_quiet_time_saves_only_a_few(questions):
    budget = HedgeBudget()
    for _ in range(questions):
        budget = budget.asked()

    assert budget.left <= SAVED


def test_late_is_what_is_later_than_nearly_always():
    assert late_after([100.0] * 19) is None
    assert late_after([*range(1, 101)]) == 95


def test_a_stall_is_long_for_a_slow_peer():
    assert stalled_after([]) == 2.0
    assert stalled_after([20.0] * 50) == 2.0
    assert stalled_after([1000.0] * 50) == 4.0


@given(st.lists(st.floats(0, 1e6), min_size=1), st.floats(0, 1))
def test_a_percentile_is_a_sample_that_so_many_do_not_exceed(samples, share):
    found = percentile(samples, share)

    assert found in samples
    assert sum(sample <= found for sample in samples) >= share * len(samples) - 1e-9


def test_nothing_has_no_percentile():
    with pytest.raises(ValueError, match="no samples"):
        percentile([], 0.5)
