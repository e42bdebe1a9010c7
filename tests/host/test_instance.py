import os
import subprocess
import sys

import pytest

from closedmesh.errors import AlreadyRunning
from closedmesh.host.instance import Announcement, Instance, running
from closedmesh.host.paths import Paths

HOLDER = """
import sys, time
from pathlib import Path
from closedmesh.host.instance import Instance
from closedmesh.host.paths import Paths
with Instance(Paths.find(Path(sys.argv[1]))) as held:
    held.announce("http://127.0.0.1:1")
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def paths(tmp_path):
    paths = Paths.find(tmp_path / "h")
    paths.create()
    return paths


def test_a_free_home_has_no_peer(paths):
    assert running(paths) is None


def test_a_held_home_says_where_its_peer_answers(paths):
    with Instance(paths) as held:
        assert running(paths) == Announcement(0, None)
        held.announce("http://127.0.0.1:9337")
        assert running(paths) == Announcement(os.getpid(), "http://127.0.0.1:9337")
    assert running(paths) is None


def test_a_second_peer_is_refused_and_the_first_one_keeps_its_home(paths):
    with Instance(paths):
        with pytest.raises(AlreadyRunning), Instance(paths):
            pass
        assert running(paths) is not None


def test_two_homes_hold_two_peers(paths, tmp_path):
    other = Paths.find(tmp_path / "other")
    other.create()
    with Instance(paths), Instance(other):
        assert running(other) is not None


def test_a_killed_peer_leaves_its_home_free(paths):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(paths.home)],
        stdout=subprocess.PIPE, stdin=subprocess.PIPE,
    )  # fmt: skip
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        assert running(paths) == Announcement(holder.pid, "http://127.0.0.1:1")
        with pytest.raises(AlreadyRunning), Instance(paths):
            pass
        holder.kill()
        holder.wait()
    assert (paths.runtime / "peer.json").exists(), "its note is left, and not believed"
    assert running(paths) is None
    with Instance(paths):
        pass


@pytest.mark.parametrize("note", ["", "[]", "{}", '{"pid": "x", "api": 1}', "\x00"])
def test_a_note_that_makes_no_sense_says_nothing(paths, note):
    with Instance(paths):
        (paths.runtime / "peer.json").write_text(note)
        assert running(paths) == Announcement(0, None)
