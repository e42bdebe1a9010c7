import subprocess
import sys
import time

from closedmesh.host import power
from closedmesh.models.energy import Kind, Scope


def test_this_computer_can_be_asked_and_never_raises():
    meter = power.PowerMeter()
    for now in (1.0, 2.0):
        for reading in meter.read(now):
            assert 0 <= reading.watts < 5000
    meter.close()


def test_the_estimate_says_that_it_is_one_and_counts_this_programs_part():
    meter = power.LoadMeter()
    began = time.monotonic()
    first = meter.read(began, ())
    assert (first.kind, first.scope, first.caused) == (Kind.ESTIMATED, Scope.PROCESSOR, 0.0)
    spent = time.process_time()
    while time.process_time() - spent < 0.2:
        sum(range(10_000))
    # As if it had happened within a tenth of a second: two processors' worth of work.
    busy = meter.read(began + 0.1, ())
    assert busy.caused is not None
    assert 0 < busy.caused <= busy.watts
    assert meter.read(began + 1000.0, ()).caused < busy.caused


WORKER = """
import time
input()
began = time.process_time()
while time.process_time() - began < 0.3:
    pass
print(flush=True)
input()
"""


def test_what_a_worker_spends_is_this_programs():
    with subprocess.Popen(
        [sys.executable, "-c", WORKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as worker:
        assert worker.stdin
        assert worker.stdout
        meter = power.LoadMeter()
        meter.read(1.0, (worker.pid,))
        worker.stdin.write(b"go\n")
        worker.stdin.flush()
        worker.stdout.readline()
        # As if it had happened within a hundredth of a second: more than this computer has.
        ours = meter.read(1.01, (worker.pid,))
        idle = meter._cores * power.IDLE_WATTS_A_CORE
        assert ours.caused == ours.watts - idle > 0
        worker.communicate(b"end\n")
