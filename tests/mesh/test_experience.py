import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.mesh.experience import (
    DECAY,
    TROUBLE,
    Answered,
    Experience,
    Peak,
    prompt_units,
)

ANSWER = Answered(first_token_ms=230.0, prompt_tokens=500, cached_tokens=300, token_ms=20.0)


def test_a_peak_rises_at_once_and_falls_slowly():
    peak = Peak.of(100.0, 0.0)
    assert peak.read(50.0) == 100.0

    peak = peak.add(1000.0, 1.0)
    assert peak.read(1.0) == pytest.approx(1000.0)
    mean = peak.mean
    assert mean == pytest.approx(280.0)
    assert peak.read(1.0 + DECAY) == pytest.approx(mean + 720.0 / 2.71828, rel=1e-3)

    assert peak.add(100.0, 1.5).read(1.5) > 900.0


@given(st.lists(st.tuples(st.floats(0, 1e6), st.floats(0, 100)), min_size=1))
def test_a_peak_is_never_below_its_mean_nor_above_the_worst(samples):
    peak, now = Peak.of(samples[0][0], 0.0), 0.0
    for sample, wait in samples[1:]:
        now += wait
        peak = peak.add(sample, now)
    worst = max(sample for sample, _ in samples)

    assert peak.mean - 1e-6 <= peak.read(now) <= worst + 1e-6


def test_an_answer_is_measured_without_the_way_and_by_its_length():
    known = Experience().reached(30.0).measured(ANSWER, 5.0)

    assert known.first == Peak(100.0, 0.0, 5.0)
    assert (known.token_ms, known.samples) == (20.0, 1)


def test_later_answers_count_a_fifth():
    known = Experience().measured(ANSWER, 0.0)
    known = known.measured(Answered(100.0, 50, 0, 30.0), 1.0)
    known = known.measured(Answered(100.0, 50, 0, None), 1.0)

    assert known.token_ms == pytest.approx(22.0)
    assert known.samples == 3


def test_a_short_prompt_counts_as_a_hundred_tokens():
    assert prompt_units(0) == prompt_units(100) == 1.0
    assert prompt_units(250) == 2.5


def test_a_failure_is_held_against_a_peer_for_a_while():
    known = Experience().failed(0.0).failed(0.0)

    assert known.trouble == 2 * TROUBLE
    assert known.failed(1e6).trouble == pytest.approx(TROUBLE)
    assert not known.failed(0.0).breaker.allows(1.0)
    assert known.measured(ANSWER, 1.0).failed(2.0).breaker.allows(2.0)


def test_a_busy_peer_has_not_failed():
    known = Experience().busy(1500.0, 10.0)

    assert known.resting_until == 11.5
    assert known.trouble == 0.0
    assert known.breaker.allows(10.0)


def test_questions_on_their_way_are_counted():
    known = Experience().asked(0.0).asked(0.0)
    assert known.in_flight == 2
    for _ in range(3):
        known = known.ended()
    assert known.in_flight == 0


def test_who_ends_what_another_had_begun_is_left_alone_no_longer():
    known = Experience()
    for _ in range(3):
        known = known.failed(100.0)
    assert not known.breaker.allows(105.0)

    known = known.asked(111.0).continued()
    assert known.breaker.allows(111.0)
    assert not known.failed(112.0).breaker.rest
