"""Bytes in the layout that Windows documents; this project could not run the call itself."""

import pytest

from closedmesh.host.power_windows import STATE, UNKNOWN_RATE, decode
from closedmesh.models.energy import Kind, Reading, Scope


def state(*, present=True, discharging=True, rate=-14_250):
    return STATE.pack(
        not discharging, present, False, discharging, 50_000, 31_000, rate, 7800, 0, 0
    )


def test_the_structure_is_as_long_as_windows_says():
    assert STATE.size == 32


def test_a_discharging_battery_is_the_whole_machine():
    assert decode(state()) == [Reading(14.25, Scope.WHOLE, Kind.MEASURED, "battery")]


@pytest.mark.parametrize(
    "said",
    [state(present=False), state(discharging=False), state(rate=0), state(rate=UNKNOWN_RATE)],
)
def test_otherwise_it_says_nothing(said):
    assert decode(said) == []
