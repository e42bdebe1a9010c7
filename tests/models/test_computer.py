import pytest

from closedmesh.models.computer import Computer, Demand, Graphics, judge
from closedmesh.models.offers import FitLabel

GB = 10**9

COMPUTER = Computer(
    memory_total=16 * GB, memory_available=12 * GB, memory_speed=40e9, graphics=(), disk_free=0
)


def demand(memory, *, speed=0.0, read=2 * GB, context=4096, cache=0.0):
    return Demand(int(memory), context, cache, int(read), speed)


@pytest.mark.parametrize(
    ("memory", "read", "label"),
    [
        (3 * GB, 2 * GB, FitLabel.RUNS_WELL),
        (11.9 * GB, 2 * GB, FitLabel.TIGHT),  # nearly all that is free
        (14 * GB, 2 * GB, FitLabel.TIGHT),  # more than is free now
        (20 * GB, 2 * GB, FitLabel.TOO_LARGE),
        (8 * GB, 6 * GB, FitLabel.TIGHT),  # 4 tokens a second
        (8 * GB, 20 * GB, FitLabel.TIGHT),  # 1.2 tokens a second
    ],
)
def test_the_label_follows_from_memory_and_speed(memory, read, label):
    fit = judge(demand(memory, read=read), COMPUTER, 0)
    assert fit.label is label
    assert bool(fit.advice) is (label is not FitLabel.RUNS_WELL)


def test_what_is_too_large_here_may_run_on_the_mesh():
    assert judge(demand(20 * GB), COMPUTER, 0, on_mesh=True).label is FitLabel.ON_THE_MESH


def test_memory_that_stays_free_is_not_given():
    assert judge(demand(15 * GB), COMPUTER, 2 * GB).label is FitLabel.TOO_LARGE


def card(total, free, *, unified):
    return Graphics("GPU", "CUDA", total * GB, free * GB, unified=unified)


def with_cards(*cards):
    return Computer(memory_total=16 * GB, memory_available=12 * GB, graphics=cards)


def test_a_card_s_memory_is_never_added_to_the_main_memory():
    assert judge(demand(20 * GB), with_cards(card(8, 8, unified=False)), 0).label is (
        FitLabel.TOO_LARGE
    )
    assert judge(demand(20 * GB), with_cards(card(24, 23, unified=False)), 0).label is (
        FitLabel.RUNS_WELL
    )


def test_shared_memory_is_counted_once():
    found = judge(demand(13 * GB), with_cards(card(64, 64, unified=True)), 0)
    assert found.label is FitLabel.TIGHT


def test_a_measured_speed_counts_more_than_an_expected_one():
    fit = judge(demand(3 * GB, speed=11.0), COMPUTER, 0)
    assert (fit.tokens_per_second, fit.measured) == (11.0, True)
    fit = judge(demand(3 * GB), COMPUTER, 0)
    assert (fit.tokens_per_second, fit.measured) == (pytest.approx(12.0), False)


def test_nothing_is_said_of_speed_where_nothing_is_known():
    fit = judge(demand(3 * GB), Computer(memory_total=16 * GB, memory_available=12 * GB), 0)
    assert fit.tokens_per_second == 0


def test_a_smaller_context_is_advised_where_it_would_help():
    large = demand(20 * GB, context=32_768, cache=500_000.0)
    assert "context of 16,384 tokens" in judge(large, COMPUTER, 0).advice
    assert "this computer can give 16.0 GB" in judge(demand(90 * GB), COMPUTER, 0).advice
