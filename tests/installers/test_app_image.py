import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import app_image
import linux_packages
from linux_packages import Source

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux")


@pytest.fixture
def tree(tmp_path):
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    program = bundle / "closedmesh"
    program.write_text('#!/bin/sh\necho "started with $*"\n')
    source = Source(bundle, ROOT / "resources", Path(sys.executable), "1.2.3", "2026-11-25")
    linux_packages.lay_out(source, tmp_path / "tree")
    app_image.lay_out(tmp_path / "tree")
    return tmp_path / "tree"


def test_what_mounts_it_starts_the_program(tree):
    done = subprocess.run([tree / "AppRun", "app"], check=True, capture_output=True, text=True)
    assert done.stdout == "started with app\n"


def test_the_desktop_finds_its_entry_and_its_icon(tree):
    assert "Icon=closedmesh\n" in (tree / "closedmesh.desktop").read_text()
    assert (tree / ".DirIcon").read_bytes().startswith(b"\x89PNG")


def test_the_file_system_stands_behind_the_program_that_mounts_it(tmp_path):
    runtime, system = tmp_path / "runtime", tmp_path / "system"
    runtime.write_bytes(b"\x7fELF")
    system.write_bytes(b"hsqs")
    app_image.join(runtime, system, tmp_path / "made")
    assert (tmp_path / "made").read_bytes() == b"\x7fELFhsqs"
    assert (tmp_path / "made").stat().st_mode & 0o777 == 0o755


@pytest.mark.skipif(not shutil.which("mksquashfs"), reason="with squashfs-tools, as builders have")
def test_everything_in_it_belongs_to_root(tree, tmp_path):
    app_image.squash(tree, tmp_path / "system")
    listed = subprocess.run(
        ["unsquashfs", "-lln", str(tmp_path / "system")], check=True, capture_output=True, text=True
    ).stdout
    entries = [line.split() for line in listed.splitlines() if "squashfs-root" in line]
    assert {entry[1] for entry in entries} == {"0/0"}
    assert any(entry[-1].endswith("usr/lib/closedmesh/closedmesh") for entry in entries)
