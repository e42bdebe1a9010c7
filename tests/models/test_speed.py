import pytest
from msgspec import structs

from closedmesh.models.speed import FRESH_FOR, Run, Taken, fresh, run_of, speed_of

TAKEN = Taken(prompt_tokens=200, started=10.0, first=12.0, first_count=1, last=13.0, last_count=33)


def test_reading_and_writing_have_speeds_of_their_own():
    assert run_of(TAKEN, 5.0) == Run(5.0, prefill_tps=100.0, decode_tps=32.0)


@pytest.mark.parametrize(
    "changes", [{"last_count": 1}, {"last": 12.0}, {"prompt_tokens": 0}, {"first": 10.0}]
)
def test_too_short_a_run_says_nothing(changes):
    assert run_of(structs.replace(TAKEN, **changes), 5.0) is None


def test_one_slow_run_does_not_move_the_figure():
    runs = [Run(float(i), 100.0 + i, 50.0) for i in range(4)] + [Run(9.0, 1.0, 1.0)]
    speed = speed_of(runs, threads=2, build="b")
    assert (speed.prefill_tps, speed.decode_tps) == (101.0, 50.0)
    assert (speed.samples, speed.measured, speed.threads, speed.build) == (5, 9.0, 2, "b")
    assert speed_of([], 2, "b") is None


def test_old_runs_and_those_of_a_wrong_clock_do_not_count():
    now = 2 * FRESH_FOR
    runs = [Run(at, 1.0, 1.0) for at in (now - FRESH_FOR, now - 1, now, now + 60)]
    assert fresh(runs, now) == runs[1:3]
