"""Versions of the program side by side, where it was installed for one account from an archive.

    PROGRAM/closedmesh           starts the current version (a small script that never changes)
    PROGRAM/versions/0.2.0/      a version, whole
    PROGRAM/current              the version that is started
    PROGRAM/previous             the one before it, to go back to
    PROGRAM/trial                how often a new version was begun and did not come up
    PROGRAM/failed               a version that did not come up, and was left

A version that runs is never touched: a new one is unpacked beside it, and the switch is one small
file replaced in one step, which counts from the next start on. The script goes back by itself when
a new version does not come up twice. Where the system's own packages brought the program there is
nothing of this, and its updates come with theirs.
"""

import shutil
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

from closedmesh.errors import ClosedMeshError
from closedmesh.host.files import word_in, write_atomically

LAUNCHER = "closedmesh"

MOST_UNPACKED = 4 * 10**9
"""Bytes of a version at most, as it lies on the disk."""


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions below one folder."""

    folder: Path

    @classmethod
    def of_this_program(cls) -> "Versions | None":
        """Those to which the running program belongs, if it was installed so."""
        if not getattr(sys, "frozen", False):
            return None
        return cls.around(Path(sys.executable))

    @classmethod
    def around(cls, program: Path) -> "Versions | None":
        """Those to which a program file belongs, if it lies in one."""
        folder = program.resolve().parent.parent
        found = cls(folder.parent)
        return found if folder.name == "versions" and found.current else None

    @property
    def variant(self) -> str:
        """Which of the announcements for this system is about such copies."""
        return ""

    @property
    def launcher(self) -> Path:
        """What starts the current version."""
        return self.folder / LAUNCHER

    @property
    def current(self) -> str:
        """The version that is started next; empty if nothing says so."""
        return word_in(self.folder / "current")

    @property
    def failed(self) -> str:
        """The version that was left because it did not come up; empty if there is none."""
        return word_in(self.folder / "failed")

    def has(self, version: str) -> bool:
        """Whether a version lies here, whole."""
        return (self._place(version) / LAUNCHER).is_file()

    def unpack(self, archive: Path, version: str) -> None:
        """Put a version beside the others. Only for an archive whose hash was right. Raises
        `ClosedMeshError` when it cannot be unpacked; then nothing of it is left."""
        half = self._place(f"{version}.new")
        shutil.rmtree(half, ignore_errors=True)
        try:
            with tarfile.open(archive) as packed:
                _check_size(packed)
                packed.extractall(half, filter="data")
            (program,) = half.glob(f"*/{LAUNCHER}/{LAUNCHER}")
            shutil.rmtree(self._place(version), ignore_errors=True)
            program.parent.replace(self._place(version))
        except (OSError, tarfile.TarError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
            raise ClosedMeshError(
                f"Version {version} could not be unpacked: {why}.",
                "Make room on the disk and try again. What runs is not touched.",
            ) from error
        finally:
            shutil.rmtree(half, ignore_errors=True)

    def switch_to(self, version: str) -> None:
        """Have another version started from now on, on trial. Raises `ClosedMeshError`."""
        if not self.has(version):
            raise ClosedMeshError(f"Version {version} is not here.", "Fetch it anew.")
        try:
            self._write("previous", self.current)
            self._write("trial", "0")
            self._write("current", version)
        except OSError as error:
            raise ClosedMeshError(
                f"Version {version} could not be made the current one: {error.strerror}.",
                f"Look at the rights of {self.folder}.",
            ) from error

    def came_up(self, version: str) -> None:
        """This version runs and answers: it is no longer on trial, and what neither it nor the one
        before needs is deleted."""
        if version != self.current:
            return  # an old one that still runs
        (self.folder / "trial").unlink(missing_ok=True)
        kept = {version, word_in(self.folder / "previous")}
        for place in (self.folder / "versions").iterdir():
            if place.name not in kept:
                shutil.rmtree(place, ignore_errors=True)

    def forget_failure(self) -> None:
        """The failed version was told of, or a newer one is tried."""
        (self.folder / "failed").unlink(missing_ok=True)

    def _place(self, version: str) -> Path:
        return self.folder / "versions" / version

    def _write(self, name: str, word: str) -> None:
        write_atomically(self.folder / name, f"{word}\n".encode(), mode=0o644)


def _check_size(packed: tarfile.TarFile) -> None:
    total = 0
    for member in packed:
        total += member.size
        if total > MOST_UNPACKED:
            raise ValueError("it holds more than a version can")
