"""How busy programs that are not ours keep the processor: measured, in cores."""

import os
import time
from collections.abc import Iterable

import psutil

from closedmesh.host import hardware


class OtherWork:
    """Compares the processor's time with ours since the last reading."""

    def __init__(self) -> None:
        self._at = 0.0
        self._all = 0.0
        self._ours: dict[int, float] = {}

    def read(self, workers: Iterable[int]) -> float:
        """Cores that others kept busy since the last reading, on those processors that we may
        use; 0 at the first. `workers` are the process ids of our models."""
        now, everybody = time.monotonic(), _busy_seconds()
        ours = {pid: hardware.processor_seconds(pid) for pid in (os.getpid(), *workers)}
        passed = now - self._at
        used = everybody - self._all
        used -= sum(seconds - self._ours.get(pid, 0.0) for pid, seconds in ours.items())
        first = self._at == 0.0
        self._at, self._all, self._ours = now, everybody, ours
        return 0.0 if first or passed <= 0 else max(0.0, used / passed)


def _busy_seconds() -> float:
    """Seconds that our processors have worked for anybody. What another machine took of ours
    (steal) is nobody's work here, and guests are in `user` already."""
    allowed = getattr(psutil.Process(), "cpu_affinity", None)  # macOS has no such thing
    every = psutil.cpu_times(percpu=True)
    chosen = [every[i] for i in allowed() if i < len(every)] if allowed else every
    return sum(
        sum(getattr(times, name, 0.0) for name in ("user", "nice", "system", "irq", "softirq"))
        for times in chosen
    )
