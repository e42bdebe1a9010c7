"""On the real processor, which other programs may use as well: only what must hold is said."""

import subprocess
import sys
import time

import psutil

from closedmesh.host.other_work import OtherWork
from tests.support.program import wait_until

BUSY = "import time\nend = time.monotonic() + 60\nwhile time.monotonic() < end: pass"


def burn(pid, seconds=0.3):
    """Wait until a process has used so much of the processor."""
    start = psutil.Process(pid).cpu_times().user
    wait_until(lambda: psutil.Process(pid).cpu_times().user - start >= seconds, "it works")


def test_the_first_reading_knows_nothing():
    assert OtherWork().read(()) == 0.0


def test_a_busy_program_is_seen_and_one_of_ours_is_not():
    process = subprocess.Popen([sys.executable, "-c", BUSY])
    try:
        burn(process.pid, 0.05)
        others, with_worker = OtherWork(), OtherWork()
        others.read(())
        with_worker.read((process.pid,))
        began = time.monotonic()
        burn(process.pid)
        theirs, less_the_worker = others.read(()), with_worker.read((process.pid,))
        passed = time.monotonic() - began
    finally:
        process.kill()
        process.wait()
    assert theirs > 0.1 / passed
    assert theirs - less_the_worker > 0.1 / passed


def test_a_worker_that_is_gone_is_no_work():
    process = subprocess.Popen([sys.executable, "-c", "pass"])
    others = OtherWork()
    others.read((process.pid,))
    process.wait()
    assert 0.0 <= others.read((process.pid,)) <= (psutil.cpu_count() or 1) + 1
