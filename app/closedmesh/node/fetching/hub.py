"""Hugging Face over its HTTP API: search, the files of a repository, and ranges of a file.

`HUB` or a mirror of it. The token of gated models goes to that host and to no other.
"""

import email.utils
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from typing import TypeVar
from urllib.parse import quote, urlencode

import aiohttp
import msgspec

from closedmesh.errors import ClosedMeshError, DownloadFailed, ModelNotFound
from closedmesh.models import hub
from closedmesh.models.blocks import Run
from closedmesh.models.hub import Found, HubFile, HubRef, Lfs, Listing
from closedmesh.models.reach import HUB
from closedmesh.node.clock import Clock
from closedmesh.node.fetching import ranges
from closedmesh.node.fetching.source import Trouble, Wanted
from closedmesh.node.fetching.web import Web

RESULTS = 20
"""Repositories that a search shows."""

LONGEST_WAIT = 3600.0
"""Seconds; whoever asks us to wait longer is asked again after this."""

T = TypeVar("T")


class Hub:
    """The hub. Also a `Source` of files."""

    def __init__(
        self,
        web: Web,
        mirror: Callable[[], str],
        token: Callable[[], str],
        clock: Clock,
    ) -> None:
        self._web = web
        self._mirror = mirror
        self._token = token
        self._clock = clock
        self._places: dict[str, str] = {}
        """Where the hub sent us for a file, by SHA-256; such addresses run out."""

    @property
    def _base(self) -> str:
        return (self._mirror() or HUB).rstrip("/")

    async def search(self, text: str) -> tuple[Found, ...]:
        """Repositories with GGUF files, the most used first."""
        wanted = {"search": text, "filter": "gguf", "sort": "downloads", "limit": RESULTS}
        query = urlencode({**wanted, "full": "true"})
        body = await self._api(f"{self._base}/api/models?{query}", text)
        return _decoded(lambda: hub.read_search(body))

    async def files(self, repo: str) -> tuple[Listing, tuple[HubFile, ...]]:
        """The models of a repository as it is now."""
        listing = await self.listing(hub.check_repo(repo), "main")
        return listing, hub.models_of(repo, listing)

    async def listing(self, repo: str, revision: str) -> Listing:
        """All files of a repository at a revision."""
        url = f"{self._base}/api/models/{repo}/revision/{quote(revision, safe='')}?blobs=true"
        body = await self._api(url, repo)
        return _decoded(lambda: hub.read_listing(body))

    async def locate(self, ref: HubRef) -> tuple[Wanted, ...]:
        """A model's files with size and SHA-256 as the hub states them, at one commit."""
        listing = await self.listing(ref.repo, ref.revision)
        wanted = []
        for path in hub.parts_of(ref.file):
            lfs = listing.large(path)
            if lfs is None:
                raise ModelNotFound(
                    f"{ref.repo} has no file {path} on the hub.",
                    f"`closedmesh models search {ref.repo}` lists what it has.",
                )
            wanted.append(_wanted(ref, listing, path, lfs))
        return tuple(wanted)

    async def _api(self, url: str, what: str) -> bytes:
        try:
            status, headers, body = await self._web.read(url, token=self._token())
            if status != 200:
                raise self._refusal(status, headers, what)
        except Trouble as trouble:
            raise DownloadFailed(
                f"{trouble.words}.", "Look at the network and its proxy, then try again."
            ) from trouble
        return body

    async def read(self, wanted: Wanted, run: Run) -> AsyncGenerator[bytes]:
        """The bytes of a run, from where the hub keeps them."""
        url = self._places.get(wanted.sha256)
        path = f"{wanted.repo}/resolve/{wanted.revision}/{quote(wanted.file)}"
        headers = {"Range": f"bytes={run.start}-{run.end - 1}"}
        token = "" if url else self._token()
        async with self._web.get(url or f"{self._base}/{path}", headers, token=token) as reply:
            self._places.pop(wanted.sha256, None)
            place, response = reply
            self._check(response, wanted, run, known=url is not None)
            self._places[wanted.sha256] = place
            async with aclosing(ranges.taken(response, run)) as chunks:
                async for chunk in chunks:
                    yield chunk

    def _check(
        self, response: aiohttp.ClientResponse, wanted: Wanted, run: Run, *, known: bool
    ) -> None:
        """Raise unless exactly the bytes of a run will come."""
        if response.status not in (200, 206):
            if known and response.status in (401, 403, 404, 410):
                raise Trouble("The hub's address for the file ran out")
            raise self._refusal(response.status, response.headers, wanted.repo)
        ranges.check(response, wanted, run)

    def _refusal(self, status: int, headers: Mapping[str, str], what: str) -> Exception:
        if status in (401, 403):
            return DownloadFailed(
                f"The hub does not let us have {what}.",
                "Its owner may ask people to agree to terms: do so on its page there, then give"
                " your token (`closedmesh models token`, or the Models page).",
            )
        if status == 404:
            return ModelNotFound(f"{what} is not on the hub.", "Look at the spelling.")
        if status in (429, 503):
            wait = _retry_after(headers.get("Retry-After", ""), self._clock.now())
            return Trouble("The hub is busy and asks us to wait", wait)
        if status >= 500:
            return Trouble(f"The hub is in trouble itself (it says {status})")
        return DownloadFailed(
            f"The hub refused with the number {status}.", "Try again later, or another file."
        )


def _wanted(ref: HubRef, listing: Listing, path: str, lfs: Lfs) -> Wanted:
    return Wanted(ref.repo, listing.sha, path, lfs.size, lfs.sha256)


def _retry_after(text: str, now: float) -> float:
    """Seconds, from a number or a date; 0 for neither."""
    if text.strip().isdecimal():
        return min(float(text.strip()[:9]), LONGEST_WAIT)
    try:
        date = email.utils.parsedate_to_datetime(text)
    except ValueError:
        return 0.0
    return min(max(0.0, date.timestamp() - now), LONGEST_WAIT)


def _decoded(read: Callable[[], T]) -> T:
    try:
        return read()
    except msgspec.MsgspecError as error:
        raise ClosedMeshError(
            "The hub's reply could not be understood.",
            "Try again later; if a mirror is set, look at it.",
        ) from error
