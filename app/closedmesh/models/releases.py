"""Versions of the program, and what an announcement says of the latest one.

An announcement is a small signed file, one for each system, processor family and kind of file; what
signs it, and how that is checked, is the business of whoever fetches it.
"""

import re
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

_VERSION = re.compile(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})")

MAX_ANNOUNCEMENT = 16 * 1024
"""Bytes."""


class Announcement(Struct, frozen=True, forbid_unknown_fields=False):
    """The latest version for one system."""

    version: Annotated[str, Meta(pattern=rf"^{_VERSION.pattern}$")]
    file: Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,127}$")]
    """Name of the archive that installs it, or of another file that is it."""


class Release(Struct, frozen=True):
    """A version that can be fetched, and what its archive must be."""

    version: str
    file: str
    size: int
    """Bytes."""
    sha256: str


_SYSTEMS = {"win32": "windows", "darwin": "macos"}
_MACHINES = {"amd64": "x86_64"}
"""Names that releases have, for those that systems give themselves."""


def announcement_name(system: str, machine: str, variant: str = "") -> str:
    """The name of the announcement for `linux`, `win32` or `darwin` and a processor family; of
    several kinds of files for them, `variant` says which."""
    family = _MACHINES.get(machine.lower(), machine.lower())
    words = ("latest", _SYSTEMS.get(system, system), family, variant)
    return f"{'-'.join(filter(None, words))}.json"


def read_announcement(data: bytes) -> Announcement:
    """What an announcement says. Raises `ValueError`."""
    return msgspec.json.decode(data, type=Announcement)


def is_newer(version: str, than: str) -> bool:
    """Whether one version comes after another; `False` for what is no version."""
    first, second = _VERSION.fullmatch(version), _VERSION.fullmatch(than)
    if not first or not second:
        return False
    return tuple(map(int, first.groups())) > tuple(map(int, second.groups()))


class UpdateState(StrEnum):
    """How this copy of the program does with new versions."""

    ELSEWHERE = "elsewhere"
    """Whoever brought this copy brings new ones: it does not know where to look."""
    UNKNOWN = "unknown"
    """Nobody has looked yet."""
    CURRENT = "current"
    AVAILABLE = "available"
    FETCHING = "fetching"
    READY = "ready"
    """It lies here, whole and genuine, and is started with the next start."""


class Update(Struct, frozen=True):
    """What is known of a newer version."""

    state: UpdateState = UpdateState.ELSEWHERE
    version: str = ""
    """The newer one, from `AVAILABLE` on."""
    size: int = 0
    """Bytes of its archive."""
    landed: int = 0
    """Bytes that are here."""
    can_fetch: bool = False
    """Whether the program brings it here itself; else only tells of it."""
    problem: str = ""
    """What went wrong the last time, in words."""
