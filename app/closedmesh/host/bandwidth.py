"""How fast all cores together read memory, which is what limits the speed of answers."""

import threading
import time

import numpy as np

from closedmesh.host.hardware import physical_cores

SIZE = 64 * 2**20
"""Bytes that each core reads over and over; more than any cache of one core holds."""

SECONDS = 0.25

MOST_CORES = 16
"""More do not read faster on any computer of a person."""


def memory_speed() -> float:
    """Bytes a second, measured for a moment. The cores are busy meanwhile."""
    cores = min(physical_cores(), MOST_CORES)
    read = [0] * cores
    blocks = [np.ones(SIZE // 8) for _ in range(cores)]
    ready = threading.Barrier(cores)

    def reads(core: int) -> None:
        ready.wait()
        end = time.monotonic() + SECONDS
        while time.monotonic() < end:
            blocks[core].max()  # lets the other threads run while it reads
            read[core] += SIZE

    threads = [threading.Thread(target=reads, args=(core,)) for core in range(cores)]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(read) / (time.monotonic() - began)
