"""Keeping awake on macOS: `caffeinate` holds off idle sleep until it ends, or this program."""

import os
import subprocess
from collections.abc import Callable

CAFFEINATE = "/usr/bin/caffeinate"

PATIENCE = 2.0
"""Seconds in which it ends when it is asked to."""


def hold(_why: str, program: str = CAFFEINATE) -> Callable[[], None] | None:
    """Stay awake from now on. macOS shows the name of its own program, not a reason."""
    try:
        process = subprocess.Popen(
            [program, "-i", "-w", str(os.getpid())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
    except OSError:
        return None

    def let_go() -> None:
        process.terminate()
        process.wait(PATIENCE)

    return let_go
