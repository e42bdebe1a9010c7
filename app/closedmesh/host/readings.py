"""What this computer's surroundings say, for the rules of sharing: mains, charge, heat, network.

Every reading is `None` where the system does not tell. All of them may take a moment: call them
outside the event loop.
"""

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

import psutil

from closedmesh.host.files import word_in

if sys.platform == "linux":
    from closedmesh.host.network_linux import metered
elif sys.platform == "win32":
    from closedmesh.host.network_windows import metered
else:
    from closedmesh.host.network_macos import metered

__all__ = ["battery", "celsius", "metered"]

PROCESSOR_SENSORS = ("coretemp", "k10temp", "zenpower", "cpu_thermal", "amdgpu", "xe", "nouveau")
"""Names that Linux gives the sensors of processors and GPUs; disks and radios do not count."""

HOTTEST = 150.0
"""Degrees Celsius; what claims more is a broken sensor."""


class Sensor(Protocol):
    """One sensor as psutil gives it."""

    current: float


def battery(root: Path = Path("/sys")) -> tuple[bool | None, float | None]:
    """Whether this computer runs on battery, and its charge in percent. A UPS is no battery of a
    laptop: it is there to shut down in order."""
    if sys.platform == "linux" and not _has_own_battery(root):
        return None, None
    found: Any = psutil.sensors_battery()  # its stubs know no computer without one
    if found is None:
        return None, None
    plugged = found.power_plugged
    return (None if plugged is None else not plugged), float(found.percent)


def _has_own_battery(root: Path) -> bool:
    return any(
        word_in(supply / "type") == "Battery" and word_in(supply / "scope") != "Device"
        for supply in root.glob("class/power_supply/*")
    )


def celsius() -> float | None:
    """The hottest sensor of processor or GPU."""
    read = getattr(psutil, "sensors_temperatures", None)  # Linux and FreeBSD alone
    return None if read is None else hottest(read())


def hottest(sensors: Mapping[str, Sequence[Sensor]]) -> float | None:
    """The highest believable temperature of the sensors that matter."""
    values = [
        sensor.current
        for name in PROCESSOR_SENSORS
        for sensor in sensors.get(name, ())
        if 0 < sensor.current < HOTTEST
    ]
    return max(values, default=None)
