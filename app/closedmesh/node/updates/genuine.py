"""What a place says of new versions, believed only as far as its signatures lead to our own keys.

The only module that knows The Update Framework: it refuses older lists than were seen before, lists
past their date, signatures of other keys or too few of them, and files longer than was signed.
"""

import asyncio
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tuf.api.exceptions import (
    DownloadError,
    DownloadHTTPError,
    ExpiredMetadataError,
    RepositoryError,
)
from tuf.ngclient import FetcherInterface, Updater

from closedmesh.errors import ClosedMeshError, UpdateRefused
from closedmesh.models.reach import Reach
from closedmesh.models.releases import MAX_ANNOUNCEMENT, Release, read_announcement
from closedmesh.node.fetching.web import Web
from closedmesh.settings import NetworkSettings

LISTS = "metadata"
FILES = "targets"


@dataclass(frozen=True, slots=True)
class Origin:
    """Where versions come from: a fact of the copy that somebody built, not a setting."""

    address: str
    """Of the folder that holds lists and archives; https."""
    root: bytes
    """The first list of keys, which came with the program."""

    @classmethod
    def found_in(cls, folder: Path) -> "Origin | None":
        """What whoever built this copy put into it, if anything."""
        try:
            address = (folder / "address.txt").read_text("utf-8").strip()
            return cls(address.rstrip("/"), (folder / "root.json").read_bytes())
        except FileNotFoundError:
            return None

    def file(self, release: Release) -> str:
        """The address of a version's archive."""
        return f"{self.address}/{FILES}/{release.sha256}.{release.file}"


def web_to(origin: Origin, network: Callable[[], NetworkSettings]) -> Web:
    """The web as far as an origin's own host, and no further."""
    return Web(lambda: Reach((urlsplit(origin.address).netloc,)), network)


async def latest(web: Web, origin: Origin, folder: Path, announcement: str) -> Release | None:
    """The latest version that is announced under a name; `None` if there is none for it. `folder`
    remembers what was seen, so that nothing older is believed afterwards. Raises `UpdateRefused`
    for what is not genuine, `ClosedMeshError` where nothing answers."""
    over = _OverWeb(web, asyncio.get_running_loop())
    try:
        return await asyncio.to_thread(_look, over, origin, folder, announcement)
    except ExpiredMetadataError as error:
        raise UpdateRefused(
            "The list of new versions is past its date.",
            "Look at this computer's date. If it is right, somebody may be keeping newer lists"
            " from you, or nobody looks after them any more. Nothing was changed.",
        ) from error
    except (RepositoryError, ValueError) as error:
        raise UpdateRefused(
            "What was announced as a new version is not genuine.",
            "Nothing was changed. Try from another network; if that is no different, tell us.",
        ) from error
    except (DownloadError, OSError) as error:
        raise ClosedMeshError(
            "The list of new versions could not be fetched.",
            "Look at the network and its proxy; it is tried again tomorrow.",
        ) from error


def _look(over: "_OverWeb", origin: Origin, folder: Path, announcement: str) -> Release | None:
    folder.mkdir(parents=True, exist_ok=True)
    updater = Updater(
        str(folder),
        f"{origin.address}/{LISTS}/",
        str(folder),
        f"{origin.address}/{FILES}/",
        over,
        bootstrap=origin.root,
    )
    updater.refresh()
    signed = updater.get_targetinfo(announcement)
    if signed is None:
        return None
    if signed.length > MAX_ANNOUNCEMENT:
        raise ValueError("an announcement is small")
    said = read_announcement(Path(updater.download_target(signed)).read_bytes())
    archive = updater.get_targetinfo(said.file)
    if archive is None or "sha256" not in archive.hashes:
        raise ValueError("the archive is not signed")
    return Release(said.version, said.file, archive.length, archive.hashes["sha256"])


class _OverWeb(FetcherInterface):
    """Fetches for a thread, through the program's own way to the outside."""

    def __init__(self, web: Web, loop: asyncio.AbstractEventLoop) -> None:
        self._web = web
        self._loop = loop

    def _fetch(self, url: str) -> Iterator[bytes]:
        asking = asyncio.run_coroutine_threadsafe(self._web.read(url), self._loop)
        try:
            status, _, body = asking.result()
        except CancelledError as error:
            raise DownloadError("the peer ends") from error
        if status != 200:
            raise DownloadHTTPError(f"status {status}", status)
        return iter((body,))
