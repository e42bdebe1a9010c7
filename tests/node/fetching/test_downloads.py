import asyncio
import hashlib
import os

import pytest

from closedmesh.errors import BadRequest, DownloadFailed
from closedmesh.models.blocks import BLOCK
from closedmesh.node.clock import SystemClock
from closedmesh.node.fetching import downloads as downloads_module
from closedmesh.node.fetching.downloads import Downloads
from closedmesh.node.fetching.source import Trouble, Wanted
from closedmesh.status import DownloadState

DATA = {name: os.urandom(BLOCK + 99) for name in ("a", "b")}


def wanted(name, file=None):
    data = DATA[name]
    return Wanted("me/m", "0" * 40, file or f"{name}.gguf", len(data),
                  hashlib.sha256(data).hexdigest())  # fmt: skip


class GatedSource:
    """Serves the files; `gate` holds back what comes after the first bytes, `fail` breaks it."""

    def __init__(self):
        self.gate = asyncio.Event()
        self.gate.set()
        self.fail = False
        self.asked = []

    async def read(self, wanted, run):
        data = next(d for d in DATA.values() if hashlib.sha256(d).hexdigest() == wanted.sha256)
        self.asked.append((wanted.name, run.start))
        if self.fail:
            raise Trouble("The connection broke")
        yield data[run.start : min(run.start + 2**20, run.end)]
        await self.gate.wait()
        if rest := data[run.start + 2**20 : run.end]:
            yield rest


@pytest.fixture
def source():
    return GatedSource()


@pytest.fixture
def accepted():
    return []


@pytest.fixture
def make(store, source, tmp_path, accepted):
    folder = tmp_path / "models"

    async def accept(item, paths):
        accepted.append((item.ref, [path.name for path in paths]))

    def make():
        return Downloads(store, source, lambda: folder, lambda: 0.0, accept, SystemClock(),
                         lambda: None)  # fmt: skip

    make.folder = folder
    return make


@pytest.fixture
async def downloads(make):
    downloads = make()
    async with running_quietly(downloads):
        yield downloads


class running_quietly:  # noqa: N801 - reads like the function it stands for
    """A service for the length of a block."""

    def __init__(self, service):
        self.service = service

    async def __aenter__(self):
        self.task = asyncio.ensure_future(self.service.run())
        await asyncio.sleep(0)

    async def __aexit__(self, *_):
        self.task.cancel()
        await asyncio.wait([self.task])


async def until(condition):
    async with asyncio.timeout(20):
        while not condition():  # noqa: ASYNC110 - nobody announces a thread's progress
            await asyncio.sleep(0.005)


async def over(downloads):
    await until(lambda: not downloads.show())


def states(downloads):
    return [(d.title, d.state) for d in downloads.show()]


async def test_nothing_is_fetched_that_nobody_asked_for(downloads, source):
    assert downloads.show() == ()
    await asyncio.sleep(0)
    assert source.asked == []


async def test_a_download_ends_among_the_models(downloads, make, accepted):
    downloads.add("one", "One", (wanted("a"),))
    await over(downloads)
    assert (make.folder / "a.gguf").read_bytes() == DATA["a"]
    assert accepted == [("one", ["a.gguf"])]


async def test_all_parts_are_fetched_one_after_the_other(downloads, make, accepted):
    parts = (wanted("a", "q/m-00001-of-00002.gguf"), wanted("b", "q/m-00002-of-00002.gguf"))
    downloads.add("parts", "Parts", parts)
    (shown,) = downloads.show()
    assert shown.size_bytes == len(DATA["a"]) + len(DATA["b"])
    await over(downloads)
    assert accepted == [("parts", ["m-00001-of-00002.gguf", "m-00002-of-00002.gguf"])]


async def test_one_comes_after_the_other_and_the_preferred_one_first(downloads, source):
    source.gate.clear()
    downloads.add("one", "One", (wanted("a"),))
    second = downloads.add("two", "Two", (wanted("b"),))
    await until(lambda: states(downloads)[0][1] is DownloadState.FETCHING)
    assert states(downloads)[1] == ("Two", DownloadState.QUEUED)
    downloads.prefer(second.id)
    await until(lambda: states(downloads)[0] == ("Two", DownloadState.FETCHING))
    assert states(downloads)[1] == ("One", DownloadState.QUEUED)
    source.gate.set()
    await over(downloads)


async def test_a_paused_download_keeps_what_landed_and_goes_on(downloads, source):
    source.gate.clear()
    item = downloads.add("one", "One", (wanted("a"),))
    await until(lambda: downloads.show()[0].landed >= 2**20)
    downloads.pause(item.id)
    await until(lambda: downloads._work is None)
    (shown,) = downloads.show()
    assert (shown.state, shown.landed >= 2**20) == (DownloadState.PAUSED, True)
    source.gate.set()
    downloads.resume(item.id)
    await over(downloads)
    assert ("a.gguf", 2**20) in source.asked


async def test_the_queue_outlives_the_program(make, source, accepted):
    source.gate.clear()
    first = make()
    async with running_quietly(first):
        first.add("one", "One", (wanted("a"),))
        paused = first.add("two", "Two", (wanted("b"),))
        first.pause(paused.id)
        await until(lambda: first.show()[0].landed >= 2**20)
    source.gate.set()
    second = make()
    assert states(second) == [("One", DownloadState.QUEUED), ("Two", DownloadState.PAUSED)]
    assert second.show()[0].landed >= 2**20
    async with running_quietly(second):
        await until(lambda: accepted)
    assert states(second) == [("Two", DownloadState.PAUSED)]


async def test_a_list_that_cannot_be_read_is_begun_anew(make, store):
    store.remember(downloads_module.FACT, "nonsense")
    assert make().show() == ()


async def test_giving_up_deletes_what_landed(downloads, source, make):
    source.gate.clear()
    item = downloads.add("one", "One", (wanted("a"),))
    await until(lambda: downloads.show()[0].landed >= 2**20)
    await downloads.cancel(item.id)
    assert downloads.show() == ()
    assert list(make.folder.iterdir()) == []
    with pytest.raises(BadRequest, match="is over"):
        downloads.pause(item.id)


async def test_trouble_is_shown_and_what_stopped_waits_to_be_resumed(
    downloads, source, monkeypatch
):
    monkeypatch.setattr("closedmesh.node.fetching.fetch.FIRST_PAUSE", 0.01)
    monkeypatch.setattr("closedmesh.node.fetching.fetch.MAX_TRIES", 3)
    source.fail = True
    item = downloads.add("one", "One", (wanted("a"),))
    await until(lambda: downloads.show()[0].tries > 0)
    assert downloads.show()[0].problem == "The connection broke"
    await until(lambda: downloads.show()[0].state is DownloadState.FAILED)
    assert "3 tries changed nothing" in downloads.show()[0].problem
    source.fail = False
    downloads.resume(item.id)
    await over(downloads)


async def test_a_disk_without_room_is_refused_before_anything_is_fetched(
    downloads, source, monkeypatch
):
    monkeypatch.setattr(downloads_module, "disk_free", lambda path: 1_000_000)
    with pytest.raises(DownloadFailed, match=r"0\.0 GB free"):
        downloads.add("one", "One", (wanted("a"),))
    assert downloads.show() == ()
    assert source.asked == []


async def test_asking_twice_is_asking_once(downloads, source):
    source.gate.clear()
    first = downloads.add("one", "One", (wanted("a"),))
    downloads.pause(first.id)
    assert downloads.add("again", "Again", (wanted("a"),)).id == first.id
    assert len(downloads.show()) == 1
    source.gate.set()
    await over(downloads)


async def test_files_of_one_name_do_not_meet(downloads, make):
    downloads.add("one", "One", (wanted("a", "model.gguf"),))
    downloads.add("two", "Two", (wanted("b", "model.gguf"),))
    await over(downloads)
    names = sorted(path.name for path in make.folder.iterdir())
    assert names == [f"{wanted('b').sha256[:8]}-model.gguf", "model.gguf"]


async def test_a_download_that_ended_before_it_could_say_so_is_not_fetched_again(
    make, source, accepted
):
    first = make()
    first.add("one", "One", (wanted("a"),))
    make.folder.mkdir(exist_ok=True)
    (make.folder / "a.gguf").write_bytes(DATA["a"])
    async with running_quietly(first):
        await over(first)
    assert source.asked == []
    assert accepted == [("one", ["a.gguf"])]


async def test_what_will_be_left_of_the_disk_is_said(downloads, source, monkeypatch):
    monkeypatch.setattr(downloads_module, "disk_free", lambda path: 10_000_000_000)
    source.gate.clear()
    downloads.add("one", "One", (wanted("a"),))
    downloads.add("two", "Two", (wanted("b"),))
    one, two = downloads.show()
    assert one.disk_left > two.disk_left > 9_900_000_000
    source.gate.set()
    await over(downloads)
