from types import SimpleNamespace

import psutil
import pytest

from closedmesh.host import readings


def sensors(**named):
    return {
        name: [SimpleNamespace(current=value) for value in values] for name, values in named.items()
    }


@pytest.mark.parametrize(
    ("found", "hottest"),
    [
        (sensors(coretemp=[51.0, 63.0], nvme=[80.0]), 63.0),
        (sensors(k10temp=[44.0], amdgpu=[71.0]), 71.0),
        (sensors(coretemp=[0.0, 4095.0]), None),
        (sensors(iwlwifi=[40.0]), None),
        ({}, None),
    ],
)
def test_the_hottest_believable_sensor_of_processor_and_gpu_counts(found, hottest):
    assert readings.hottest(found) == hottest


def test_this_computer_can_be_asked():
    value = readings.celsius()
    assert value is None or 0 < value < readings.HOTTEST
    assert readings.metered() in (None, True, False)


def supply(root, name, **files):
    folder = root / "class" / "power_supply" / name
    folder.mkdir(parents=True)
    for file, value in files.items():
        (folder / file).write_text(f"{value}\n")


def test_a_computer_without_a_battery_is_neither_on_battery_nor_off_it(tmp_path):
    supply(tmp_path, "mouse", type="Battery", scope="Device")
    supply(tmp_path, "ups", type="UPS")
    assert readings.battery(tmp_path) == (None, None)


@pytest.mark.parametrize(("plugged", "on_battery"), [(True, False), (False, True), (None, None)])
def test_a_laptop_says_whether_it_runs_on_battery(tmp_path, monkeypatch, plugged, on_battery):
    supply(tmp_path, "BAT0", type="Battery")
    found = SimpleNamespace(percent=62, power_plugged=plugged)
    monkeypatch.setattr(psutil, "sensors_battery", lambda: found)
    assert readings.battery(tmp_path) == (on_battery, 62.0)
