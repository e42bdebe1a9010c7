from hypothesis import given
from hypothesis import strategies as st

from closedmesh.mesh.breaker import FIRST_REST, LONGEST_REST, TRIAL, WINDOW, Breaker


def failed(times, breaker=None):
    breaker = breaker or Breaker()
    for now in times:
        breaker = breaker.failed(now)
    return breaker


def test_two_failures_are_forgiven():
    assert failed([0, 1]).allows(1)


def test_three_failures_in_half_a_minute_open_it():
    breaker = failed([0, 10, 29])

    assert not breaker.allows(29 + FIRST_REST - 0.1)
    assert breaker.allows(29 + FIRST_REST)


def test_failures_far_apart_do_not():
    assert failed([0, WINDOW, 2 * WINDOW, 3 * WINDOW]).allows(3 * WINDOW)


def test_one_question_is_tried_after_a_rest():
    breaker = failed([0, 0, 0]).trying(20)

    assert not breaker.allows(20 + TRIAL - 0.1)
    assert breaker.allows(20 + TRIAL)
    assert breaker.answered() == Breaker()


def test_a_failed_trial_doubles_the_rest_up_to_ten_minutes():
    breaker, now, rests = failed([0, 0, 0]), 0.0, []
    for _ in range(9):
        now = breaker.blocked_until
        breaker = breaker.trying(now).failed(now)
        rests.append(breaker.blocked_until - now)

    assert rests == [20, 40, 80, 160, 320, 600, 600, 600, 600]
    assert rests[-1] == LONGEST_REST


def test_an_answer_makes_all_good():
    assert failed([0, 1]).answered() == Breaker()
    assert failed([50, 51], failed([0, 1]).answered()).allows(51)


def test_a_closed_one_needs_no_trial():
    assert Breaker().trying(5) == Breaker()


@given(st.lists(st.tuples(st.sampled_from(["failed", "trying", "answered"]), st.floats(0, 99))))
def test_nobody_is_left_alone_for_longer_than_the_longest_rest(steps):
    breaker, now = Breaker(), 0.0
    for name, wait in steps:
        now += wait
        breaker = breaker.answered() if name == "answered" else getattr(breaker, name)(now)
        assert breaker.allows(now + LONGEST_REST)
