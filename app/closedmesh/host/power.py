"""Reads what this computer draws, as an ordinary user, from whatever it offers.

`PowerMeter.read` gives the readings of this moment, best sources first within a system; which of
them may be added is `models.energy.combine`'s business. A source that does not answer is left
out, and none is ever forced: the counters that only root may read stay closed.
"""

import os
import sys
from collections.abc import Iterable

import psutil

from closedmesh.host import hardware
from closedmesh.host.power_nvidia import Nvidia
from closedmesh.models.energy import Reading, estimated

if sys.platform == "win32":
    from closedmesh.host.power_windows import SystemPower
elif sys.platform == "darwin":
    from closedmesh.host.power_macos import SystemPower
else:
    from closedmesh.host.power_linux import SystemPower

IDLE_WATTS_A_CORE = 1.5
FULL_WATTS_A_CORE = 9.0
"""A desktop processor's package, per physical core: between a laptop's 4 and a workstation's 15.
Good to +-50 %, which is what *estimated* means."""


class PowerMeter:
    """All sources of this computer."""

    def __init__(self) -> None:
        self._nvidia = Nvidia()
        self._system = SystemPower()

    def read(self, now: float) -> list[Reading]:
        """Everything that can be read. `now` is seconds of a clock that never goes back; counters
        give their mean since the last call, and nothing at the first."""
        return [*self._system.read(now), *self._nvidia.read()]

    def close(self) -> None:
        """Let go of the driver."""
        self._nvidia.close()


class LoadMeter:
    """Estimates the processor's power from its load, and this program's part of it."""

    def __init__(self) -> None:
        self._cores = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
        self._spent: dict[int, float] = {}
        self._since: float | None = None
        psutil.cpu_percent(interval=None)

    def read(self, now: float, workers: Iterable[int]) -> Reading:
        """The mean since the last call; `now` in seconds of a clock that never goes back.
        `workers` are the process ids of our models."""
        spent = {pid: hardware.processor_seconds(pid) for pid in (os.getpid(), *workers)}
        since, self._since = self._since, now
        # A worker that began since the last look has spent all of its time in between.
        new = sum(max(0.0, used - self._spent.get(pid, 0.0)) for pid, used in spent.items())
        self._spent = spent
        threads = psutil.cpu_count() or 1
        own = 0.0 if since is None or now <= since else new / (now - since) / threads
        load = psutil.cpu_percent(interval=None) / 100
        idle, full = self._cores * IDLE_WATTS_A_CORE, self._cores * FULL_WATTS_A_CORE
        return estimated(load, own, idle, full)
