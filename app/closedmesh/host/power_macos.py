"""Power on macOS: the battery's own gauge, and the chip's energy model, both without root.

The chip's figures come through `zeus-apple-silicon` and are the system's model, not a sensor. The
battery is read with `ioreg`, whose answer is a property list.
"""

import plistlib
import subprocess
from typing import Any, Protocol
from xml.parsers.expat import ExpatError

from closedmesh.models.energy import Kind, Reading, Scope

IOREG = ("/usr/sbin/ioreg", "-rn", "AppleSmartBattery", "-a")

PATIENCE = 2.0
"""Seconds for `ioreg`, which answers in a few milliseconds."""

SIGNED = 1 << 63
"""ioreg writes a negative current as an unsigned number of 64 bits."""

WINDOW = "closedmesh"


class Energy(Protocol):
    """What is used of `zeus_apple_silicon.AppleEnergyMonitor`: millijoules over a window."""

    def begin_window(self, label: str, restart: bool) -> None: ...  # noqa: FBT001 - its own form
    def end_window(self, label: str) -> Any: ...


class SystemPower:
    """The sources of a Mac."""

    def __init__(self, energy: Energy | None = None) -> None:
        self._energy = energy if energy is not None else _monitor()
        self._since: float | None = None

    def read(self, now: float) -> list[Reading]:
        """All readings; `now` in seconds."""
        return [*battery(_ioreg()), *self._chip(now)]

    def _chip(self, now: float) -> list[Reading]:
        if self._energy is None:
            return []
        since, self._since = self._since, now
        spent = self._energy.end_window(WINDOW) if since is not None else None
        self._energy.begin_window(WINDOW, True)  # noqa: FBT003 - its own form
        if spent is None or since is None or now <= since:
            return []
        parts = (spent.cpu_total_mj, spent.gpu_mj, spent.ane_mj, spent.dram_mj)
        millijoules = sum(part for part in parts if part is not None)
        return [Reading(millijoules / 1000 / (now - since), Scope.CHIP, Kind.MODELLED, "macOS")]


def _monitor() -> Energy | None:
    try:
        from zeus_apple_silicon import AppleEnergyMonitor  # noqa: PLC0415 - only on Apple's chips
    except ImportError:  # an Intel Mac
        return None
    try:
        monitor: Energy = AppleEnergyMonitor()
    except RuntimeError:  # a generation of chips that it does not know
        return None
    return monitor


def _ioreg() -> bytes:
    try:
        answer = subprocess.run(IOREG, check=False, capture_output=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return b""
    return answer.stdout


def battery(answer: bytes) -> list[Reading]:
    """What `ioreg` says of the battery: the whole computer's power while it discharges."""
    try:
        found = plistlib.loads(answer)
    except (plistlib.InvalidFileException, ExpatError, ValueError):
        return []
    if not isinstance(found, list) or not found or not isinstance(found[0], dict):
        return []
    facts: dict[str, Any] = found[0]
    current, voltage = facts.get("InstantAmperage"), facts.get("Voltage")
    if facts.get("ExternalConnected") or not isinstance(current, int):
        return []
    if not isinstance(voltage, int):
        return []
    milliamperes = current - (SIGNED << 1) if current >= SIGNED else current
    if milliamperes >= 0:
        return []
    return [Reading(-milliamperes * voltage / 1e6, Scope.WHOLE, Kind.MEASURED, "battery")]
