import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models.energy import (
    LONGEST_GAP,
    Kind,
    Meter,
    Power,
    Reading,
    Scope,
    combine,
    estimated,
)

BATTERY = Reading(31.0, Scope.WHOLE, Kind.MEASURED, "battery")
RAPL = Reading(20.0, Scope.PROCESSOR, Kind.MODELLED, "RAPL")
NVML = Reading(90.0, Scope.GPU, Kind.MEASURED, "NVML")
HWMON = Reading(88.0, Scope.GPU, Kind.MODELLED, "amdgpu")
APPLE = Reading(12.0, Scope.CHIP, Kind.MODELLED, "macOS")
LOAD = estimated(0.5, 0.25, 5.0, 65.0)


@pytest.mark.parametrize(
    ("readings", "power"),
    [
        ([BATTERY, RAPL, NVML], Power(31.0, Kind.MEASURED, "whole machine (battery)")),
        ([RAPL, NVML], Power(110.0, Kind.MODELLED, "CPU package (RAPL) + GPU (NVML)")),
        ([NVML, HWMON], Power(125.0, Kind.ESTIMATED, "CPU package (from its load) + GPU (NVML)")),
        ([APPLE, RAPL], Power(12.0, Kind.MODELLED, "chip (macOS)")),
        ([], Power(35.0, Kind.ESTIMATED, "CPU package (from its load)", 15.0)),
    ],
)
def test_what_is_read_is_never_counted_twice(readings, power):
    assert combine(readings, LOAD) == power


def test_two_gpus_are_two():
    assert combine([RAPL, NVML, NVML]) == Power(
        200.0, Kind.MODELLED, "CPU package (RAPL) + GPU (NVML)"
    )


def test_without_readings_and_estimate_there_is_no_figure():
    assert combine([]) is None


@given(st.floats(-1, 2), st.floats(-1, 2))
def test_an_estimate_stays_between_idle_and_full(load, own):
    reading = estimated(load, own, 5.0, 65.0)
    assert 5.0 <= reading.watts <= 65.0
    assert reading.caused is not None
    assert 0.0 <= reading.caused <= reading.watts - 5.0 + 1e-9


def idle_meter(watts: float = 10.0, until: int = 60) -> Meter:
    meter = Meter()
    for second in range(until + 1):
        meter.sample(watts, float(second))
    return meter


def test_a_known_load_gives_known_watt_hours():
    meter = idle_meter()
    meter.begin("a", 60.3)
    for second in range(61, 181):
        load = 80.0 if second > 61 else 10.0 + 70.0 * 0.7  # a mean over the sample's second
        meter.sample(load, float(second))
    meter.end("a", 180.0)
    caused = meter.take("a")
    assert caused == pytest.approx(70.0 * 119.7 / 3600, rel=0.01)
    assert meter.total_wh == pytest.approx((60 * 10 + 59 + 119 * 80) / 3600, rel=0.01)


def test_the_levels_with_and_without_answers_are_known():
    meter = idle_meter()
    assert (meter.idle_watts, meter.answering_watts) == (10.0, None)
    meter.begin("a", 60.5)
    for second in range(61, 71):
        meter.sample(10.0 if second == 61 else 80.0, float(second))
    meter.end("a", 70.1)
    meter.sample(17.0, 71.0)
    assert (meter.idle_watts, meter.answering_watts) == (10.0, 80.0)


def test_what_answers_add_is_known_though_other_programs_are_as_busy():
    meter = idle_meter(18.0)
    meter.begin("a", 60.0)
    for second in range(61, 71):
        meter.sample(18.0, float(second), 4.0)
    assert meter.answering_watts == 22.0


def test_two_answers_at_once_share_what_they_caused():
    meter = idle_meter()
    meter.begin("a", 60.0)
    meter.begin("b", 60.0)
    for second in range(61, 121):
        meter.sample(100.0, float(second))
    meter.end("a", 120.0)
    for second in range(121, 181):
        meter.sample(70.0, float(second))
    a, b = meter.take("a"), meter.take("b")
    assert a == pytest.approx(45.0 * 60 / 3600, rel=0.01)
    assert b == pytest.approx((45.0 * 60 + 60.0 * 60) / 3600, rel=0.01)


def test_an_answer_shorter_than_a_sample_is_charged_at_the_next_one():
    meter = idle_meter()
    meter.begin("a", 60.2)
    meter.end("a", 60.7)
    meter.sample(45.0, 61.0)
    assert meter.take("a") == pytest.approx(35.0 / 3600, rel=0.01)


@pytest.mark.parametrize("gap", [LONGEST_GAP + 0.1, 8 * 3600.0, -100.0, 0.0])
def test_sleep_jumps_and_missing_samples_make_no_energy(gap):
    meter = idle_meter()
    before = meter.total_wh
    meter.begin("a", 60.0)
    meter.sample(500.0, 60.0 + gap)
    assert meter.total_wh == before
    assert meter.take("a") is None


def test_before_the_idle_level_is_known_nothing_is_attributed():
    meter = Meter()
    meter.begin("a", 0.0)
    for second in range(10):
        meter.sample(80.0, float(second))
    assert meter.idle_watts is None
    assert meter.take("a") is None


def test_where_this_programs_part_is_known_the_level_does_not_matter():
    meter = Meter()
    meter.sample(80.0, 0.0, 0.0)
    meter.begin("a", 0.0)
    for second in range(1, 61):
        meter.sample(80.0, float(second), 12.0)
    assert meter.take("a") == pytest.approx(12.0 / 60)


def test_what_was_taken_is_gone():
    meter = idle_meter()
    meter.begin("a", 60.0)
    meter.sample(80.0, 61.0)
    assert meter.take("a")
    assert meter.take("a") is None


@given(
    st.lists(st.tuples(st.floats(-5, 30), st.floats(0, 500), st.integers(0, 3)), max_size=60),
)
def test_what_answers_caused_is_never_more_than_what_was_drawn(steps):
    meter = idle_meter(5.0, 10)
    drawn_before, now, names = meter.total_wh, 10.0, set()
    for wait, watts, action in steps:
        now += wait
        name = f"answer {action}"
        if name in names:
            meter.end(name, now)
        else:
            meter.begin(name, now)
            names.add(name)
        meter.sample(watts, now)
    caused = sum(meter.take(name) or 0.0 for name in names)
    assert 0.0 <= caused <= meter.total_wh - drawn_before + 1e-9
