"""What is built, from what, and where."""

import platform
import sys
from dataclasses import dataclass
from pathlib import Path

import develop
import linux_packages
import linux_targets
import macos_packages
import windows_packages

ROOT = develop.ROOT
RESOURCES = ROOT / "resources"
PYPROJECT = ROOT / "pyproject.toml"
CATALOGUE = RESOURCES / "catalogue.toml"

TARGETS = {
    "linux": linux_targets.TARGETS,
    "win32": windows_packages.TARGETS,
    "darwin": macos_packages.TARGETS,
}
"""Packages, by the system that they are for."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One release, on its way."""

    python: Path
    """Interpreter of an environment that has the program's packages and PyInstaller."""
    out: Path
    """Folder for everything that is made."""
    targets: tuple[str, ...]
    """Packages that were asked for; empty for all that the system has."""
    invite: str
    """Of the mesh that a new home joins; empty is none."""
    updates: Path | None
    """Folder that says where new versions come from (`releases.py begin`)."""
    version: str
    day: str
    runtime: Path | None
    """The program that mounts an AppImage."""
    vulkan: bool
    """The engine gets kernels for graphics cards of any maker."""
    in_dock: bool
    """On macOS: it has a place in the Dock, and not only in the menu bar."""

    @property
    def system(self) -> str:
        """That the program is for: this one's, or Windows where a bundle for it was brought."""
        brought = (self.out / "closedmesh" / "closedmesh.exe").exists()
        return "win32" if brought else sys.platform

    @property
    def bundle(self) -> Path:
        """The folder that holds the built program."""
        return self.out / ("ClosedMesh.app" if self.system == "darwin" else "closedmesh")

    @property
    def program(self) -> Path:
        """What is started, from a terminal."""
        places = {"darwin": "Contents/MacOS/closedmesh", "win32": "closedmesh.exe"}
        return self.bundle / places.get(self.system, "closedmesh")

    @property
    def inside(self) -> Path:
        """Where the bundle keeps what it reads."""
        return self.bundle / ("Contents/Resources" if self.system == "darwin" else "_internal")

    @property
    def stem(self) -> str:
        """What the names of packages begin with."""
        names = {"darwin": "macos", "win32": "windows"}
        machine = platform.machine().lower().replace("amd64", "x86_64")
        return f"closedmesh-{self.version}-{names.get(self.system, 'linux')}-{machine}"

    @property
    def share(self) -> Path:
        """Where the environment keeps what is no package of Python."""
        return self.python.parent.parent / "share" / "closedmesh"

    @property
    def icon(self) -> Path:
        """The program's picture, as Windows reads it."""
        return self.out / "closedmesh.ico"

    @property
    def source(self) -> linux_packages.Source:
        """The bundle, as those know it who pack it for Linux."""
        return linux_packages.Source(self.bundle, RESOURCES, self.python, self.version, self.day)


def make(target: str, plan: Plan) -> Path:
    """One package. Raises `CalledProcessError`."""
    if plan.system == "win32":
        source = windows_packages.Source(plan.bundle, plan.icon, plan.version, plan.out, plan.stem)
        return windows_packages.make(target, source)
    if plan.system == "darwin":
        return macos_packages.image(plan.bundle, plan.out / "work", plan.out / f"{plan.stem}.dmg")
    place = linux_targets.Place(plan.out, plan.stem, plan.runtime)
    return linux_targets.make(target, plan.source, place)
