"""The program as a person starts it: a process of its own, in a home of its own."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PROGRAM = (sys.executable, "-P", "-m", "closedmesh")
PATIENCE = 30.0


@dataclass
class Served:
    """A running `closedmesh serve`."""

    process: subprocess.Popen
    home: Path
    api: str

    def run(self, *words, check=True):
        """Another command of the program in the same home."""
        return run(self.home, *words, check=check)

    def facts(self, *words):
        """What a command says as JSON."""
        return json.loads(self.run(*words, "--json").stdout)

    @property
    def key(self):
        return self.facts("key", "show")["key"]

    def workers(self):
        """Processes that hold a model."""
        return [p for p in psutil.Process(self.process.pid).children() if p.is_running()]


def run(home, *words, check=True, text=None):
    """Run one command to its end."""
    done = subprocess.run(
        [*PROGRAM, "--home", str(home), *words],
        capture_output=True, text=True, input=text, timeout=PATIENCE * 2, check=False,
    )  # fmt: skip
    assert not check or done.returncode == 0, done.stderr
    return done


@contextmanager
def serving(home, *words):
    """`closedmesh serve` for the length of a block; afterwards no process of it is left."""
    process = subprocess.Popen(
        [*PROGRAM, "--home", str(home), "serve", "--json", "--port", "0", *words],
        stdout=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    try:
        assert process.stdout
        ready = json.loads(process.stdout.readline())
        assert ready["event"] == "ready"
        yield Served(process, home, ready["api"])
    finally:
        end(process)


def end(process):
    """Ask a process to end, and make sure that nothing below it is left."""
    below = []
    if process.poll() is None:
        below = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
    process.stdout.close()
    _, left = psutil.wait_procs(below, timeout=5)
    assert not left


def wait_until(condition, what, seconds=PATIENCE):
    """Wait for what another process does."""
    deadline = time.monotonic() + seconds
    pause = 0.02
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(pause)
