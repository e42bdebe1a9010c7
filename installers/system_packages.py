"""What the program needs of the system: installed on Debian and Ubuntu, named elsewhere."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

# fmt: off
RUN = [
    "build-essential", "cmake", "python3-venv", "fontconfig-config", "fonts-dejavu-core",
    "libegl1", "libgl1", "libdbus-1-3", "libfontconfig1", "libfreetype6", "libglib2.0-0",
    "libx11-xcb1", "libxcb-cursor0", "libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1",
    "libxcb-randr0", "libxcb-render-util0", "libxcb-render0", "libxcb-shape0", "libxcb-shm0",
    "libxcb-sync1", "libxcb-util1", "libxcb-xfixes0", "libxcb-xkb1",
    "libxkbcommon-x11-0", "libxkbcommon0",
    "libwayland-client0", "libwayland-cursor0", "libwayland-egl1",
]
"""A compiler for llama.cpp, and what Qt's plug-ins for X and Wayland load."""

TEST = [
    "xvfb", "xauth", "openbox", "xfce4-panel", "xfconf", "xdotool", "imagemagick", "x11-utils",
    "dbus", "dbus-x11", "gnome-keyring", "libsecret-tools",
]
"""A display, a window manager, a panel with a tray, and a keychain."""
# fmt: on

RENAMED = {"libglib2.0-0": "libglib2.0-0t64"}
"""Since Debian 13 and Ubuntu 24.04; the old name is provided by the new package."""

ELSEWHERE = {
    "dnf": "gcc-c++ cmake mesa-libEGL libxkbcommon-x11 xcb-util-cursor xcb-util-keysyms",
    "pacman": "base-devel cmake libxkbcommon-x11 xcb-util-cursor xcb-util-wm xcb-util-keysyms",
    "zypper": "gcc-c++ cmake libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-keysyms1",
    "brew": "cmake (and the command line tools: xcode-select --install)",
    "winget": "Kitware.CMake Microsoft.VisualStudio.2022.BuildTools (with C++)",
}


class Missing(Exception):
    """Packages that a person must install."""


def install(*, tests: bool) -> None:
    """Install what is missing. Raises `Missing` where that cannot be done from here."""
    wanted = RUN + TEST if tests else RUN
    if not shutil.which("apt-get"):
        _look_elsewhere()
        return
    absent = missing(wanted, _installed())
    if not absent:
        return
    print(f"Installing {len(absent)} system packages: {' '.join(absent)}", flush=True)
    for command in apt_commands(absent, root=_is_root(), sudo=shutil.which("sudo") is not None):
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def missing(wanted: Iterable[str], installed: Iterable[str]) -> list[str]:
    """Those of the wanted packages that are installed under neither of their names."""
    there = set(installed)
    return [name for name in wanted if name not in there and RENAMED.get(name) not in there]


def _installed() -> list[str]:
    listed = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Abbrev} ${Package}\n"],
        check=True,
        capture_output=True,
        text=True,
    )
    return parse_installed(listed.stdout)


def parse_installed(listed: str) -> list[str]:
    """Names in the output of `dpkg-query` whose state is installed."""
    lines = (line.split() for line in listed.splitlines())
    return [line[1] for line in lines if len(line) == 2 and line[0] == "ii"]


def apt_commands(packages: Sequence[str], *, root: bool, sudo: bool) -> list[list[str]]:
    """What installs packages. Raises `Missing` for a person who may not."""
    if not root and not sudo:
        raise Missing(
            f"Please install these as root first:\n  apt-get install {' '.join(packages)}"
        )
    before = [] if root else ["sudo"]
    return [
        [*before, "apt-get", "update", "-qq"],
        [*before, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages],
    ]


def _is_root() -> bool:
    return sys.platform != "win32" and os.geteuid() == 0


def _look_elsewhere() -> None:
    """Say what to install where we do not do it; go on if a compiler is there."""
    if shutil.which("cmake") and (sys.platform == "win32" or shutil.which("cc")):
        return
    for manager, packages in ELSEWHERE.items():
        if shutil.which(manager) or (manager == "brew" and Path("/opt/homebrew").exists()):
            raise Missing(f"A compiler and CMake are needed. Install with {manager}: {packages}")
    raise Missing("A C++ compiler and CMake are needed; install them first.")
