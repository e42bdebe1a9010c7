import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest

import linux_packages
from linux_packages import FILES, Source

ROOT = Path(__file__).parent.parent.parent

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="packages for Linux")


@pytest.fixture
def source(tmp_path):
    bundle = tmp_path / "bundle"
    (bundle / "_internal").mkdir(parents=True)
    program = bundle / "closedmesh"
    program.write_text('#!/bin/sh\necho "started with $*"\n')
    program.chmod(0o755)
    (bundle / "_internal" / "library.so").write_bytes(b"library")
    (bundle / "_internal" / "link.so").symlink_to("library.so")
    return Source(bundle, ROOT / "resources", Path(sys.executable), "1.2.3", "2026-11-25")


def test_the_newest_c_library_that_anything_asks_for_counts():
    assert linux_packages.newest_glibc("GLIBC_2.4 GLIBC_2.34 GLIBC_2.9 GLIBCXX_3.4.30") == "2.34"


def test_what_asks_for_none_runs_everywhere():
    assert linux_packages.newest_glibc("") == "2.17"


def test_debian_is_told_what_the_package_needs():
    lines = linux_packages.control("1.2.3", "x86_64", "2.36", 4096).splitlines()
    assert "Version: 1.2.3" in lines
    assert "Architecture: amd64" in lines
    assert "Installed-Size: 4" in lines
    assert any(line.startswith("Depends: libc6 (>= 2.36), libstdc++6") for line in lines)


def test_a_tree_has_the_program_its_menu_entry_and_its_icons(source, tmp_path):
    tree = tmp_path / "tree"
    linux_packages.lay_out(source, tree)
    started = subprocess.run([tree / "usr/bin/closedmesh", "app"], check=True, capture_output=True)
    assert started.stdout == b"started with app\n"
    icons = tree / "usr/share/icons/hicolor"
    assert (icons / "48x48/apps/closedmesh.png").read_bytes().startswith(b"\x89PNG")
    assert (icons / "scalable/apps/closedmesh.svg").exists()
    about = ElementTree.parse(tree / "usr/share/metainfo/org.closedmesh.ClosedMesh.metainfo.xml")
    release = about.find("releases/release")
    assert release.attrib == {"version": "1.2.3", "date": "2026-11-25"}
    assert about.findtext("launchable") == "closedmesh.desktop"


def test_nothing_in_a_tree_can_be_written_by_others(source, tmp_path):
    (source.bundle / "_internal" / "library.so").chmod(0o666)
    linux_packages.lay_out(source, tmp_path / "tree")
    library = tmp_path / "tree/usr/lib/closedmesh/_internal/library.so"
    assert library.stat().st_mode & 0o777 == 0o644


def test_an_archive_belongs_to_nobody_of_the_builder(source, tmp_path):
    linux_packages.archive(source, tmp_path / "a.tar.gz", "closedmesh-1")
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        assert {entry.uid for entry in archive} == {0}
        assert "closedmesh-1/closedmesh/_internal/link.so" in archive.getnames()


@pytest.fixture
def unpacked(source, tmp_path):
    linux_packages.archive(source, tmp_path / "a.tar.gz", "closedmesh-1")
    with tarfile.open(tmp_path / "a.tar.gz") as archive:
        archive.extractall(tmp_path, filter="tar")
    return tmp_path / "closedmesh-1"


def install(script, account, *words):
    return subprocess.run(
        [script, *words], env={"HOME": str(account), "PATH": "/usr/bin:/bin"},
        check=False, capture_output=True, text=True,
    )  # fmt: skip


def files(folder):
    return {p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir()}


def test_one_account_installs_starts_and_removes_it(unpacked, tmp_path):
    account = tmp_path / "an account"
    account.mkdir()
    for _ in range(2):  # over itself, as an update does
        done = install(unpacked / "install.sh", account)
        assert done.returncode == 0, done.stderr
    command = account / ".local/bin/closedmesh"
    assert subprocess.run([command, "x"], check=True, capture_output=True).stdout
    entry = (account / ".local/share/applications/closedmesh.desktop").read_text()
    assert f'Exec="{account}/.local/lib/closedmesh/closedmesh" app %u' in entry
    chats = account / ".local/share/closedmesh/closedmesh.db"
    chats.parent.mkdir()
    chats.write_text("chats")
    done = install(account / ".local/lib/closedmesh/install.sh", account, "--remove")
    assert done.returncode == 0, done.stderr
    left = {f for f in files(account) if not f.endswith("mimeinfo.cache")}
    assert left == {".local/share/closedmesh/closedmesh.db"}


def test_an_unknown_word_installs_nothing(unpacked, tmp_path):
    account = tmp_path / "account"
    account.mkdir()
    assert install(unpacked / "install.sh", account, "--help").returncode == 2
    assert not files(account)


def test_the_menu_entry_opens_links():
    entry = (FILES / "closedmesh.desktop").read_text()
    assert "Exec=closedmesh app %u\n" in entry
    assert "MimeType=x-scheme-handler/closedmesh;\n" in entry


def test_whoever_builds_finds_the_builder_among_the_extras():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert any(each.startswith("pyinstaller") for each in project["optional-dependencies"]["build"])
