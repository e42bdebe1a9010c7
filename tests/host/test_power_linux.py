from pathlib import Path

import pytest

from closedmesh.host.power_linux import SystemPower
from closedmesh.models.energy import Kind, Reading, Scope

WRAP = 262_143_328_850


@pytest.fixture
def sysfs(tmp_path):
    def write(folder: str, **files: object) -> Path:
        path = tmp_path / "class" / folder
        path.mkdir(parents=True, exist_ok=True)
        for name, value in files.items():
            (path / name).write_text(f"{value}\n")
        return tmp_path

    return write


def test_a_computer_without_sensors_says_nothing(tmp_path):
    assert SystemPower(tmp_path).read(0.0) == []


def test_a_discharging_battery_is_the_whole_machine(sysfs):
    root = sysfs("power_supply/BAT0", type="Battery", status="Discharging", power_now=17_100_000)
    sysfs("power_supply/BAT1", type="Battery", status="Discharging",
          current_now=-1_500_000, voltage_now=11_400_000)  # fmt: skip
    (reading,) = SystemPower(root).read(0.0)
    assert reading.watts == pytest.approx(34.2)
    assert (reading.scope, reading.kind, reading.source) == (
        Scope.WHOLE, Kind.MEASURED, "battery",
    )  # fmt: skip


@pytest.mark.parametrize(
    "supply",
    [
        {"type": "Battery", "status": "Charging", "power_now": 5},
        {"type": "Battery", "status": "Discharging", "scope": "Device", "power_now": 5},
        {"type": "UPS", "status": "Discharging", "power_now": 5},
        {"type": "Mains", "online": 1},
        {"type": "Battery", "status": "Discharging", "power_now": "broken"},
    ],
)
def test_other_supplies_say_nothing_of_this_computer(sysfs, supply):
    assert SystemPower(sysfs("power_supply/x", **supply)).read(0.0) == []


def test_rapl_gives_the_mean_since_the_last_look_and_may_wrap(sysfs):
    zone = {"name": "package-0", "max_energy_range_uj": WRAP}
    root = sysfs("powercap/intel-rapl:0", energy_uj=WRAP - 10_000_000, **zone)
    sysfs("powercap/intel-rapl:0:0", name="core", energy_uj=5)
    power = SystemPower(root)
    assert power.read(100.0) == []
    sysfs("powercap/intel-rapl:0", energy_uj=30_000_000, **zone)
    (reading,) = power.read(102.0)
    assert reading == Reading(20.0, Scope.PROCESSOR, Kind.MODELLED, "RAPL")
    assert power.read(102.0) == []


def test_gpus_are_read_from_their_own_sensors(sysfs):
    root = sysfs("hwmon/hwmon1", name="amdgpu", power1_average=87_000_000)
    sysfs("hwmon/hwmon2", name="amdgpu", power1_input=12_000_000)
    sysfs("hwmon/hwmon3", name="xe", energy1_input=5_000_000)
    sysfs("hwmon/hwmon4", name="nvme", power1_input=99)
    power = SystemPower(root)
    assert [reading.watts for reading in power.read(0.0)] == [87.0, 12.0]
    sysfs("hwmon/hwmon3", name="xe", energy1_input=65_000_000)
    readings = power.read(2.0)
    assert [reading.watts for reading in readings] == [87.0, 12.0, 30.0]
    assert {reading.scope for reading in readings} == {Scope.GPU}


def test_a_counter_that_fell_without_a_known_end_is_left_out_once(sysfs):
    root = sysfs("hwmon/hwmon0", name="i915", energy1_input=9_000_000)
    power = SystemPower(root)
    power.read(0.0)
    sysfs("hwmon/hwmon0", name="i915", energy1_input=1_000_000)
    assert power.read(1.0) == []
    sysfs("hwmon/hwmon0", name="i915", energy1_input=4_000_000)
    assert power.read(2.0) == [Reading(3.0, Scope.GPU, Kind.MEASURED, "i915 sensor")]
