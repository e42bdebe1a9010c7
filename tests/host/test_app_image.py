import subprocess
import sys

import pytest

import linux_packages
from closedmesh.errors import ClosedMeshError
from closedmesh.host.app_image import AppImage

linux = pytest.mark.skipif(sys.platform != "linux", reason="AppImages are for Linux")

MOUNTING = """\
#!/bin/sh
APPIMAGE=$(readlink -f "$0")
APPDIR=$(dirname "$APPIMAGE")/inside
export APPIMAGE APPDIR
VERSION={version} exec "$APPDIR/AppRun" "$@"
"""
"""Stands for the program that mounts an image: what is inside lies there already."""


@pytest.fixture
def folder(tmp_path):
    """A folder with an image of version 0.1.0, mounted."""
    folder = tmp_path / "my programs"
    program = folder / "inside/usr/bin/closedmesh"
    program.parent.mkdir(parents=True)
    program.write_text('#!/bin/sh\necho "$VERSION $*"\n')
    run = folder / "inside/AppRun"
    run.write_bytes((linux_packages.FILES / "app-run.sh").read_bytes())
    (folder / "Closed Mesh.AppImage").write_text(MOUNTING.format(version="0.1.0"))
    for file in (program, run, folder / "Closed Mesh.AppImage"):
        file.chmod(0o755)
    return folder


@pytest.fixture
def image(folder):
    return AppImage(folder / "Closed Mesh.AppImage")


@pytest.fixture
def fetched(tmp_path):
    file = tmp_path / "fetched"
    file.write_text(MOUNTING.format(version="0.2.0"))
    return file


def started(image, *words):
    done = subprocess.run([image.file, *words], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def beside(image):
    return image.file.parent / f".{image.file.name}.update"


@pytest.fixture
def frozen(monkeypatch, folder, image):
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "inside/usr/bin/closedmesh"))
    monkeypatch.setenv("APPIMAGE", str(image.file))
    monkeypatch.setenv("APPDIR", str(folder / "inside"))


def test_a_program_knows_the_image_it_runs_from(frozen, image):
    assert AppImage.of_this_program() == image
    assert image.can_be_replaced
    assert image.variant == "appimage"


def test_a_program_that_another_image_started_is_not_in_that_one(
    frozen, image, monkeypatch, tmp_path
):
    monkeypatch.setattr(sys, "executable", str(tmp_path / "lib/closedmesh"))
    assert AppImage.of_this_program() is None
    monkeypatch.delenv("APPDIR")
    assert AppImage.of_this_program() is None


@linux
def test_a_new_version_takes_the_place_of_the_file_with_the_next_start(image, fetched):
    image.unpack(fetched, "0.2.0")
    assert started(image, "serve") == "0.1.0 serve"
    image.switch_to("0.2.0")
    assert started(image, "serve") == "0.2.0 serve"
    image.came_up("0.1.0")  # an old one that still runs decides nothing
    assert beside(image).exists()
    image.came_up("0.2.0")
    assert not beside(image).exists()
    assert started(image, "serve") == "0.2.0 serve"


@linux
def test_a_version_that_twice_did_not_come_up_gives_way_to_the_one_before(image, fetched):
    image.unpack(fetched, "0.2.0")
    image.switch_to("0.2.0")
    assert [started(image) for _ in range(3)] == ["0.2.0", "0.2.0", "0.1.0"]
    assert image.failed == "0.2.0"
    image.came_up("0.1.0")
    assert [file.name for file in beside(image).iterdir()] == ["failed"]
    image.forget_failure()
    assert not beside(image).exists()


@linux
def test_asking_for_help_says_nothing_about_a_version(image, fetched):
    image.unpack(fetched, "0.2.0")
    image.switch_to("0.2.0")
    assert {started(image, "--help") for _ in range(4)} == {"0.2.0 --help"}


@linux
def test_the_folder_of_another_image_is_not_taken_for_its_own(image, fetched, folder, monkeypatch):
    image.unpack(fetched, "0.2.0")
    image.switch_to("0.2.0")
    monkeypatch.setenv("APPIMAGE", str(image.file))
    monkeypatch.setenv("APPDIR", "/elsewhere")
    monkeypatch.setenv("VERSION", "alone")
    subprocess.run([folder / "inside/AppRun", "serve"], check=True, capture_output=True)
    assert (beside(image) / "trial").read_text() == "0 0.2.0\n"


@linux
def test_a_disk_without_second_names_keeps_a_copy(image, fetched, monkeypatch):
    def refuse(*_):
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr("pathlib.Path.hardlink_to", refuse)
    image.unpack(fetched, "0.2.0")
    image.switch_to("0.2.0")
    assert "0.1.0" in (beside(image) / "previous").read_text()
    assert started(image) == "0.2.0"


def test_only_a_whole_version_takes_its_place(image):
    with pytest.raises(ClosedMeshError, match=r"0\.3\.0 is not here"):
        image.switch_to("0.3.0")
    assert "0.1.0" in image.file.read_text()


def test_without_room_nothing_is_left(image, fetched, monkeypatch):
    def refuse(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("closedmesh.host.app_image.write_atomically", refuse)
    with pytest.raises(ClosedMeshError, match="No space left") as told:
        image.unpack(fetched, "0.2.0")
    assert "Make room" in told.value.advice
    image.came_up("0.1.0")
    assert not beside(image).exists()
