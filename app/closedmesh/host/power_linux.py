"""Power on Linux, from sysfs: the battery while it discharges, RAPL where it may be read, and
the sensors of AMD's and Intel's GPUs.

Since CVE-2020-8694 RAPL's counters are readable by root alone; nothing here tries to change that.
"""

from pathlib import Path

from closedmesh.models.energy import Kind, Reading, Scope

MICRO = 1e-6


class SystemPower:
    """Reads the files below `root`, which is `/sys` unless a test lays another one."""

    def __init__(self, root: Path = Path("/sys")) -> None:
        self._root = root
        self._counters: dict[Path, tuple[int, float]] = {}

    def read(self, now: float) -> list[Reading]:
        """All readings; `now` in seconds."""
        return [*self._batteries(), *self._packages(now), *self._gpus(now)]

    def _batteries(self) -> list[Reading]:
        watts = [
            found
            for battery in sorted(self._root.glob("class/power_supply/*"))
            if _word(battery / "type") == "Battery"
            # A mouse's or keyboard's battery is no battery of this computer.
            and _word(battery / "scope") != "Device"
            and _word(battery / "status") == "Discharging"
            and (found := _battery_watts(battery)) is not None
        ]
        if not watts:
            return []
        return [Reading(sum(watts), Scope.WHOLE, Kind.MEASURED, "battery")]

    def _packages(self, now: float) -> list[Reading]:
        found = []
        for zone in sorted(self._root.glob("class/powercap/intel-rapl:?")):
            if not (_word(zone / "name") or "").startswith("package"):
                continue
            wrap = _number(zone / "max_energy_range_uj")
            watts = self._rate(zone / "energy_uj", now, wrap)
            if watts is not None:
                found.append(Reading(watts, Scope.PROCESSOR, Kind.MODELLED, "RAPL"))
        return found

    def _gpus(self, now: float) -> list[Reading]:
        found = []
        for sensor in sorted(self._root.glob("class/hwmon/hwmon*")):
            name = _word(sensor / "name")
            watts = None
            if name == "amdgpu":
                value = _number(sensor / "power1_average")
                value = _number(sensor / "power1_input") if value is None else value
                watts = None if value is None else value * MICRO
            elif name in ("xe", "i915"):
                watts = self._rate(sensor / "energy1_input", now, None)
            if watts is not None:
                found.append(Reading(watts, Scope.GPU, Kind.MEASURED, f"{name} sensor"))
        return found

    def _rate(self, path: Path, now: float, wrap: int | None) -> float | None:
        """Watts from a counter of microjoules since the last look; `wrap` is where it restarts."""
        value = _number(path)
        if value is None:
            return None
        before = self._counters.get(path)
        self._counters[path] = (value, now)
        if before is None or now <= before[1]:
            return None
        joules = value - before[0]
        if joules < 0:
            if wrap is None:
                return None
            joules += wrap
        return joules * MICRO / (now - before[1])


def _battery_watts(battery: Path) -> float | None:
    power = _number(battery / "power_now")
    if power is not None:
        return abs(power) * MICRO
    current, voltage = _number(battery / "current_now"), _number(battery / "voltage_now")
    if current is None or voltage is None:
        return None
    return abs(current) * MICRO * voltage * MICRO


def _word(path: Path) -> str | None:
    try:
        return path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None


def _number(path: Path) -> int | None:
    try:
        return int(_word(path) or "")
    except ValueError:
        return None
