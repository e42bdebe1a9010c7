"""Engines over real processes that follow a script instead of holding a model."""

import asyncio
from contextlib import aclosing

import psutil
import pytest
from msgspec import structs

from closedmesh.engine.messages import Done, Started, Tokens
from closedmesh.errors import (
    ClosedMeshError,
    EngineBusy,
    EngineDied,
    ModelFileRefused,
    NotEnoughMemory,
)
from closedmesh.host import hardware
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.chat import Sampling, Waiting
from closedmesh.models.fit import CacheType, Choice
from closedmesh.models.giving_way import Pace
from closedmesh.node.engines import IDLE_CHECK, Engines
from closedmesh.node.library import Folders, Library
from closedmesh.node.troubles import FIRST_PAUSE
from closedmesh.settings import EngineSettings
from closedmesh.status import Memory, ModelState
from tests.support.clock import settle
from tests.support.gguf import gguf
from tests.support.processes import kill, lives, until
from tests.support.requests import raw
from tests.support.scripted_worker import COMMAND

GIB = 2**30


class Bench:
    """Engines with two models, settings and a changeable amount of memory."""

    def __init__(self, library, clock, group, monkeypatch):
        self.settings = EngineSettings(low_priority=False)
        self.free = 8 * GIB
        self.free_beside_a_model = 8 * GIB
        self.changes = 0
        self.library = library
        monkeypatch.setattr(hardware, "memory", self._memory)
        self.engines = Engines(library, lambda: self.settings, COMMAND, clock, group, self._changed)

    def _memory(self):
        beside = self.free_beside_a_model if self.engines._engines else self.free
        return Memory(16 * GIB, min(self.free, beside))

    def _changed(self):
        self.changes += 1

    async def model(self, name="one"):
        return await self.library.find(name)

    async def state(self, name="one"):
        return self.engines.show(await self.model(name)).state

    async def ask(self, text, name="one", **more):
        async with aclosing(self.engines.answer(await self.model(name), raw(text, **more))) as got:
            return [message async for message in got]

    async def said(self, text, name="one", **more):
        messages = await self.ask(text, name, **more)
        return "".join(m.text for m in messages if isinstance(m, Tokens))

    async def pid(self, name="one"):
        model = await self.model(name)
        return self.engines._engines[model.sha256].worker.pid


@pytest.fixture
async def bench(store, tmp_path, clock, monkeypatch):
    for i, name in enumerate(("one", "two", "bad.refused", "slow.silent")):
        (tmp_path / f"{name}.gguf").write_bytes(gguf(filling=bytes([i])))
    library = Library(store, Catalogue(), lambda: Folders(tmp_path / "none", tmp_path))
    async with asyncio.TaskGroup() as group:
        bench = Bench(library, clock, group, monkeypatch)
        watch = group.create_task(bench.engines.run())
        yield bench
        watch.cancel()
        await bench.engines.close()


async def test_the_first_question_loads_the_model(bench):
    assert await bench.state() is ModelState.ON_DISK
    waiting, *rest = await bench.ask("echo hello you")
    assert waiting == Waiting("Loading Tiny")
    assert [type(m) for m in rest] == [Started, Tokens, Tokens, Done]
    assert await bench.state() is ModelState.LOADED


async def test_the_second_question_waits_for_nothing(bench):
    await bench.ask("echo x")
    assert isinstance((await bench.ask("echo y"))[0], Started)


async def test_many_first_questions_load_it_once(bench):
    texts = await asyncio.gather(*(bench.said(f"echo {i}") for i in range(8)))
    assert texts == [f"{i} " for i in range(8)]
    assert len(bench.engines._engines) == 1


async def test_loaded_is_said_only_of_a_process_that_lives(bench):
    await bench.ask("echo x")
    shown = bench.engines.show(await bench.model())
    assert shown.state is ModelState.LOADED
    assert shown.memory_bytes > 1_000_000
    kill(await bench.pid())
    await until(lambda: not bench.engines._engines, "the death is noticed")
    shown = bench.engines.show(await bench.model())
    assert shown.state is ModelState.FAILED
    assert "signal 9" in (shown.problem or "")
    assert shown.memory_bytes == 0


async def test_a_model_on_its_way_is_loading_and_can_be_stopped(bench):
    model = await bench.model("slow.silent")
    load = asyncio.ensure_future(bench.engines.load(model))
    await settle()
    assert bench.engines.show(model).state is ModelState.LOADING
    await bench.engines.unload(model)
    with pytest.raises(ClosedMeshError, match="taken out of memory"):
        await load


async def test_a_refused_model_says_why_now_and_later(bench):
    with pytest.raises(ModelFileRefused, match="no model"):
        await bench.ask("echo x", "bad.refused")
    await until(lambda: not bench.engines._engines, "its process is put away")
    shown = bench.engines.show(await bench.model("bad.refused"))
    assert shown.state is ModelState.FAILED
    assert "no model" in (shown.problem or "")


async def test_a_death_in_mid_answer_is_told_and_the_next_question_is_answered(bench):
    with pytest.raises(EngineDied, match="code 3"):
        await bench.ask("die later some words")
    assert await bench.said("echo again") == "again "


async def test_a_death_before_the_answer_began_is_tried_once_more(bench):
    await bench.ask("echo x")
    first = await bench.pid()
    async with aclosing(bench.engines.answer(await bench.model(), raw("die"))) as messages:
        with pytest.raises(EngineDied):
            async for _ in messages:
                pass
    assert not lives(first)
    shown = bench.engines.show(await bench.model())
    assert bench.engines.troubles.deaths(shown.sha256) == 2


async def test_deaths_in_a_row_make_it_wait_longer(bench, clock):
    for _ in range(2):
        with pytest.raises(EngineDied):
            await bench.ask("die later x")
    async with asyncio.TaskGroup() as group:
        third = group.create_task(bench.said("echo back"))
        await settle()
        assert not bench.engines._engines, "it is not started yet"
        await clock.advance(FIRST_PAUSE)
        assert await third == "back "


async def test_unloading_gives_the_memory_back(bench):
    await bench.ask("echo x")
    pid = await bench.pid()
    await bench.engines.unload(await bench.model())
    assert not lives(pid)
    assert await bench.state() is ModelState.ON_DISK


async def test_a_model_that_nobody_uses_is_unloaded(bench, clock):
    bench.settings = structs.replace(bench.settings, unload_after_minutes=1.0)
    await bench.ask("echo x")
    pid = await bench.pid()
    await clock.advance(30)
    assert lives(pid)
    await clock.advance(30 + IDLE_CHECK)
    await until(lambda: not bench.engines._engines, "it is unloaded")
    assert not lives(pid)


async def test_a_model_in_use_is_not_idle(bench, clock):
    bench.settings = structs.replace(bench.settings, unload_after_minutes=1.0)
    messages = bench.engines.answer(await bench.model(), raw("wait"))
    while not isinstance(await anext(messages), Started):
        pass
    await clock.advance(600)
    await clock.advance(IDLE_CHECK)
    assert await bench.state() is ModelState.LOADED
    await messages.aclose()


async def test_zero_minutes_never_unload(bench, clock):
    bench.settings = structs.replace(bench.settings, unload_after_minutes=0.0)
    await bench.ask("echo x")
    await clock.advance(1e6)
    await clock.advance(IDLE_CHECK)
    assert await bench.state() is ModelState.LOADED


async def test_too_little_memory_is_refused_with_figures(bench):
    bench.free = 200_000_000
    with pytest.raises(NotEnoughMemory, match=r"Tiny needs 0\.1 GB"):
        await bench.ask("echo x")
    assert await bench.state() is ModelState.FAILED
    bench.free = 8 * GIB
    assert await bench.said("echo x") == "x "


async def test_an_idle_model_makes_room_for_another(bench):
    await bench.ask("echo x", "one")
    pid = await bench.pid("one")
    bench.free_beside_a_model = 200_000_000
    assert await bench.said("echo y", "two") == "y "
    assert not lives(pid)
    assert await bench.state("one") is ModelState.ON_DISK


async def test_a_model_in_use_is_not_pushed_out(bench):
    messages = bench.engines.answer(await bench.model("one"), raw("wait"))
    while not isinstance(await anext(messages), Started):
        pass
    bench.free = 200_000_000
    with pytest.raises(NotEnoughMemory):
        await bench.ask("echo y", "two")
    assert await bench.state("one") is ModelState.LOADED
    await messages.aclose()


async def test_a_full_queue_is_refused_at_once(bench):
    bench.settings = structs.replace(bench.settings, queue=0)
    await bench.ask("echo x")
    engine = next(iter(bench.engines._engines.values()))
    engine.worker._waiting[999] = 40.0  # one request that has no place yet
    with pytest.raises(EngineBusy, match=r"1 request waits already .* in about 40 s") as caught:
        await bench.ask("echo y")
    assert caught.value.retry_after == 40.0
    del engine.worker._waiting[999]


async def test_each_answer_has_a_seed_of_its_own(bench, monkeypatch):
    seeds = []
    await bench.ask("echo x")
    worker = next(iter(bench.engines._engines.values())).worker
    monkeypatch.setattr(worker, "_send", lambda m, send=worker._send: (seeds.append(m), send(m)))
    for sampling in (Sampling(), Sampling(), Sampling(seed=5)):
        await bench.ask("echo x", sampling=sampling)
    first, second, third = (m.sampling.seed for m in seeds)
    assert first is not None
    assert first != second
    assert third == 5


async def test_threads_follow_the_setting(bench):
    await bench.ask("echo x")
    bench.settings = structs.replace(bench.settings, threads=3)
    bench.engines.set_threads()
    assert bench.engines.show(await bench.model()).threads == 3


async def test_other_programs_that_work_take_threads_and_give_them_back(bench, monkeypatch):
    monkeypatch.setattr(hardware, "physical_cores", lambda: 4)
    bench.settings = structs.replace(bench.settings, threads=4, low_priority=True)
    await bench.ask("echo x")
    process = psutil.Process(await bench.pid())
    usual = process.nice()
    bench.engines.go(Pace(taken=3))
    shown = bench.engines.show(await bench.model())
    assert (shown.threads, shown.giving_way) == (1, True)
    assert process.nice() == usual  # an answer that has begun goes on, however busy others are
    bench.engines.go(Pace())
    shown = bench.engines.show(await bench.model())
    assert (shown.threads, shown.giving_way) == (4, False)


async def test_a_model_loaded_while_others_work_begins_slowly(bench, monkeypatch):
    monkeypatch.setattr(hardware, "physical_cores", lambda: 4)
    bench.engines.go(Pace(taken=2))
    await bench.ask("echo x")
    assert bench.engines.show(await bench.model()).threads == 2


async def test_the_wish_for_cache_and_attention_reaches_the_worker(bench):
    bench.settings = structs.replace(
        bench.settings, cache_type="q8_0", flash_attention=Choice.ON, gpu_layers=7
    )
    await bench.ask("echo x")
    load = next(iter(bench.engines._engines.values())).worker._load
    assert (load.keys, load.values) == (CacheType.Q8_0, CacheType.Q8_0)
    assert (load.flash_attention, load.gpu_layers) == (Choice.ON, 7)
    assert bench.engines.show(await bench.model()).cache_type == "q8_0"


async def test_what_a_model_on_its_way_will_take_is_not_promised_twice(bench):
    slow = await bench.model("slow.silent")
    load = asyncio.ensure_future(bench.engines.load(slow))
    await settle()
    needed = next(iter(bench.engines._engines.values())).plan.needed
    bench.free = bench.free_beside_a_model = needed + 512 * 2**20 + 10_000_000
    with pytest.raises(NotEnoughMemory):
        await bench.ask("echo x")
    await bench.engines.unload(slow)
    with pytest.raises(ClosedMeshError):
        await load
    assert await bench.said("echo x") == "x "


async def test_a_measurement_is_no_use_of_a_model_and_ends_at_a_question(bench, clock):
    await bench.ask("echo x")
    model = await bench.model()
    assert bench.engines.resting(5) == ()
    await clock.advance(10)
    assert bench.engines.resting(5) == (model,)
    taken = await bench.engines.measure(model, raw("echo one two three"))
    assert (taken.first_count, taken.last_count) == (1, 3)
    assert bench.engines.resting(5) == (model,)
    measured = asyncio.ensure_future(bench.engines.measure(model, raw("wait")))
    await until(lambda: bench.engines.show(model).busy, "it runs")
    assert bench.engines.resting(5) == ()
    await bench.said("echo y")
    with pytest.raises(TimeoutError):
        await measured
    assert bench.engines.show(model).busy == 0


async def test_closing_ends_every_process(bench):
    await bench.ask("echo x", "one")
    await bench.ask("echo x", "two")
    pids = [await bench.pid("one"), await bench.pid("two")]
    await bench.engines.close()
    assert not any(map(lives, pids))
