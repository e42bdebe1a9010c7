"""Packs a laid-out tree as an AppImage: one file that is the program, for any Linux.

It is a compressed file system behind a small program that mounts it, which is given as a file.
"""

import shutil
import subprocess
from pathlib import Path

from linux_packages import FILES

ICON = "usr/share/icons/hicolor/256x256/apps/closedmesh.png"


def lay_out(tree: Path) -> None:
    """Put what the mounting program and the desktop look for at the root of a laid-out tree."""
    shutil.copyfile(FILES / "app-run.sh", tree / "AppRun")
    (tree / "AppRun").chmod(0o755)
    shutil.copyfile(tree / "usr/share/applications/closedmesh.desktop", tree / "closedmesh.desktop")
    shutil.copyfile(tree / ICON, tree / "closedmesh.png")
    (tree / ".DirIcon").symlink_to("closedmesh.png")


def squash(tree: Path, target: Path) -> None:
    """Make the file system, owned by root and read in large blocks. Raises
    `CalledProcessError`."""
    target.unlink(missing_ok=True)
    subprocess.run(
        ["mksquashfs", str(tree), str(target), "-root-owned", "-noappend", "-no-progress", "-quiet",
         "-comp", "zstd", "-Xcompression-level", "15", "-b", "1M"],
        check=True,
    )  # fmt: skip


def join(runtime: Path, system: Path, target: Path) -> None:
    """Put the file system behind the program that mounts it."""
    with target.open("wb") as made:
        for part in (runtime, system):
            with part.open("rb") as file:
                shutil.copyfileobj(file, made)
    target.chmod(0o755)
