import io
import subprocess
import sys
import tarfile

import pytest

import linux_packages
from closedmesh.errors import ClosedMeshError
from closedmesh.host.versions import Versions
from tests.support.release_server import PROGRAM, archive

linux = pytest.mark.skipif(sys.platform != "linux", reason="the script is for Linux")


@pytest.fixture
def versions(tmp_path):
    folder = tmp_path / "a program"
    for version in ("0.1.0", "0.2.0"):
        place = folder / "versions" / version / "closedmesh"
        place.parent.mkdir(parents=True)
        place.write_text(PROGRAM.replace("{version}", version))
        place.chmod(0o755)
    (folder / "current").write_text("0.1.0\n")
    return Versions(folder)


def test_a_program_knows_the_versions_around_it(versions):
    program = versions.folder / "versions/0.2.0/closedmesh"
    assert Versions.around(program) == versions
    assert Versions.around(versions.folder / "elsewhere/closedmesh") is None
    assert Versions.of_this_program() is None  # which runs from its source


def test_only_a_whole_version_becomes_the_current_one(versions):
    with pytest.raises(ClosedMeshError, match=r"0\.3\.0 is not here"):
        versions.switch_to("0.3.0")
    assert versions.current == "0.1.0"
    versions.switch_to("0.2.0")
    assert versions.current == "0.2.0"


def test_a_version_that_came_up_lets_older_ones_go(versions):
    (versions.folder / "versions/0.0.9").mkdir()
    versions.switch_to("0.2.0")
    versions.came_up("0.1.0")  # an old one that still runs decides nothing
    assert (versions.folder / "trial").exists()
    versions.came_up("0.2.0")
    assert not (versions.folder / "trial").exists()
    assert {p.name for p in (versions.folder / "versions").iterdir()} == {"0.1.0", "0.2.0"}


def test_an_archive_is_unpacked_beside_the_others(versions, tmp_path):
    versions.unpack(archive(tmp_path, "0.3.0"), "0.3.0")
    assert versions.has("0.3.0")
    assert {p.name for p in (versions.folder / "versions").iterdir()} == {
        "0.1.0", "0.2.0", "0.3.0",
    }  # fmt: skip


@pytest.mark.parametrize("place", ["../../out", "/tmp/out", "v/closedmesh/../../../../out"])
def test_an_archive_that_reaches_out_of_its_folder_leaves_nothing(versions, tmp_path, place):
    bad = tmp_path / "bad.tar.gz"
    with tarfile.open(bad, "w:gz") as made:
        entry = tarfile.TarInfo(place)
        entry.size = 1
        made.addfile(entry, io.BytesIO(b"x"))
    with pytest.raises(ClosedMeshError, match="could not be unpacked"):
        versions.unpack(bad, "0.3.0")
    assert not versions.has("0.3.0")
    assert not (versions.folder / "versions/0.3.0.new").exists()
    assert not (tmp_path / "out").exists()


def test_an_archive_larger_than_a_version_can_be_is_not_unpacked(versions, tmp_path, monkeypatch):
    monkeypatch.setattr("closedmesh.host.versions.MOST_UNPACKED", 10)
    with pytest.raises(ClosedMeshError, match="more than a version can"):
        versions.unpack(archive(tmp_path, "0.3.0"), "0.3.0")


# The script that starts the current version, as `install.sh` places it.


@pytest.fixture
def start(versions):
    versions.launcher.write_bytes((linux_packages.FILES / "launcher.sh").read_bytes())
    versions.launcher.chmod(0o755)

    def start(*words):
        done = subprocess.run(
            [versions.launcher, *words], check=True, capture_output=True, text=True
        )
        return done.stdout.strip()

    return start


@linux
def test_the_script_starts_the_current_version_with_its_words(versions, start):
    assert start("chat", "two words") == "this is 0.1.0: chat two words"
    versions.switch_to("0.2.0")
    assert start("--help") == "this is 0.2.0: --help"


@linux
@pytest.mark.parametrize("words", [(), ("--home", "x y", "app"), ("serve",)])
def test_a_version_that_twice_does_not_come_up_gives_way(versions, start, words):
    versions.switch_to("0.2.0")
    for _ in range(2):
        assert start(*words).startswith("this is 0.2.0")
    assert start(*words).startswith("this is 0.1.0")
    assert (versions.current, versions.failed) == ("0.1.0", "0.2.0")
    assert start(*words).startswith("this is 0.1.0")


@linux
def test_a_version_that_came_up_stays(versions, start):
    versions.switch_to("0.2.0")
    start()
    versions.came_up("0.2.0")
    for _ in range(4):
        assert start().startswith("this is 0.2.0")


@linux
def test_what_starts_no_peer_does_not_count(versions, start):
    versions.switch_to("0.2.0")
    for _ in range(5):
        assert start("status").startswith("this is 0.2.0")
