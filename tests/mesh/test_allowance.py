import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.mesh.allowance import Allowance


def test_a_burst_is_free_and_what_follows_takes_its_time():
    allowance = Allowance(rate=10, burst=20, now=0)

    assert allowance.use(20, now=0) == 0
    assert allowance.use(5, now=0) == pytest.approx(0.5)
    assert allowance.use(10, now=0.5) == pytest.approx(1.0)


def test_it_refills_to_the_burst_and_no_further():
    allowance = Allowance(rate=10, burst=20, now=0)
    allowance.use(20, now=0)

    assert allowance.use(20, now=1000) == 0
    assert allowance.use(1, now=1000) == pytest.approx(0.1)


def test_what_is_not_there_is_not_taken():
    allowance = Allowance(rate=1, burst=2, now=0)

    assert allowance.try_use(2, now=0)
    assert not allowance.try_use(1, now=0.5)
    assert allowance.try_use(1, now=1)


def test_a_clock_that_jumps_back_gives_nothing():
    allowance = Allowance(rate=1, burst=1, now=100)
    allowance.use(1, now=100)

    assert not allowance.try_use(1, now=50)
    assert not allowance.try_use(1, now=100.5)
    assert allowance.try_use(1, now=101)


def test_an_allowance_of_nothing_is_refused():
    with pytest.raises(ValueError, match="allow"):
        Allowance(rate=0, burst=1, now=0)


@given(
    rate=st.floats(0.1, 1e6),
    burst=st.floats(0.1, 1e6),
    amounts=st.lists(st.floats(0, 1e5), max_size=50),
)
def test_who_waits_as_told_keeps_to_the_rate(rate, burst, amounts):
    allowance = Allowance(rate, burst, now=0)
    now, used = 0.0, 0.0

    for amount in amounts:
        used += amount
        now += allowance.use(amount, now)

        assert used <= (burst + rate * now) * (1 + 1e-9) + 1e-6
