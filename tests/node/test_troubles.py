import pytest

from closedmesh.models.chat import ModelHash
from closedmesh.node.troubles import FIRST_PAUSE, GOOD_RUN, LONGEST_PAUSE, Troubles

MODEL, OTHER = ModelHash("a" * 64), ModelHash("b" * 64)


@pytest.fixture
def troubles(clock):
    return Troubles(clock)


def test_nothing_is_wrong_with_a_model_that_never_failed(troubles):
    assert (troubles.problem(MODEL), troubles.deaths(MODEL), troubles.pause(MODEL)) == ("", 0, 0.0)


def test_each_death_in_a_row_doubles_the_pause_up_to_a_limit(troubles, clock):
    pauses = []
    for _ in range(12):
        troubles.died(MODEL, "killed", since=clock.monotonic())
        pauses.append(troubles.pause(MODEL))
    assert pauses[:4] == [0.0, FIRST_PAUSE, 2 * FIRST_PAUSE, 4 * FIRST_PAUSE]
    assert pauses[-1] == LONGEST_PAUSE
    assert troubles.pause(OTHER) == 0.0


async def test_a_pause_passes(troubles, clock):
    for _ in range(2):
        troubles.died(MODEL, "killed", since=clock.monotonic())
    await clock.advance(FIRST_PAUSE / 2)
    assert troubles.pause(MODEL) == FIRST_PAUSE / 2
    await clock.advance(FIRST_PAUSE)
    assert troubles.pause(MODEL) == 0.0


async def test_a_long_good_run_makes_the_next_death_the_first(troubles, clock):
    for _ in range(3):
        troubles.died(MODEL, "killed", since=clock.monotonic())
    since = clock.monotonic()
    await clock.advance(GOOD_RUN + 1)
    troubles.died(MODEL, "killed", since=since)
    assert troubles.deaths(MODEL) == 1


def test_a_refusal_is_no_death_and_is_over_when_it_loads(troubles):
    troubles.refused(MODEL, "too little memory")
    assert (troubles.problem(MODEL), troubles.deaths(MODEL)) == ("too little memory", 0)
    troubles.over(MODEL)
    troubles.over(OTHER)
    assert troubles.problem(MODEL) == ""
