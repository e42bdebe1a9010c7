import pytest

from closedmesh.engine.pace import FEWEST, Pace


def test_before_anything_is_measured_pieces_are_small():
    assert Pace().chunk(1.0, 512) == 4 * FEWEST
    assert Pace().reading(100) == 0.0
    assert Pace().step(1) is None


def test_a_piece_takes_as_long_as_it_may():
    pace = Pace()
    pace.read(200, 1.0)
    assert pace.chunk(0.5, 512) == 100
    assert pace.chunk(10.0, 512) == 512
    assert pace.chunk(0.001, 512) == FEWEST
    assert pace.reading(50) == pytest.approx(0.25)


def test_few_tokens_say_nothing_of_many():
    pace = Pace()
    pace.read(200, 1.0)
    pace.read(FEWEST - 1, 10.0)
    assert pace.chunk(0.5, 512) == 100


def test_steps_are_averaged_by_what_was_in_them():
    pace = Pace()
    for _ in range(50):
        pace.wrote(1, 0, 0.01)
        pace.wrote(4, 0, 0.03)
    assert (pace.step(1), pace.step(4)) == (pytest.approx(0.01), pytest.approx(0.03))
    pace.wrote(1, 0, 0.02)
    assert 0.01 < pace.step(1) < 0.02


def test_guesses_are_thought_cheap_until_they_were_measured():
    pace = Pace()
    pace.wrote(1, 0, 0.01)
    assert 0.01 < pace.step(1, 4) < 0.02
    pace.wrote(1, 4, 0.04)
    assert pace.step(1, 4) == pytest.approx(0.04)


def test_what_guesses_cost_is_known_beside_a_step_without_them():
    pace = Pace()
    pace.wrote(1, 0, 0.08)
    pace.wrote(1, 4, 0.16)
    for _ in range(50):
        pace.wrote(1, 0, 0.01)
    assert pace.step(1, 4) == pytest.approx(0.02, rel=0.01)
