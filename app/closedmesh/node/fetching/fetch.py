"""Lands one file: some connections at a time, each a run of blocks, until all is there and right.

Every connection does the same: take the next run, write it as it comes, and when a source gives
out wait with the others and go on where it stopped. Nothing that has landed is asked for twice. A
file that is complete and still wrong is repaired: bytes that the disk does not give back as they
were are fetched again alone; else blocks are compared
with a second copy, first those that came from other computers than the source.
"""

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from closedmesh.errors import ClosedMeshError, DownloadFailed, ModelFileRefused
from closedmesh.models.blocks import BLOCK, STEP, BlockMap, Run
from closedmesh.node.clock import Clock
from closedmesh.node.fetching import part_file
from closedmesh.node.fetching.part_file import Landing, PartFile
from closedmesh.node.fetching.rate import Limiter
from closedmesh.node.fetching.source import Helpers, Source, Trouble, Wanted

log = logging.getLogger(__name__)

CONNECTIONS = 4

MAX_TRIES = 10
"""Troubles in a row, without a byte between them, after which a download stops and waits."""

MAX_COPIES = 5
"""Of a block that are compared with each other."""

FIRST_PAUSE = 1.0
"""Seconds before a source is asked again; doubles each time."""

LONGEST_PAUSE = 60.0
"""Seconds; the end of that doubling."""


class Stage(StrEnum):
    """What is being done."""

    CHECKING = "checking"
    """What has landed before is read."""
    FETCHING = "fetching"
    VERIFYING = "verifying"
    """The whole is hashed."""
    REPAIRING = "repairing"
    """Blocks are fetched again because the whole is wrong."""


@dataclass(slots=True)
class Progress:
    """How a file does; read by whoever wants to show it."""

    stage: Stage = Stage.CHECKING
    landed: int = 0
    """Bytes."""
    tries: int = 0
    """Troubles since the last byte."""
    trouble: str = ""
    """The latest one in words; empty while bytes come."""
    refetched: int = 0
    """Bytes that were fetched again to repair the file."""


@dataclass(slots=True)
class _Patience:
    """Waiting after trouble, together: what all connections meet at once counts once."""

    clock: Clock
    progress: Progress
    changed: Callable[[], None]
    resume: float = 0.0

    async def after(self, trouble: Trouble) -> None:
        """Wait before asking again. Raises `DownloadFailed` when it was enough."""
        now = self.clock.monotonic()
        if now >= self.resume:
            self.progress.tries += 1
            self.progress.trouble = trouble.words
            if self.progress.tries > MAX_TRIES:
                raise DownloadFailed(
                    f"{trouble.words}, and {MAX_TRIES} tries changed nothing.",
                    "What was fetched is kept. Go on with it when the network is better.",
                )
            pause = min(FIRST_PAUSE * 2 ** (self.progress.tries - 1), LONGEST_PAUSE)
            self.resume = now + max(pause, trouble.wait)
            log.info("%s; trying again in %.0f s", trouble.words, self.resume - now)
            self.changed()
        await self.clock.sleep(self.resume - now)

    def good(self) -> None:
        """Bytes came."""
        self.progress.tries = 0
        self.progress.trouble = ""


@dataclass(slots=True)
class Fetch:
    """One file on its way to `target`."""

    wanted: Wanted
    target: Path
    source: Source
    limiter: Limiter
    clock: Clock
    changed: Callable[[], None]
    """Called when the stage changes or trouble begins."""
    helpers: Helpers | None = None
    progress: Progress = field(default_factory=Progress)
    _busy: set[int] = field(default_factory=set)
    _hashing: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def run(self) -> None:
        """Return when the file is there, whole and right. What has landed is kept whatever
        happens, except when it is certain that it is not what was wanted."""
        if await asyncio.to_thread(self._is_there):
            return
        patience = _Patience(self.clock, self.progress, self.changed)
        part = PartFile(self.target, self.wanted.size, self.wanted.sha256)
        try:
            with part:
                await self._check(part, part.map.records())
                await self._land_all(part, patience)
                if not part.is_right:
                    await self._repair(part, patience)
                await asyncio.to_thread(part.finish)
        except ModelFileRefused:
            part_file.discard(self.target)
            raise
        except OSError as error:
            raise _disk_trouble(self.target, error) from error

    def _is_there(self) -> bool:
        """Whether the file has its name already: we ended between that and saying so."""
        if not self.target.is_file() or self.target.stat().st_size != self.wanted.size:
            return False
        if part_file.sha256_of(self.target) != self.wanted.sha256:
            return False
        part_file.discard(self.target)
        self.progress.landed = self.wanted.size
        return True

    def _stage(self, stage: Stage) -> None:
        self.progress.stage = stage
        self.changed()

    async def _check(self, part: PartFile, records: tuple[object, ...]) -> None:
        self._stage(Stage.CHECKING)
        for block in range(part.map.count if records else 0):
            await asyncio.to_thread(part.check, block)
        self.progress.landed = part.map.total

    async def _land_all(self, part: PartFile, patience: _Patience) -> None:
        self._stage(Stage.FETCHING)
        try:
            async with asyncio.TaskGroup() as group:
                for _ in range(CONNECTIONS):
                    group.create_task(self._connection(part, patience))
        except ExceptionGroup as errors:
            raise errors.exceptions[0] from None
        self._stage(Stage.VERIFYING)
        await self._hash(part)

    async def _connection(self, part: PartFile, patience: _Patience) -> None:
        """Fetch runs until none is left."""
        while run := part.map.next_run(self._busy):
            trouble = None
            self._busy.update(run.blocks)
            try:
                await self._land(part, run, patience)
            except Trouble as met:
                trouble = met
            finally:
                self._busy.difference_update(run.blocks)
            if trouble:  # the run is free: who is ready first takes it
                await patience.after(trouble)
            await self._hash(part)

    async def _land(self, part: PartFile, run: Run, patience: _Patience) -> None:
        """Write the bytes of a run as they come; what came before trouble is written too."""
        reading = (self.helpers or self.source).read(self.wanted, run)
        async with aclosing(reading) as chunks:
            writer = _Writer(part, run)
            try:
                async for chunk in chunks:
                    patience.good()
                    self.progress.landed += len(chunk)
                    if writer.take(chunk):
                        await _to_its_end(writer.flush)
                    await self.limiter.take(len(chunk))
            finally:
                writer.flush()  # at most one STEP, for the page cache

    async def _hash(self, part: PartFile) -> None:
        """Hash what has landed from the front; one connection at a time does that."""
        if self._hashing.locked() and not part.map.is_complete:
            return
        async with self._hashing:
            while await asyncio.to_thread(part.hash_forward):
                pass

    async def _repair(self, part: PartFile, patience: _Patience) -> None:
        """Find what is wrong. Raises `ModelFileRefused` when it cannot be found."""
        self._stage(Stage.REPAIRING)
        log.warning("%s is complete and wrong; looking for the damage", self.wanted.name)
        bad = [b for b in range(part.map.count) if not await asyncio.to_thread(part.check, b)]
        if bad:
            self.progress.landed = part.map.total
            self.progress.refetched += sum(part.map.length(block) for block in bad)
            await self._land_all(part, patience)
            if part.is_right:
                return
        if await self._blame(part, patience):
            return
        for block in range(part.map.count):
            if await self._compare(part, block, patience):
                await self._hash(part)
                if part.is_right:
                    return
        raise ModelFileRefused(
            f"{self.wanted.name} arrived twice as the same wrong file: its SHA-256 is not the one"
            " announced.",
            "It was deleted. The hub may be at fault, or a filter in your network.",
        )

    async def _blame(self, part: PartFile, patience: _Patience) -> bool:
        """Compare what others gave with the source, one of them after the other; whether the file
        is right then."""
        if self.helpers is None:
            return False
        for blocks in self.helpers.given(self.wanted):
            wrong = [block for block in blocks if await self._compare(part, block, patience)]
            for block in wrong:
                self.helpers.lied(self.wanted, block)
            if wrong:
                await self._hash(part)
            if part.is_right:
                return True
        return False

    async def _compare(self, part: PartFile, block: int, patience: _Patience) -> bool:
        """Fetch a block again until the same bytes came twice, those that are here counted;
        whether the block was replaced by others."""
        record = part.map.record(block)
        seen = {record.digest} if record else set()
        for _ in range(MAX_COPIES):
            data = await self._again(part.map, block, patience)
            digest = part_file.block_digest(data)
            if record and digest == record.digest:
                return False
            if digest in seen:
                log.warning("block %d of %s was damaged", block, self.wanted.name)
                await asyncio.to_thread(part.replace, block, data)
                return True
            seen.add(digest)
        return False

    async def _again(self, landed: BlockMap, block: int, patience: _Patience) -> bytes:
        """A whole block, from the source."""
        start = block * BLOCK
        run = Run(range(block, block + 1), start, start + landed.length(block))
        while True:
            data = bytearray()
            try:
                async with aclosing(self.source.read(self.wanted, run)) as chunks:
                    async for chunk in chunks:
                        data += chunk
                        await self.limiter.take(len(chunk))
            except Trouble as trouble:
                await patience.after(trouble)
            else:
                patience.good()
                self.progress.refetched += len(data)
                return bytes(data)


async def _to_its_end(work: Callable[[], None]) -> None:
    """Do something in a thread; a cancellation waits for it, since the file is closed then."""
    doing = asyncio.get_running_loop().run_in_executor(None, work)
    try:
        await asyncio.shield(doing)
    except asyncio.CancelledError:
        await asyncio.wait([doing])
        raise


class _Writer:
    """Gathers the bytes of a run into steps and writes them into their blocks."""

    def __init__(self, part: PartFile, run: Run) -> None:
        self._part = part
        self._blocks = iter(run.blocks)
        self._landing: Landing | None = None
        self._waiting: list[bytes] = []
        self._length = 0

    def take(self, data: bytes) -> bool:
        """Keep bytes; whether there are enough to be written."""
        self._waiting.append(data)
        self._length += len(data)
        return self._length >= STEP

    def flush(self) -> None:
        """Write what was kept, and record it."""
        waiting, self._waiting, self._length = self._waiting, [], 0
        for chunk in waiting:
            self._write(memoryview(chunk))
        if waiting and self._landing and self._landing.missing:
            self._landing.note()

    def _write(self, data: memoryview) -> None:
        while data:
            if self._landing is None or not self._landing.missing:
                self._landing = self._part.land(next(self._blocks))
            length = min(len(data), self._landing.missing)
            self._landing.write(data[:length])
            data = data[length:]
            if not self._landing.missing:
                self._landing.note()


def _disk_trouble(target: Path, error: OSError) -> ClosedMeshError:
    return DownloadFailed(
        f"{target.name} could not be written: {error.strerror or error}.",
        "Make room on the disk of the model folder, or choose another folder. What was fetched is"
        " kept.",
    )
