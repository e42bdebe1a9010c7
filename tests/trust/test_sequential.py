import math
from statistics import mean

import pytest

from closedmesh.trust.draws import Draw
from closedmesh.trust.sequential import (
    ALPHA,
    BETA,
    DEVIATION,
    HONEST_FAILURES,
    LIMIT,
    LONGEST,
    Decision,
    FailureTest,
    Running,
    failed_outright,
    seed_step,
    spread_step,
)

MEAN = -2.4


def normal(draw, centre):
    return centre + DEVIATION * math.sqrt(-2 * math.log1p(-draw.fraction())) * math.cos(
        2 * math.pi * draw.fraction()
    )


def until_decided(steps):
    test, decision, checks = Running(), Decision.OPEN, 0
    while decision is Decision.OPEN:
        test, decision = test.plus(next(steps))
        checks += 1
    return decision, checks


def spreads(centre, name):
    draw = Draw(b"s" * 32, name.encode())
    while True:
        yield spread_step(normal(draw, centre), MEAN)


def test_honest_peers_are_cleared_and_never_convicted():
    steps = spreads(MEAN, "honest")
    decided = [until_decided(steps) for _ in range(3000)]
    assert all(decision is Decision.CLEARED for decision, _ in decided)
    assert mean(checks for _, checks in decided) < 6


@pytest.mark.parametrize(("off", "most"), [(0.45, 12), (0.8, 4), (2.0, 3.01)])
def test_others_are_convicted_soon(off, most):
    steps = spreads(MEAN + off, f"off by {off}")
    decided = [until_decided(steps) for _ in range(400)]
    assert sum(decision is Decision.CONVICTED for decision, _ in decided) >= 398
    assert mean(checks for _, checks in decided) <= most


def test_what_convicts_is_as_unlikely_as_stated():
    """A likelihood ratio of 1/alpha is reached by honest peers with a chance of alpha at most
    (Ville); this looks at the bound itself, at a level where it can be counted."""
    steps = spreads(MEAN, "counted")
    level = math.log(1 / 0.02)
    reached = 0
    for _ in range(3000):
        evidence = 0.0
        while -6 < evidence < level:
            evidence += next(steps)
        reached += evidence >= level
    # three standard deviations above 2 % of 3,000
    assert reached <= 60 + 3 * 60**0.5


def test_no_single_check_decides():
    for step in (1e9, -1e9):
        test, decision = Running().plus(step)
        assert decision is Decision.OPEN
        assert abs(test.evidence) == LIMIT


def test_a_test_that_finds_nothing_ends():
    test, decision = Running(), Decision.OPEN
    for _ in range(LONGEST):
        assert decision is Decision.OPEN
        test, decision = test.plus(0.0)
    assert (test, decision) == (Running(), Decision.UNDECIDED)


def test_a_decision_begins_anew():
    test, decision = Running(13.0, 2).plus(6.0)
    assert (test, decision) == (Running(), Decision.CONVICTED)


@pytest.mark.parametrize(("rate", "tokens"), [(0.136, 400), (0.30, 80), (0.8, 60)])
def test_a_seed_that_is_missed_often_convicts_without_any_numbers(rate, tokens):
    draw = Draw(b"s" * 32, str(rate).encode())

    def steps():
        while True:
            missed = sum(draw.chance(rate) for _ in range(16))
            yield seed_step(missed, 16, 0.035)

    stream = steps()
    decided = [until_decided(stream) for _ in range(100)]
    assert all(decision is Decision.CONVICTED for decision, _ in decided)
    assert mean(checks for _, checks in decided) * 16 <= tokens


def failing(share, name):
    draw = Draw(b"s" * 32, name.encode())
    test, decision, checks = FailureTest(), Decision.OPEN, 0
    while decision is not Decision.CONVICTED and checks < 5000:
        test, decision = test.seen(failed=draw.chance(share))
        checks += 1
    return checks


@pytest.mark.parametrize(
    ("share", "most"), [(1.0, 3), (0.5, 8), (0.25, 18), (0.1, 55), (0.05, 140)]
)
def test_a_peer_that_cheats_sometimes_is_found(share, most):
    assert mean(failing(share, f"{share}/{n}") for n in range(100)) <= most


def test_an_honest_peer_with_rare_failures_is_not():
    draw = Draw(b"s" * 32, b"rare")
    test = FailureTest()
    for _ in range(50_000):
        test, decision = test.seen(failed=draw.chance(HONEST_FAILURES))
        assert decision is not Decision.CONVICTED


def test_failing_outright_is_rarer_than_assumed():
    draw = Draw(b"s" * 32, b"outright")
    failures = sum(failed_outright(normal(draw, MEAN), MEAN) for _ in range(20_000))
    assert failures / 20_000 <= HONEST_FAILURES
    assert failed_outright(MEAN + 0.75, MEAN)


def test_the_promise():
    assert (ALPHA, BETA) == (1e-6, 1e-3)
