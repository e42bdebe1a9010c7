"""The peer as a service of this account: starts at login, without a window. Off until asked for.

Each system has its own way, behind the same three functions. A home other than the account's own
has a service of its own. What the service runs is named by paths that survive an update of the
program in place.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from closedmesh.errors import ClosedMeshError
from closedmesh.host.app_image import AppImage
from closedmesh.host.paths import Paths
from closedmesh.host.versions import Versions

PATIENCE = 30.0
"""Seconds for the system's service manager."""


@dataclass(frozen=True, slots=True)
class Job:
    """What the service runs."""

    name: str
    """Of the service, like `closedmesh` or `closedmesh-1f2e3d4c`."""
    command: tuple[str, ...]
    home: str
    """The peer's folder, for people."""


@dataclass(frozen=True, slots=True)
class Installed:
    """A service that the system knows."""

    place: str
    """The file that tells the system, or the name of the task."""
    starts_at_login: bool
    manager: str
    """Who runs it: "systemd", "launchd", "Task Scheduler"."""


def job(paths: Paths) -> Job:
    """The service of a home."""
    own = f"-{hashlib.sha256(os.fsencode(paths.home)).hexdigest()[:8]}" if paths.explicit else ""
    home = ("--home", str(paths.home)) if paths.explicit else ()
    return Job(f"closedmesh{own}", (*program(), *home, "serve"), str(paths.home))


def program() -> tuple[str, ...]:
    """How this program is started again, by another process and after an update."""
    if image := AppImage.of_this_program():
        # What runs now lies in a folder that is mounted only while it runs.
        return (str(image.file),)
    if versions := Versions.of_this_program():
        return (str(versions.launcher),)
    if getattr(sys, "frozen", False):
        return (sys.executable,)
    return (sys.executable, "-m", "closedmesh")


def helper(word: str) -> tuple[str, ...]:
    """How a process of this program that helps the peer is started, in the version that runs now;
    `word` says what it does."""
    if getattr(sys, "frozen", False):
        return (sys.executable, word)
    # -P: a file called like a module of ours in the current folder is not ours.
    return (sys.executable, "-P", "-m", "closedmesh", word)


def run(command: Sequence[str], advice: str) -> str:
    """What a program of the system prints. Raises `ClosedMeshError` with `advice`."""
    try:
        answer = subprocess.run(
            command, check=False, capture_output=True, text=True, timeout=PATIENCE
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ClosedMeshError(f"{command[0]} does not answer: {error}.", advice) from error
    if answer.returncode != 0:
        said = (answer.stderr or answer.stdout).strip().splitlines()
        why = said[-1] if said else f"code {answer.returncode}"
        raise ClosedMeshError(f"{command[0]} refused: {why}", advice)
    return answer.stdout


def succeeds(command: Sequence[str]) -> bool:
    """Whether a program of the system is there and content."""
    try:
        return subprocess.run(
            command, check=False, capture_output=True, timeout=PATIENCE
        ).returncode == 0  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return False


def write(path: Path, data: bytes) -> None:
    """Write a file of the system's own, making its folder. Raises `ClosedMeshError`."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    except OSError as error:
        raise ClosedMeshError(
            f"{path} cannot be written: {error.strerror}.", "Look at the rights of its folder."
        ) from error
