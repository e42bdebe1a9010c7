"""The unit is read by systemd's own verifier; the manager itself is a script that remembers."""

import shutil
import subprocess
import sys

import pytest

from closedmesh.errors import ClosedMeshError
from closedmesh.host import service_linux
from closedmesh.host.service import Job
from closedmesh.host.service_linux import find, install, remove, unit

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="systemd is Linux's")

JOB = Job("closedmesh", ("/bin/true", "--home", '/home/a "b" 100%/$HOME', "serve"), "/home/a")


def test_no_path_means_anything_to_systemd():
    line = next(line for line in unit(JOB).splitlines() if line.startswith("ExecStart="))
    assert line == r'ExecStart="/bin/true" "--home" "/home/a \"b\" 100%%/$$HOME" "serve"'
    hostile = Job("x", ("/bin/true", "a\nExecStartPre=/bin/evil"), "/home/%n\nUser=root")
    lines = unit(hostile).splitlines()
    assert not [line for line in lines if line.startswith(("ExecStartPre", "User"))]
    assert lines[1] == "Description=ClosedMesh peer (/home/%%n?User=root)"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="needs systemd")
def test_systemd_finds_nothing_wrong_with_the_unit(tmp_path):
    file = tmp_path / "closedmesh.service"
    file.write_text(unit(JOB))
    answer = subprocess.run(
        ["systemd-analyze", "--user", "verify", str(file)], capture_output=True, text=True,
        check=False, env={"XDG_RUNTIME_DIR": str(tmp_path), "HOME": str(tmp_path)},
    )  # fmt: skip
    assert str(file) not in answer.stderr, answer.stderr


MANAGER = """#!/bin/sh
echo "$@" >> "$0.calls"
case "$*" in *is-enabled*) exit 0;; *enable*) exit ${ENABLE:-0};; esac
"""


@pytest.fixture
def manager(tmp_path, monkeypatch):
    """A `systemctl` that writes down what it is asked."""
    program = tmp_path / "bin" / "systemctl"
    program.parent.mkdir()
    program.write_text(MANAGER)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}:/bin:/usr/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    return lambda: program.with_name("systemctl.calls").read_text().splitlines()


def test_it_is_installed_found_and_removed_without_a_trace(manager, tmp_path):
    assert find(JOB) is None
    installed = install(JOB)
    assert installed == find(JOB)
    assert installed.starts_at_login
    assert manager()[:2] == ["--user daemon-reload", "--user enable --now closedmesh.service"]
    assert remove(JOB)
    assert manager()[-2:] == ["--user disable --now closedmesh.service", "--user daemon-reload"]
    assert not [path for path in (tmp_path / "config").rglob("*") if path.is_file()]
    assert not remove(JOB)


def test_a_manager_that_refuses_is_explained(manager, monkeypatch):
    monkeypatch.setenv("ENABLE", "1")
    with pytest.raises(ClosedMeshError) as caught:
        install(JOB)
    assert caught.value.advice == service_linux.ADVICE
    assert find(JOB) is None
