"""Files in the form in which the kernel's sound drivers write them, constructed in a folder."""

import pytest

from closedmesh.host.microphone_linux import in_use

RUNS = "state: RUNNING\nowner_pid   : 4321\ntrigger_time: 1234.5\nhw_ptr      : 4800\n"


def sound(root, **states):
    for name, text in states.items():
        folder = root / "card0" / name / "sub0"
        folder.mkdir(parents=True)
        (folder / "status").write_text(text)
    return root


def test_an_input_that_runs_is_in_use(tmp_path):
    assert in_use(sound(tmp_path, pcm0c="closed\n", pcm1c=RUNS)) is True


@pytest.mark.parametrize("state", ["closed\n", "state: SETUP\n", "state: PREPARED\n"])
def test_one_that_does_not_run_is_not(tmp_path, state):
    assert in_use(sound(tmp_path, pcm0c=state)) is False


def test_what_is_played_is_not_recorded(tmp_path):
    assert in_use(sound(tmp_path, pcm0p=RUNS, pcm0c="closed\n")) is False


def test_a_computer_without_inputs_tells_nothing(tmp_path):
    assert in_use(tmp_path) is None
    assert in_use(sound(tmp_path, pcm0p=RUNS)) is None


def test_what_cannot_be_read_is_not_in_use(tmp_path):
    root = sound(tmp_path, pcm0c="closed\n")
    (root / "card0/pcm0c/sub0/status").write_bytes(b"\xff\xfe")
    assert in_use(root) is False
