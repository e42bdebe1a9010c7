"""One peer per home: a lock that ends with its process, and a note of where that peer answers.

The lock is the operating system's, so a killed peer never leaves a stale one. The note lies in
a file of its own, which is believed only while the lock is held.
"""

import json
import os
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from closedmesh.errors import AlreadyRunning
from closedmesh.host.files import write_atomically
from closedmesh.host.paths import Paths

if sys.platform == "win32":
    import msvcrt

    def _lock(file: BinaryIO) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: BinaryIO) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@dataclass(frozen=True, slots=True)
class Announcement:
    """Where a running peer is found."""

    pid: int
    api: str | None
    """Address of its local API; `None` when it has none."""


class Instance:
    """Holds the lock of a home for the length of a block. Raises `AlreadyRunning`."""

    def __init__(self, paths: Paths) -> None:
        self._lock_file = _lock_path(paths)
        self._note = _note_path(paths)
        self._held: BinaryIO | None = None

    def __enter__(self) -> "Instance":
        file = self._lock_file.open("ab")
        try:
            _lock(file)
        except OSError:
            file.close()
            raise AlreadyRunning(
                "A peer already runs in this home folder.",
                "Use it (`closedmesh status` shows where), end it, or choose another --home.",
            ) from None
        self._held = file
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._note.unlink(missing_ok=True)
        if self._held:
            self._held.close()

    def announce(self, api: str | None) -> None:
        """Say where this peer answers."""
        note = json.dumps(asdict(Announcement(os.getpid(), api)))
        write_atomically(self._note, note.encode())


def running(paths: Paths) -> Announcement | None:
    """The peer that holds a home, if one does."""
    try:
        with _lock_path(paths).open("r+b") as file:
            _lock(file)
    except FileNotFoundError:
        return None
    except OSError:
        return _read_note(paths)
    return None


def _read_note(paths: Paths) -> Announcement | None:
    try:
        note = json.loads(_note_path(paths).read_bytes())
        return Announcement(int(note["pid"]), None if note["api"] is None else str(note["api"]))
    except (OSError, ValueError, KeyError, TypeError):
        return Announcement(0, None)  # somebody holds the lock and has not announced itself yet


def _lock_path(paths: Paths) -> Path:
    return paths.runtime / "peer.lock"


def _note_path(paths: Paths) -> Path:
    return paths.runtime / "peer.json"
