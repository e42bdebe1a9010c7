"""The one file that this program runs from, where it came as an AppImage, and a newer one in its
place.

    ClosedMesh.AppImage                     what a person starts
    .ClosedMesh.AppImage.update/0.2.0       a new version, whole
    .ClosedMesh.AppImage.update/previous    the file before, until the new one has come up
    .ClosedMesh.AppImage.update/trial       how often the new one was begun and did not come up
    .ClosedMesh.AppImage.update/failed      a version that did not come up, and was left

A file that runs is never touched: the system keeps what is mounted, and the new file takes its name
in one step, which counts from the next start on. What an image starts first (`AppRun`) goes back by
itself when the new version does not come up twice. Once it has, nothing is left beside it.
"""

import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from closedmesh.errors import ClosedMeshError
from closedmesh.host.files import word_in, write_atomically

CHUNK = 1024 * 1024
"""Bytes that are copied at a time."""


@dataclass(frozen=True, slots=True)
class AppImage:
    """The file, which need not be called so."""

    file: Path

    @classmethod
    def of_this_program(cls) -> "AppImage | None":
        """That of the running program, if it came so. The variables alone prove nothing: whatever
        an AppImage starts inherits them."""
        inside, file = os.environ.get("APPDIR"), os.environ.get("APPIMAGE")
        if not (inside and file and getattr(sys, "frozen", False)):
            return None
        program = Path(sys.executable).resolve()
        return cls(Path(file)) if program.is_relative_to(Path(inside).resolve()) else None

    @property
    def variant(self) -> str:
        """Which of the announcements for this system is about such copies."""
        return "appimage"

    @property
    def can_be_replaced(self) -> bool:
        """Whether this account may put another file in its place."""
        return os.access(self.file.parent, os.W_OK)

    @property
    def failed(self) -> str:
        """The version that was left because it did not come up; empty if there is none."""
        return word_in(self._beside / "failed")

    def unpack(self, archive: Path, version: str) -> None:
        """Put a version beside this one. Only for a file whose hash was right. Raises
        `ClosedMeshError`."""
        try:
            self._beside.mkdir(exist_ok=True)
            with archive.open("rb") as new:
                parts: Iterator[bytes] = iter(partial(new.read, CHUNK), b"")
                write_atomically(self._beside / version, parts, mode=0o755)
        except OSError as error:
            raise ClosedMeshError(
                f"Version {version} could not be put beside this one: {error.strerror}.",
                "Make room on the disk and try again. What runs is not touched.",
            ) from error

    def switch_to(self, version: str) -> None:
        """Have another version started from now on, on trial. Raises `ClosedMeshError`."""
        new, previous = self._beside / version, self._beside / "previous"
        folder = self.file.parent
        if not new.is_file():
            raise ClosedMeshError(f"Version {version} is not here.", "Fetch it anew.")
        try:
            previous.unlink(missing_ok=True)
            _second_name(self.file, previous)
            write_atomically(self._beside / "trial", f"0 {version}\n".encode(), mode=0o644)
            new.replace(self.file)
        except OSError as error:
            raise ClosedMeshError(
                f"Version {version} could not be made the current one: {error.strerror}.",
                f"Look at the rights of {folder}.",
            ) from error

    def came_up(self, version: str) -> None:
        """This version runs and answers: nothing else is needed any more, but what tells of one
        that failed."""
        on_trial = word_in(self._beside / "trial").partition(" ")[2]
        if on_trial not in ("", version) or not self._beside.is_dir():
            return
        for file in self._beside.iterdir():
            if file.name != "failed":
                file.unlink()
        self._remove_empty()

    def forget_failure(self) -> None:
        """The failed version was told of, or a newer one is tried."""
        (self._beside / "failed").unlink(missing_ok=True)
        self._remove_empty()

    @property
    def _beside(self) -> Path:
        return self.file.with_name(f".{self.file.name}.update")

    def _remove_empty(self) -> None:
        if self._beside.is_dir() and not any(self._beside.iterdir()):
            self._beside.rmdir()


def _second_name(file: Path, name: Path) -> None:
    """Give a file another name as well; a copy of it, where a disk knows only one for each."""
    try:
        name.hardlink_to(file)
    except OSError:
        shutil.copy2(file, name)
