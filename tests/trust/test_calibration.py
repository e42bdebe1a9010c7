from statistics import mean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.trust.calibration import Calibration, Key, Record, resolution
from closedmesh.trust.sequential import DEVIATION

KEY = Key("w" * 64, "cpu", "cuda flash")


def record(spreads, missed=1, tokens=48):
    after = Record()
    for spread in spreads:
        after = after.seen(spread, missed, tokens)
    return after


@given(st.lists(st.floats(-5, 1), min_size=2, max_size=40))
def test_running_sums_are_mean_and_deviation(spreads):
    after = record(spreads)
    assert after.mean == pytest.approx(mean(spreads), abs=1e-9)
    assert after.deviation == pytest.approx(max(DEVIATION, stdev(spreads)), abs=1e-9)


def test_a_class_nobody_has_seen_convicts_nobody():
    assert not Calibration().of(KEY).clean
    assert not record([-2.4] * 19).clean
    assert record([-2.4] * 20).clean


def test_a_noisy_class_convicts_nobody():
    assert not record([-2.8, -2.0] * 20).clean


def test_classes_are_kept_apart():
    other = Key(KEY.weights, KEY.reference, "cpu")
    calibration = Calibration().seen(KEY, -2.0, 2, 48).seen(other, -7.0, 0, 48)
    assert calibration.of(KEY).mean == -2.0
    assert calibration.of(other).mean == -7.0
    assert Calibration().of(KEY).checks == 0


def test_the_rate_of_misses_is_taken_on_the_high_side():
    after = record([-2.4] * 30, missed=2, tokens=50)
    assert 0.04 < after.miss_rate < 0.06
    assert record([-2.4], missed=0).miss_rate > 0.02
    assert Record().miss_rate == 0.05


def test_a_verdict_says_what_it_can_tell_apart():
    sharp = resolution("Q8_0", record([-2.6] * 30))
    assert {"Q4_K_M", "Q4_0", "Q2_K", "Q5_1"} <= set(sharp.told)
    assert {"F16"} <= set(sharp.not_told)
    assert str(sharp).startswith("can tell Q8_0 from Q5_K_M")
    assert "not from" in str(sharp)


def test_a_noisier_class_tells_less():
    noisy = resolution("Q8_0", record([-2.2, -1.8] * 15))
    assert set(noisy.told) < set(resolution("Q8_0", record([-2.6] * 30)).told)
    assert str(resolution("Q8_0", record([-0.2] * 30))) == (
        "cannot tell Q8_0 from any other quantisation"
    )
