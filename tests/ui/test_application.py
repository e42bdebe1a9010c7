import os
import subprocess

import pytest

from tests.support.desktop import used
from tests.support.program import PATIENCE, PROGRAM, run, wait_until


@pytest.fixture
def launch(tmp_path, starter_model):
    """Starts the program without a display in a home of its own; ended afterwards."""
    started = []

    def launch(*words):
        environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
        command = [*PROGRAM, "--home", str(tmp_path), *words]
        started.append(subprocess.Popen(command, env=environment))
        return started[-1]

    yield launch
    for process in started:
        process.terminate()
        process.wait(PATIENCE)


def test_it_runs_a_peer_and_a_second_launch_ends_at_once(launch, tmp_path):
    state = used(tmp_path / "window.ini")
    first = launch()
    wait_until((tmp_path / "run" / "peer.json").exists, "the peer runs")
    assert '"state":' in run(tmp_path, "status", "--json").stdout
    assert launch("app").wait(PATIENCE) == 0
    assert launch("app", "--hidden").wait(PATIENCE) == 0
    assert first.poll() is None
    first.terminate()
    assert first.wait(PATIENCE) == 0
    assert not (tmp_path / "run" / "peer.json").exists()
    assert "geometry" in state.read_text()


def test_a_launch_after_a_kill_is_the_first_again(launch, tmp_path):
    first = launch()
    wait_until((tmp_path / "run" / "peer.json").exists, "the peer runs")
    first.kill()
    first.wait()
    (tmp_path / "run" / "peer.json").unlink()
    second = launch()
    wait_until((tmp_path / "run" / "peer.json").exists, "the peer runs")
    assert second.poll() is None
