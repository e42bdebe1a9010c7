"""Packs the bundle for Linux: a Debian package, and an archive that installs for one account."""

import gzip
import io
import re
import shutil
import subprocess
import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

FILES = Path(__file__).parent / "linux"
DEPENDS = (
    "libstdc++6", "libgcc-s1", "libegl1", "libgl1", "libwayland-client0", "libwayland-cursor0",
    "libwayland-egl1", "fontconfig-config", "fonts-dejavu-core | fonts-liberation",
)  # fmt: skip
"""What the bundle leaves to the system, beside the C library."""

MAINTAINER = "ClosedMesh <noreply@closedmesh.invalid>"

DESCRIPTION = """\
Description: chat with language models on your own computer
 A chat window and a tray icon, with the model inside: it answers without a
 network. If you join a mesh, computers of its members answer too, and yours
 answers them if you choose to share it.
"""

COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: ClosedMesh
Comment: The program contains libraries under licences of their own. Where a
 library brings the text of its licence, it lies in
 /usr/lib/closedmesh/_internal/licences.

Files: *
Copyright: 2026 the authors of ClosedMesh
License: Apache-2.0
 On Debian systems, the text is in /usr/share/common-licenses/Apache-2.0.
"""

DRAW = """\
import sys
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

picture, image, size = sys.argv[1], sys.argv[2], int(sys.argv[3])
drawn = QImage(size, size, QImage.Format.Format_ARGB32)
drawn.fill(Qt.GlobalColor.transparent)
painter = QPainter(drawn)
QSvgRenderer(picture).render(painter)
painter.end()
sys.exit(0 if drawn.save(image) else 1)
"""
"""Draws an icon, for panels that draw no SVG; by Qt, which the program has anyway."""


@dataclass(frozen=True, slots=True)
class Source:
    """What is packed."""

    bundle: Path
    """Folder of the built program."""
    resources: Path
    """Folder with the icons."""
    python: Path
    """Interpreter that has Qt."""
    version: str
    day: str


def architecture(machine: str) -> str:
    """Debian's name of a processor family."""
    return {"x86_64": "amd64", "aarch64": "arm64"}.get(machine, machine)


def newest_glibc(symbols: str) -> str:
    """Of symbol tables, the version of the C library that they ask for, like "2.34"."""
    found = {tuple(map(int, each.split("."))) for each in re.findall(r"GLIBC_(2\.\d+)", symbols)}
    return ".".join(map(str, max(found, default=(2, 17))))


def control(version: str, machine: str, glibc: str, size: int) -> str:
    """Debian's description of the package; `size` in bytes."""
    return (
        f"Package: closedmesh\nVersion: {version}\nSection: net\nPriority: optional\n"
        f"Architecture: {architecture(machine)}\n"
        f"Maintainer: {MAINTAINER}\n"
        f"Installed-Size: {size // 1024}\n"
        f"Depends: libc6 (>= {glibc}), {', '.join(DEPENDS)}\n"
        "Recommends: gnome-keyring | kwalletmanager | keepassxc, xdg-utils\n" + DESCRIPTION
    )


def metainfo(text: str, version: str, day: str) -> str:
    """What a software centre shows, for this version."""
    return text.replace("@VERSION@", version).replace("@DATE@", day)


def changelog(version: str, day: str) -> str:
    """Debian's history of the package, which tells of this release alone."""
    when = datetime.fromisoformat(day).strftime("%a, %d %b %Y 00:00:00 +0000")
    return (
        f"closedmesh ({version}) stable; urgency=low\n\n  * Release {version}.\n\n"
        f" -- {MAINTAINER}  {when}\n"
    )


def needed_glibc(bundle: Path) -> str:
    """The oldest C library on which every file of the bundle can be loaded."""
    return newest_glibc("\n".join(map(_symbols, _libraries(bundle))))


def _libraries(bundle: Path) -> Iterable[Path]:
    yield bundle / "closedmesh"
    for file in bundle.rglob("*.so*"):
        if not file.is_symlink():
            yield file


def _symbols(file: Path) -> str:
    return subprocess.run(
        ["objdump", "-p", str(file)], check=True, capture_output=True, text=True
    ).stdout


def lay_out(source: Source, tree: Path) -> None:
    """Put everything where a system has it, below `tree`."""
    shutil.rmtree(tree, ignore_errors=True)
    shutil.copytree(source.bundle, tree / "usr/lib/closedmesh", symlinks=True)
    (tree / "usr/bin").mkdir(parents=True)
    (tree / "usr/bin/closedmesh").symlink_to("../lib/closedmesh/closedmesh")
    share = tree / "usr/share"
    _place(FILES / "closedmesh.desktop", share / "applications/closedmesh.desktop")
    about = (FILES / "closedmesh.metainfo.xml").read_text("utf-8")
    target = share / "metainfo/org.closedmesh.ClosedMesh.metainfo.xml"
    _write(target, metainfo(about, source.version, source.day).encode())
    picture = source.resources / "icons" / "closedmesh.svg"
    _place(picture, share / "icons/hicolor/scalable/apps/closedmesh.svg")
    for size in (48, 128, 256):
        image = share / f"icons/hicolor/{size}x{size}/apps/closedmesh.png"
        draw(source.python, picture, image, size)
    _write(share / "doc/closedmesh/copyright", COPYRIGHT.encode())
    changes = gzip.compress(changelog(source.version, source.day).encode(), mtime=0)
    _write(share / "doc/closedmesh/changelog.gz", changes)
    _place(FILES / "lintian-overrides", share / "lintian/overrides/closedmesh")
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or _is_program(path) else 0o644)


def _is_program(path: Path) -> bool:
    return path.parent.name == "closedmesh" and path.name == "closedmesh" and "lib" in path.parts


def _place(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def _write(target: Path, data: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def draw(python: Path, picture: Path, image: Path, size: int) -> None:
    """Make a square image of an SVG; its kind is that of its name. Raises `CalledProcessError`."""
    image.parent.mkdir(parents=True, exist_ok=True)
    command = [str(python), "-c", DRAW, str(picture), str(image), str(size)]
    subprocess.run(command, check=True)


def debian(tree: Path, control_text: str, target: Path) -> None:
    """Make the Debian package of a laid-out tree. It runs no code of ours as root: there are no
    scripts of the package's own, and Debian's triggers refresh menus and icons. Every system with a
    C library that is new enough for the bundle also reads zstd, which unpacks in a moment."""
    _write(tree / "DEBIAN/control", control_text.encode())
    (tree / "DEBIAN").chmod(0o755)
    subprocess.run(
        ["dpkg-deb", "--root-owner-group", "-Zzstd", "-z12", "--build",
         str(tree), str(target)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    shutil.rmtree(tree / "DEBIAN")


def archive(source: Source, target: Path, name: str) -> None:
    """Make the archive that a person unpacks, with its installing script."""
    with tarfile.open(target, "w:gz", compresslevel=6) as made:
        version = tarfile.TarInfo(f"{name}/VERSION")
        version.size = len(source.version)
        made.addfile(version, io.BytesIO(source.version.encode()))
        for file, place in (
            (source.bundle, "closedmesh"),
            (FILES / "install.sh", "install.sh"),
            (FILES / "launcher.sh", "launcher.sh"),
            (FILES / "closedmesh.desktop", "closedmesh.desktop"),
            (source.resources / "icons/closedmesh.svg", "closedmesh.svg"),
        ):
            made.add(file, f"{name}/{place}", filter=_of_nobody)


def _of_nobody(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    return entry
