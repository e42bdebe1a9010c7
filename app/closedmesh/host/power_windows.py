"""Power on Windows: the battery's rate of discharge, as the system reports it, and the energy
meters of the processor where there are any."""

import ctypes
import struct
import sys

from closedmesh.models.energy import Kind, Reading, Scope

SYSTEM_BATTERY_STATE = 5
"""Of `POWER_INFORMATION_LEVEL`."""

STATE = struct.Struct("<4?4xIIiIII")
"""`SYSTEM_BATTERY_STATE`: on line, present, charging, discharging; capacity and what is left of
it in mWh, rate in mW, seconds left, two alerts."""

UNKNOWN_RATE = -(1 << 31)


def decode(state: bytes) -> list[Reading]:
    """What `SYSTEM_BATTERY_STATE` says: the whole computer's power while it discharges."""
    _on_line, present, _charging, discharging, _capacity, _left, rate, *_ = STATE.unpack(state)
    if not present or not discharging or rate in (0, UNKNOWN_RATE):
        return []
    return [Reading(abs(rate) / 1000, Scope.WHOLE, Kind.MEASURED, "battery")]


if sys.platform == "win32":
    from closedmesh.host.devices_windows import open_all
    from closedmesh.host.power_emi import Meters

    class SystemPower:
        """The sources of a Windows computer."""

        def __init__(self) -> None:
            self._meters = Meters(open_all())

        def read(self, _now: float) -> list[Reading]:
            """All readings."""
            return [*self._battery(), *self._meters.read()]

        def _battery(self) -> list[Reading]:
            buffer = ctypes.create_string_buffer(STATE.size)
            call = ctypes.WinDLL("powrprof").CallNtPowerInformation
            result = call(SYSTEM_BATTERY_STATE, None, 0, buffer, STATE.size)
            return decode(buffer.raw) if result == 0 else []
