"""Lines as Windows keeps them; this project could not read its registry itself."""

import sys

import pytest

from closedmesh.host.microphone_windows import EPOCH, TICKS, Use, any_now, runs

BOOTED = 1_700_000_000.0
PROGRAM = r"C:\Program Files\Call\call.exe"


def since_start(seconds):
    return int((BOOTED + EPOCH + seconds) * TICKS)


@pytest.mark.parametrize(
    ("use", "answer"),
    [
        (Use(PROGRAM, since_start(60), 0), True),
        (Use("", since_start(60), 0), True),
        (Use(PROGRAM, since_start(60), since_start(90)), False),
        (Use(PROGRAM, since_start(-60), 0), False),  # the computer broke off
        (Use(r"C:\gone.exe", since_start(60), 0), False),  # the program did
        (Use(PROGRAM, 0, 0), False),  # it may, and never did
    ],
)
def test_only_what_goes_on_counts(use, answer):
    assert any_now([use], BOOTED, lambda path: path == PROGRAM) is answer


def test_one_of_many_is_enough():
    over = Use(PROGRAM, since_start(1), since_start(2))
    assert any_now([over, Use("", since_start(3), 0)], BOOTED, lambda _: False)
    assert not any_now([over], BOOTED, lambda _: True)


def test_a_program_that_runs_is_found_by_its_path():
    import psutil  # noqa: PLC0415

    assert runs(psutil.Process().exe().upper())
    assert not runs(sys.executable + "-not")
