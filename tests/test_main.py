"""A face is picked, and what it does not need is not even loaded."""

import subprocess
import sys

import pytest

IMPORTED = """
import sys
sys.argv = ["closedmesh", *{words!r}]
from closedmesh.__main__ import main
try:
    main()
except SystemExit:
    pass
print(*sorted({{name.partition(".")[0] for name in sys.modules}} & {{{heavy}}}), file=sys.stderr)
"""

HEAVY = '"PySide6", "llama_cpp", "numpy"'


def loaded(*words):
    """Which of the heavy packages a command line loads."""
    code = IMPORTED.format(words=list(words), heavy=HEAVY)
    done = subprocess.run(
        [sys.executable, "-c", code], input=b"", capture_output=True, check=True, timeout=60
    )
    return set(done.stderr.decode().splitlines()[-1].split())


@pytest.mark.parametrize("words", [("--help",), ("--version",), ("status",)])
def test_a_terminal_loads_neither_windows_nor_models(words, tmp_path):
    assert not loaded("--home", str(tmp_path), *words) & {"PySide6", "llama_cpp"}


def test_a_worker_loads_no_windows():
    packages = loaded("engine-worker")
    assert "llama_cpp" in packages
    assert "PySide6" not in packages


def test_a_worker_whose_pipe_is_closed_ends_well():
    command = [sys.executable, "-P", "-m", "closedmesh", "engine-worker"]
    assert subprocess.run(command, input=b"", check=False, timeout=60).returncode == 0
