from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models.giving_way import CALM, Pace, decide

STEP = 0.4


START = Pace()


def after(readings, pace=START, now=0.0):
    """The pace after readings that come every `STEP` seconds."""
    for busy in readings:
        now += STEP
        pace = decide(pace, busy, now)
    return pace


def test_one_reading_is_enough_to_give_way():
    assert after([0.9]).taken == 1
    assert after([2.6]).taken == 3
    assert after([0.1, 0.1, 1.7]).taken == 2


def test_the_usual_murmur_of_a_desktop_is_no_work():
    assert not after([0.05, 0.3, 0.2, 0.49]).giving_way


def test_it_comes_back_after_a_calm_time_and_not_before():
    working = after([1.0])
    steps = int(CALM / STEP)
    assert after([0.0] * steps, working).taken == 1
    assert after([0.0] * (steps + 2), working).taken == 0


def test_a_burst_in_the_calm_time_begins_it_anew():
    steps = int(CALM / STEP)
    assert after([1.0, *[0.0] * steps, 1.0, *[0.0] * steps]).taken == 1


def test_between_the_two_limits_everything_stays():
    assert after([1.0, *[0.3] * 50]).taken == 1
    assert after([0.4] * 50).taken == 0


def test_what_was_needed_in_the_calm_time_is_left():
    assert after([3.0, *[1.1] * 20]).taken == 1
    assert after([3.0, 0.0, 2.0, *[0.0] * 7]).taken == 2


def test_an_answer_always_keeps_one_thread():
    assert Pace(taken=9).threads(wanted=4, cores=4) == 1
    assert Pace(taken=1).threads(wanted=4, cores=4) == 3
    assert Pace(taken=1).threads(wanted=2, cores=4) == 2
    assert Pace().threads(wanted=8, cores=4) == 8


@given(st.lists(st.floats(0, 8), min_size=1, max_size=40))
def test_it_never_takes_more_than_was_needed_nor_leaves_less_at_once(readings):
    pace, now = Pace(), 0.0
    for busy in readings:
        now += STEP
        pace = decide(pace, busy, now)
        assert pace.taken >= int(busy + 0.5)
        assert pace.taken <= max(int(b + 0.5) for b in readings)
