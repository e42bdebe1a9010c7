"""The program as a person starts it: a process of its own, in a home of its own."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

PROGRAM = (sys.executable, "-P", "-m", "closedmesh")
PATIENCE = 30.0


SHORT_ANSWERS = """\
[chat]
max_tokens = 24
[engine]
low_priority = false
"""
"""Settings with which an answer takes no long time, whatever the model says and whatever else this
computer does."""


def furnish(home):
    """Make a home whose window was used before and whose answers are short, unless it has settings
    already."""
    home.mkdir(parents=True, exist_ok=True)
    window = home / "window.ini"
    if not window.exists():
        window.write_text("[General]\nbegun=yes\n")
    settings = home / "settings.toml"
    if not settings.exists():
        settings.write_text(SHORT_ANSWERS)


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


class Api:
    """The local API of a peer, without a client's comforts."""

    def __init__(self, home):
        wait_until((home / "run" / "peer.json").exists, "the peer runs")
        self._address = json.loads(run(home, "status", "--json").stdout)["api"]
        self._key = json.loads(run(home, "key", "--json").stdout)["key"]

    def post(self, command, **fields):
        """The answer to a command, which is read as it comes."""
        request = urllib.request.Request(
            f"{self._address}/api/control/{command}",
            json.dumps(fields).encode(),
            {"Authorization": f"Bearer {self._key}", "Content-Type": "application/json"},
        )
        return urllib.request.urlopen(request, timeout=PATIENCE)

    def do(self, command, **fields):
        """What a command gives back."""
        with self.post(command, **fields) as answer:
            return json.load(answer)

    def replies(self):
        """Every answer of every chat that is whole."""
        chats = (self.do("read-conversation", conversation=chat["id"])
                 for chat in self.do("list-conversations"))  # fmt: skip
        entries = [entry for chat in chats for entry in chat["entries"]]
        return [e for e in entries if e["role"] == "assistant" and e["state"] == "complete"]


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
    with started(home, "serve", *words) as (process, ready):
        yield Served(process, home, ready["api"])


@contextmanager
def started(home, command, *words):
    """A peer or an entry that says when it is ready: its process, and what it says."""
    furnish(home)
    process = subprocess.Popen(
        [*PROGRAM, "--home", str(home), command, "--json", "--port", "0", *words],
        stdout=subprocess.PIPE, text=True, env=os.environ,
    )  # fmt: skip
    try:
        assert process.stdout
        ready = json.loads(process.stdout.readline())
        assert ready["event"] == "ready"
        yield process, ready
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
