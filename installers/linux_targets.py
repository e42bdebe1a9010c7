"""The packages for Linux, each made of the bundle."""

import platform
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import app_image
import linux_packages
import rpm_package
from linux_packages import Source

TARGETS = ("deb", "rpm", "appimage", "tar")


@dataclass(frozen=True, slots=True)
class Place:
    """Where packages are made."""

    out: Path
    stem: str
    """What the names of packages begin with."""
    runtime: Path | None
    """The program that mounts an AppImage; without it only the file system inside is made."""


def make(target: str, source: Source, place: Place) -> Path:
    """One package. Raises `CalledProcessError`."""
    return {"deb": _deb, "rpm": _rpm, "appimage": _appimage, "tar": _tar}[target](source, place)


@contextmanager
def _laid_out(source: Source, place: Place) -> Iterator[Path]:
    tree = place.out / "work" / "root"
    linux_packages.lay_out(source, tree)
    yield tree
    shutil.rmtree(tree)


def _deb(source: Source, place: Place) -> Path:
    target = place.out / f"{place.stem}.deb"
    glibc = linux_packages.needed_glibc(source.bundle)
    with _laid_out(source, place) as tree:
        size = sum(each.stat().st_size for each in tree.rglob("*") if not each.is_symlink())
        about = linux_packages.control(source.version, platform.machine(), glibc, size)
        linux_packages.debian(tree, about, target)
    return target


def _rpm(source: Source, place: Place) -> Path:
    target = place.out / f"{place.stem}.rpm"
    with _laid_out(source, place) as tree:
        rpm_package.make(tree, source, linux_packages.needed_glibc(source.bundle), target)
    return target


def _appimage(source: Source, place: Place) -> Path:
    system = place.out / f"{place.stem}.squashfs"
    with _laid_out(source, place) as tree:
        app_image.lay_out(tree)
        app_image.squash(tree, system)
    if place.runtime is None:
        return system
    target = place.out / f"{place.stem}.AppImage"
    app_image.join(place.runtime, system, target)
    system.unlink()
    return target


def _tar(source: Source, place: Place) -> Path:
    target = place.out / f"{place.stem}.tar.gz"
    linux_packages.archive(source, target, place.stem)
    return target
