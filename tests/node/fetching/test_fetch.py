import asyncio
import hashlib
import os
from dataclasses import dataclass, field

import pytest

from closedmesh.errors import DownloadFailed, ModelFileRefused
from closedmesh.models.blocks import BLOCK, STEP
from closedmesh.node.clock import SystemClock
from closedmesh.node.fetching import fetch as fetch_module
from closedmesh.node.fetching.fetch import MAX_TRIES, Fetch, Stage
from closedmesh.node.fetching.part_file import PartFile
from closedmesh.node.fetching.rate import Limiter
from closedmesh.node.fetching.source import Trouble, Wanted
from tests.support.clock import settle

DATA = os.urandom(6 * BLOCK + 4321)
WANTED = Wanted("me/model", "0" * 40, "q/a.gguf", len(DATA), hashlib.sha256(DATA).hexdigest())
PIECE = 300_000


@dataclass
class ScriptedSource:
    """Gives the data in pieces. `fail` is asked before each piece and may raise; `bad` are places
    of the file where a wrong byte comes once for each time they are listed."""

    fail: object = lambda start, sent: None
    bad: list = field(default_factory=list)
    asked: list = field(default_factory=list)
    data: bytes = DATA

    async def read(self, wanted, run):
        self.asked.append((run.start, run.end))
        for start in range(run.start, run.end, PIECE):
            await asyncio.sleep(0)
            self.fail(start, start - run.start)
            piece = bytearray(self.data[start : min(start + PIECE, run.end)])
            for place in [p for p in self.bad if start <= p < start + len(piece)]:
                self.bad.remove(place)
                piece[place - start] ^= 1
            yield bytes(piece)

    @property
    def bytes_asked(self):
        return sum(end - start for start, end in self.asked)


class QuickClock(SystemClock):
    """Waits that are asked for are noted and take no time."""

    def __init__(self):
        self.slept = []
        self.late = 0.0

    def monotonic(self):
        return super().monotonic() + self.late

    async def sleep(self, seconds):
        self.slept.append(seconds)
        until = self.monotonic() + seconds
        await settle()
        self.late += max(0.0, until - self.monotonic())


def names(target):
    """What lies where the file arrives."""
    return [path.name for path in target.parent.iterdir()]


@pytest.fixture
def target(tmp_path):
    return tmp_path / "a.gguf"


def fetching(target, source, wanted=WANTED, clock=None):
    clock = clock or QuickClock()
    return Fetch(wanted, target, source, Limiter(lambda: 0.0, clock), clock, lambda: None)


async def test_a_file_arrives_whole_and_right_and_nothing_is_asked_for_twice(target):
    source = ScriptedSource()
    fetch = fetching(target, source)
    await fetch.run()
    assert target.read_bytes() == DATA
    assert source.bytes_asked == len(DATA)
    assert names(target) == ["a.gguf"]
    assert fetch.progress.landed == len(DATA)


async def test_after_trouble_it_goes_on_where_it_stopped(target):
    troubles = iter(range(5))

    def fail(start, sent):
        if sent > 2 * BLOCK and next(troubles, None) is not None:
            raise Trouble("The connection broke")

    source = ScriptedSource(fail)
    await fetching(target, source).run()
    assert target.read_bytes() == DATA
    starts = [start for start, _ in source.asked]
    assert any(start % BLOCK for start in starts)  # in the middle of a block
    assert len(set(starts)) == len(starts)


async def test_after_many_troubles_in_a_row_it_stops_and_keeps_what_landed(target):
    clock = QuickClock()
    got = []

    def fail(start, sent):
        if len(got) > 40:
            raise Trouble("No data for 30 s")
        got.append(start)

    fetch = fetching(target, ScriptedSource(fail), clock=clock)
    with pytest.raises(DownloadFailed, match=f"No data for 30 s, and {MAX_TRIES} tries"):
        await fetch.run()
    assert not target.exists()
    with PartFile(target, len(DATA), WANTED.sha256) as part:
        kept = part.map.total
    assert kept > 30 * PIECE
    source = ScriptedSource()
    await fetching(target, source).run()
    assert target.read_bytes() == DATA
    assert source.bytes_asked == len(DATA) - kept


async def test_waiting_gets_longer_and_what_the_source_asks_for_is_obeyed(target):
    clock = QuickClock()
    waits = iter([0.0, 0.0, 30.0])

    def fail(start, sent):
        wait = next(waits, None)
        if wait is not None:
            raise Trouble("busy", wait)

    one_block = Wanted("me/m", "0" * 40, "a.gguf", 1000, hashlib.sha256(DATA[:1000]).hexdigest())
    await fetching(target, ScriptedSource(fail), one_block, clock).run()
    assert [round(s) for s in clock.slept] == [1, 2, 30]


async def test_what_all_connections_meet_at_once_counts_once(target):
    clock = QuickClock()
    start_together = asyncio.Barrier(4)
    failed = []

    class Down(ScriptedSource):
        async def read(self, wanted, run):
            if len(failed) < 4:
                await start_together.wait()
                failed.append(run)
                raise Trouble("The name could not be found")
            async for piece in super().read(wanted, run):
                yield piece

    data = os.urandom(BLOCK) * 16
    wanted = Wanted("me/m", "0" * 40, "a.gguf", len(data), hashlib.sha256(data).hexdigest())
    fetch = fetching(target, Down(data=data), wanted, clock)
    tries = []
    fetch.changed = lambda: tries.append(fetch.progress.tries)
    await fetch.run()
    assert max(tries) <= 1


async def test_a_run_that_another_took_over_stays_its_own(target):
    """Who gave a run up does not release it a second time while another fetches it."""
    data = os.urandom(BLOCK) * 12
    wanted = Wanted("me/m", "0" * 40, "a.gguf", len(data), hashlib.sha256(data).hexdigest())
    failed = []

    class Slow(ScriptedSource):
        async def read(self, wanted, run):
            if not failed:
                failed.append(run)
                raise Trouble("busy")
            async for piece in super().read(wanted, run):
                for _ in range(20):
                    await asyncio.sleep(0)
                yield piece

    source = Slow(data=data)
    await fetching(target, source, wanted).run()
    assert source.bytes_asked == len(data)


async def test_a_byte_that_the_disk_lost_costs_its_block_alone(target, monkeypatch):
    source = ScriptedSource()
    fetch = fetching(target, source)
    real = PartFile.note

    def note(part, record):
        real(part, record)
        if record.block == 3 and record.length == BLOCK and not getattr(part, "spoilt", False):
            part.spoilt = True
            part.write(3 * BLOCK + 77, b"\0\1\2")

    monkeypatch.setattr(PartFile, "note", note)
    await fetch.run()
    assert target.read_bytes() == DATA
    assert source.bytes_asked == len(DATA) + BLOCK
    assert fetch.progress.refetched == BLOCK


async def test_a_byte_that_was_wrong_on_the_way_is_found_and_repaired(target):
    source = ScriptedSource(bad=[2 * BLOCK + 5])
    fetch = fetching(target, source)
    stages = []
    fetch.changed = lambda: stages.append(fetch.progress.stage)
    await fetch.run()
    assert target.read_bytes() == DATA
    assert Stage.REPAIRING in stages
    assert fetch.progress.refetched == 4 * BLOCK  # blocks 0, 1, 2, and 2 once more to be sure


async def test_only_what_came_twice_is_believed_when_a_block_is_compared(target):
    """Byte 5 of the second copy of block 0 is wrong, and must not replace what was right."""
    bad = 3 * BLOCK

    class Noisy(ScriptedSource):
        async def read(self, wanted, run):
            if len(self.asked) == 2:  # both runs of the file have been asked for
                self.bad.append(5)
            async for piece in super().read(wanted, run):
                yield piece

    source = Noisy(bad=[bad])
    await fetching(target, source).run()
    assert target.read_bytes() == DATA
    assert source.bad == []


async def test_a_damaged_block_is_found_though_a_copy_of_it_is_damaged_too(target):
    place = 2 * BLOCK + 5
    source = ScriptedSource(bad=[place])
    asked = []
    real = source.read

    async def read(wanted, run):
        asked.append(run.start)
        if asked.count(2 * BLOCK) == 2:  # the second copy of the damaged block
            source.bad.append(place + 1)
            asked.append(2 * BLOCK)
        async for piece in real(wanted, run):
            yield piece

    source.read = read
    await fetching(target, source).run()
    assert target.read_bytes() == DATA


async def test_a_file_that_is_another_one_is_never_usable(target):
    other = os.urandom(1000)
    wanted = Wanted("me/m", "0" * 40, "a.gguf", 1000, hashlib.sha256(b"x").hexdigest())
    with pytest.raises(ModelFileRefused, match="not the one announced"):
        await fetching(target, ScriptedSource(data=other), wanted).run()
    assert names(target) == []


async def test_a_file_that_was_wrong_at_the_source_for_good_is_deleted_and_said(target):
    with pytest.raises(ModelFileRefused):
        await fetching(target, ScriptedSource(data=DATA[:-1] + b"?")).run()
    assert names(target) == []


async def test_cancelling_keeps_what_came(target):
    arrived = asyncio.Event()

    def fail(start, sent):
        if sent > 10 * PIECE:
            arrived.set()

    task = asyncio.ensure_future(fetching(target, ScriptedSource(fail)).run())
    await arrived.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with PartFile(target, len(DATA), WANTED.sha256) as part:
        assert part.map.total >= 10 * PIECE


async def test_a_full_disk_is_an_error_that_says_so(target, monkeypatch):
    def write(self, place, data):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(PartFile, "write", write)
    with pytest.raises(DownloadFailed, match="No space left on device"):
        await fetching(target, ScriptedSource()).run()


async def test_the_limit_is_kept_over_all_connections(target):
    clock = QuickClock()
    limiter = Limiter(lambda: 1_000_000.0, clock)
    began = clock.monotonic()
    fetch = Fetch(WANTED, target, ScriptedSource(), limiter, clock, lambda: None)
    await fetch.run()
    assert clock.monotonic() - began >= len(DATA) / 1_000_000 * 0.95


def test_the_figures_that_the_promise_rests_on():
    """All connections together lose less than a block when they end at any moment."""
    assert fetch_module.CONNECTIONS * STEP < BLOCK
