"""The queue of downloads that a person sees: asked for, paused, resumed, put first, given up.

One model is fetched at a time, all its files one after the other. The queue is kept in the store
with every change, so that it goes on after any end of the program. Nothing enters it unasked.
"""

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
from msgspec import Struct, structs

from closedmesh.errors import BadRequest, ClosedMeshError, DownloadFailed
from closedmesh.host.hardware import disk_free
from closedmesh.node.clock import Clock
from closedmesh.node.fetching import part_file
from closedmesh.node.fetching.fetch import MAX_TRIES, Fetch, Stage
from closedmesh.node.fetching.rate import Limiter, Meter
from closedmesh.node.fetching.source import Helpers, Source, Wanted
from closedmesh.node.store import Store
from closedmesh.status import Download, DownloadState

log = logging.getLogger(__name__)

SPARE_DISK = 512 * 2**20
"""Bytes that a download leaves free."""

FACT = "downloads"

_STAGES = {
    Stage.CHECKING: DownloadState.CHECKING,
    Stage.FETCHING: DownloadState.FETCHING,
    Stage.VERIFYING: DownloadState.VERIFYING,
    Stage.REPAIRING: DownloadState.REPAIRING,
}


class File(Struct, frozen=True):
    """One file of a download, and its name in the model folder."""

    wanted: Wanted
    name: str


class Item(Struct, frozen=True):
    """A download as it is kept."""

    id: str
    ref: str
    title: str
    files: tuple[File, ...]
    paused: bool = False
    problem: str = ""
    """Why it stopped; it waits to be resumed then."""

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return sum(file.wanted.size for file in self.files)

    @property
    def waits(self) -> bool:
        """Whether it waits for its turn, and for nothing else."""
        return not self.paused and not self.problem


Accept = Callable[[Item, list[Path]], Awaitable[None]]


@dataclass(slots=True)
class _Work:
    """The download that is being fetched."""

    item: Item
    task: asyncio.Task[None]
    meter: Meter
    before: int = 0
    """Bytes of the files that are done."""
    fetch: Fetch | None = None


@dataclass(slots=True)
class Downloads:
    """The queue. `run` fetches what is in it."""

    store: Store
    source: Source
    folder: Callable[[], Path]
    limit: Callable[[], float]
    """Bytes a second; 0 is no limit."""
    accept: Accept
    """Told of files that are whole and right, before they leave the queue."""
    clock: Clock
    changed: Callable[[], None]
    helpers: Helpers | None = None
    _items: list[Item] = field(default_factory=list)
    _work: _Work | None = None
    _turned: asyncio.Event = field(default_factory=asyncio.Event)

    def __post_init__(self) -> None:
        kept = self.store.fact(FACT)
        if kept:
            try:
                self._items = msgspec.json.decode(kept, type=list[Item])
            except msgspec.MsgspecError:
                log.exception("the list of downloads could not be read")

    async def run(self) -> None:
        """Fetch what waits, the first first, until cancelled."""
        limiter = Limiter(self.limit, self.clock)
        async with asyncio.TaskGroup() as group:
            while True:
                self._turned.clear()
                item = next((item for item in self._items if item.waits), None)
                if item is None:
                    await self._turned.wait()
                    continue
                task = group.create_task(self._fetch(item, limiter), name=f"download {item.id}")
                self._work = _Work(item, task, Meter(self.clock))
                await asyncio.wait([task])
                self._work = None
                self.changed()

    async def _fetch(self, item: Item, limiter: Limiter) -> None:
        """Fetch all files of one download; remembers why it stopped if it did."""
        try:
            folder = self.folder()
            self._check_room(item, folder)
            for file in item.files:
                await self._fetch_file(file, folder, limiter)
            await self.accept(item, [folder / file.name for file in item.files])
        except ClosedMeshError as error:
            log.warning("download %s stopped: %s", item.id, error.code)
            self._replace(item.id, problem=str(error))
        except Exception:
            log.exception("download %s", item.id)
            self._replace(item.id, problem="The program made a mistake. Try to go on with it.")
        else:
            self._keep([other for other in self._items if other.id != item.id])

    async def _fetch_file(self, file: File, folder: Path, limiter: Limiter) -> None:
        fetch = Fetch(
            file.wanted,
            folder / file.name,
            self.source,
            limiter,
            self.clock,
            self.changed,
            self.helpers,
        )
        work = self._work
        if work:
            work.fetch = fetch
        await fetch.run()
        if work:
            work.before += file.wanted.size
            work.fetch = None

    def _check_room(self, item: Item, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        needed = item.size - self._landed(item)
        free = disk_free(folder)
        if free < needed + SPARE_DISK:
            raise DownloadFailed(
                f"{item.title} needs {needed / 1e9:.1f} GB more, and the disk of the model folder"
                f" has {free / 1e9:.1f} GB free.",
                "Make room (a little stays free for other programs), or choose another"
                " models.folder. What was fetched is kept.",
            )

    def _landed(self, item: Item) -> int:
        """Bytes on the disk, by the maps."""
        folder, total = self.folder(), 0
        for file in item.files:
            target = folder / file.name
            wanted = file.wanted
            if target.exists():
                total += wanted.size
            else:
                total += part_file.landed(target, wanted.size, wanted.sha256)
        return total

    def add(self, ref: str, title: str, wanted: tuple[Wanted, ...]) -> Item:
        """Put a model at the end of the queue. Raises `DownloadFailed` if the disk has no room;
        a model that is in the queue already goes on."""
        hashes = [file.sha256 for file in wanted]
        for item in self._items:
            if [file.wanted.sha256 for file in item.files] == hashes:
                self.resume(item.id)
                return self._find(item.id)
        folder = self.folder()
        files = tuple(File(file, self._free_name(file, folder)) for file in wanted)
        item = Item(secrets.token_hex(4), ref, title, files)
        self._check_room(item, folder)
        self._keep([*self._items, item])
        return item

    def _free_name(self, wanted: Wanted, folder: Path) -> str:
        """A name that no other file has or will have; parts of a model keep their pattern."""
        taken = {file.name for item in self._items for file in item.files}
        if wanted.name in taken or (folder / wanted.name).exists():
            return f"{wanted.sha256[:8]}-{wanted.name}"
        return wanted.name

    def pause(self, download: str) -> None:
        """Stop fetching; what has landed is kept."""
        self._replace(download, paused=True, problem="")
        self._stop(download)

    def resume(self, download: str) -> None:
        """Go on."""
        self._replace(download, paused=False, problem="")

    def prefer(self, download: str) -> None:
        """Fetch this one before the others; the one under way waits then."""
        item = self._find(download)
        self._keep([item, *(other for other in self._items if other.id != download)])
        if self._work and self._work.item.id != download and item.waits:
            self._work.task.cancel()

    async def cancel(self, download: str) -> None:
        """Give a download up and delete what has landed."""
        item = self._find(download)
        self._keep([other for other in self._items if other.id != download])
        work = self._work
        if work and work.item.id == download:
            work.task.cancel()
            await asyncio.wait([work.task])
        for file in item.files:
            target = self.folder() / file.name
            await asyncio.to_thread(part_file.discard, target)
            await asyncio.to_thread(target.unlink, missing_ok=True)

    def _stop(self, download: str) -> None:
        if self._work and self._work.item.id == download:
            self._work.task.cancel()

    def _find(self, download: str) -> Item:
        for item in self._items:
            if item.id == download:
                return item
        raise BadRequest(
            "This download is over.", "`closedmesh models list` shows what is here.", param="id"
        )

    def _replace(self, download: str, *, problem: str, paused: bool = False) -> None:
        item = structs.replace(self._find(download), paused=paused, problem=problem)
        self._keep([item if other.id == download else other for other in self._items])

    def _keep(self, items: list[Item]) -> None:
        """Remember the queue and look at it anew."""
        self.store.remember(FACT, msgspec.json.encode(items).decode())
        self._items = items
        self._turned.set()
        self.changed()

    def show(self) -> tuple[Download, ...]:
        """The queue as a person sees it."""
        shown, before = [], 0
        for item in self._items:
            work = self._work if self._work and self._work.item.id == item.id else None
            landed = self._landed_of(work) if work else self._landed(item)
            before += item.size - landed
            shown.append(self._show(item, work, landed, before))
        return tuple(shown)

    def _landed_of(self, work: _Work) -> int:
        return work.before + (work.fetch.progress.landed if work.fetch else 0)

    def _show(self, item: Item, work: _Work | None, landed: int, before: int) -> Download:
        rate = 0.0
        state = DownloadState.QUEUED
        tries, problem = 0, item.problem
        if item.problem:
            state = DownloadState.FAILED
        elif item.paused:
            state = DownloadState.PAUSED
        elif work and work.fetch:
            progress = work.fetch.progress
            state = _STAGES[progress.stage]
            tries, problem = progress.tries, progress.trouble
            rate = work.meter.measure(landed) if state is DownloadState.FETCHING else 0.0
        left = item.size - landed
        return Download(
            id=item.id,
            ref=item.ref,
            title=item.title,
            size_bytes=item.size,
            landed=landed,
            state=state,
            rate=rate,
            seconds_left=left / rate if rate > 0 else None,
            tries=tries,
            most_tries=MAX_TRIES,
            problem=problem,
            disk_left=max(0, _free(self.folder()) - before),
        )


def _free(folder: Path) -> int:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return disk_free(folder)
