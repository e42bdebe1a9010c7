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

LOW = 10
"""Unix's figure for a priority below the usual 0: a tenth of a core beside one busy program, where
19, the lowest, leaves 1.5 %. There an answer beside four busy programs takes many minutes, and who
is no administrator never gets back from it."""


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


def set_low_priority(pid: int) -> None:
    """Let other programs go first: a process that has just begun, and all it begins. A system that
    forbids it is left alone."""
    try:
        if sys.platform == "win32":
            psutil.Process(pid).nice(psutil.BELOW_NORMAL_PRIORITY_CLASS)
        else:
            low = max(LOW, os.getpriority(os.PRIO_PROCESS, pid))
            os.setpriority(os.PRIO_PROCESS, pid, low)
    except (psutil.Error, OSError) as error:
        log.debug("the priority stays as it is: %s", type(error).__name__)
