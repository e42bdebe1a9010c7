"""Answers in the form that `ioreg -a` gives; this project could not run it itself."""

import plistlib
from types import SimpleNamespace

import pytest

from closedmesh.host import power_macos
from closedmesh.host.power_macos import SystemPower, battery
from closedmesh.models.energy import Kind, Reading, Scope

DISCHARGING = {
    "ExternalConnected": False,
    "IsCharging": False,
    "Voltage": 11_917,
    "InstantAmperage": 18_446_744_073_709_550_178,
    "CurrentCapacity": 6917,
}


def answer(**changes):
    return plistlib.dumps([DISCHARGING | changes])


def test_a_negative_current_written_as_unsigned_is_what_the_machine_draws():
    (reading,) = battery(answer())
    assert reading.watts == pytest.approx(1.438 * 11.917)
    assert (reading.scope, reading.kind) == (Scope.WHOLE, Kind.MEASURED)
    assert battery(answer(InstantAmperage=-1438)) == [reading]


@pytest.mark.parametrize(
    "said",
    [
        answer(ExternalConnected=True),
        answer(InstantAmperage=900),
        answer(InstantAmperage="much"),
        answer(Voltage="high"),
        plistlib.dumps([]),
        plistlib.dumps({"a": 1}),
        b"",
        b"<plist><broken",
        b"\xff" * 40,
    ],
)
def test_on_mains_or_without_sense_the_battery_says_nothing(said):
    assert battery(said) == []


class Chip:
    """Apple's energy model, as `zeus_apple_silicon` gives it."""

    def __init__(self) -> None:
        self.open: set[str] = set()
        self.gpu: int | None = 6_000

    def begin_window(self, label, restart):
        assert restart or label not in self.open
        self.open.add(label)

    def end_window(self, label):
        self.open.remove(label)
        return SimpleNamespace(cpu_total_mj=12_000, gpu_mj=self.gpu, ane_mj=0, dram_mj=None)


def test_the_chips_parts_are_one_figure_of_the_time_between_two_looks(monkeypatch):
    monkeypatch.setattr(power_macos, "_ioreg", lambda: b"")
    power = SystemPower(Chip())
    assert power.read(10.0) == []
    assert power.read(12.0) == [Reading(9.0, Scope.CHIP, Kind.MODELLED, "macOS")]
    assert power.read(12.0) == []
    assert power.read(18.0) == [Reading(3.0, Scope.CHIP, Kind.MODELLED, "macOS")]


def test_where_ioreg_is_not_there_nothing_is_said():
    assert SystemPower().read(0.0) == []
