"""What this computer has, and how much of it is free: measured, in bytes."""

import logging
import os
import platform
import sys
from pathlib import Path

import psutil

from closedmesh.status import Memory

log = logging.getLogger(__name__)

CPUINFO = Path("/proc/cpuinfo")

LOW, LOWEST = 10, 19
"""Unix's figures for priorities below the usual 0."""


def physical_cores() -> int:
    """Cores that this process may use, counting two threads of one core once."""
    physical = psutil.cpu_count(logical=False) or psutil.cpu_count() or 1
    allowed = getattr(psutil.Process(), "cpu_affinity", None)  # macOS has no such thing
    return max(1, min(physical, len(allowed()))) if allowed else physical


def memory() -> Memory:
    """Main memory; inside a container what its limit leaves."""
    found = psutil.virtual_memory()
    limit = _container_limit()
    if limit is None or limit[0] >= found.total:
        return Memory(found.total, found.available)
    total, used = limit
    return Memory(total, min(found.available, max(0, total - used)))


def _container_limit(folder: Path = Path("/sys/fs/cgroup")) -> tuple[int, int] | None:
    """Limit and use of this control group (version 2), less what is only cached files."""
    try:
        limit = int((folder / "memory.max").read_text())
        used = int((folder / "memory.current").read_text())
        stat = dict(line.split() for line in (folder / "memory.stat").read_text().splitlines())
    except (OSError, ValueError):
        return None
    return limit, max(0, used - int(stat.get("inactive_file", 0)))


def processor_seconds(pid: int) -> float:
    """What a process has used of the processor so far; 0 if it is gone."""
    try:
        times = psutil.Process(pid).cpu_times()
    except psutil.Error:
        return 0.0
    return float(times.user + times.system)


def resident(pid: int) -> int:
    """Memory that a process holds, mapped files included; 0 if it is gone."""
    if pid <= 0:
        return 0
    try:
        return int(psutil.Process(pid).memory_info().rss)
    except psutil.Error:
        return 0


def disk_free(path: Path) -> int:
    """Space that this account may still use on the disk of `path`."""
    return int(psutil.disk_usage(str(path)).free)


def processor() -> str:
    """The processor's name, for people."""
    return _name_in(CPUINFO) or platform.processor() or platform.machine()


def _name_in(cpuinfo: Path) -> str | None:
    try:
        lines = cpuinfo.read_text().splitlines()
    except OSError:
        return None
    for line in lines:
        key, _, value = line.partition(":")
        if key.strip() in ("model name", "Hardware", "Model"):
            return value.strip()
    return None


def set_low_priority(pid: int, *, lowest: bool = False) -> None:
    """Let other programs go first, with `lowest` as far as the system knows. A system that
    forbids it is left alone: many let nobody take back a step, which costs nothing while no other
    program wants the processor."""
    try:
        if sys.platform == "win32":
            kind = psutil.IDLE_PRIORITY_CLASS if lowest else psutil.BELOW_NORMAL_PRIORITY_CLASS
            psutil.Process(pid).nice(kind)
        else:
            nice = LOWEST if lowest else max(LOW, os.getpriority(os.PRIO_PROCESS, 0))
            for thread in _threads(pid):
                os.setpriority(os.PRIO_PROCESS, thread, nice)
    except (psutil.Error, OSError) as error:
        log.debug("the priority stays as it is: %s", type(error).__name__)


def _threads(pid: int) -> list[int]:
    """What has a priority of its own: each thread on Linux, the process elsewhere."""
    if sys.platform != "linux":
        return [pid]
    return [thread.id for thread in psutil.Process(pid).threads()]
