"""Which models are in memory: loads on demand, gives memory back, restarts with back-off.

A model has at most one worker. It is loaded by its first question or on request, and unloaded on
request, after idle time, or to make room. A worker that dies is started again by the next
question; if it dies again soon, that waits longer each time.
"""

import asyncio
import logging
import secrets
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from msgspec import structs

from closedmesh.engine.messages import (
    Done,
    Embed,
    Embedded,
    Generate,
    Loaded,
    Queued,
    Started,
    Tokens,
)
from closedmesh.engine.supervisor import Memory, Worker
from closedmesh.errors import ClosedMeshError, EngineBusy, EngineDied, NotEnoughMemory
from closedmesh.host import hardware
from closedmesh.models import fit
from closedmesh.models.chat import ModelHash, Waiting
from closedmesh.models.fit import CacheType
from closedmesh.models.gguf import Header
from closedmesh.models.giving_way import Pace
from closedmesh.models.speed import Taken
from closedmesh.node import loads
from closedmesh.node.clock import Clock
from closedmesh.node.stopwatch import stopwatch
from closedmesh.node.troubles import Troubles
from closedmesh.settings import EngineSettings
from closedmesh.status import Model, ModelState

log = logging.getLogger(__name__)

IDLE_CHECK = 5.0
"""Seconds between two looks for models that nobody uses."""


class Files(Protocol):
    """What is needed of the library."""

    def path(self, model: Model) -> Path: ...
    def header(self, model: Model) -> Header: ...
    def draft(self, model: Model) -> Model | None: ...


@dataclass(slots=True)
class _Engine:
    """A model that is in memory or on its way there."""

    model: Model
    plan: fit.Plan
    threads: int
    worker: Worker
    since: float
    last_used: float
    life: asyncio.Task[None] | None = None


@dataclass(slots=True)
class Engines:
    """All workers of this computer. Tasks are started in `group`."""

    files: Files
    settings: Callable[[], EngineSettings]
    command: tuple[str, ...]
    """How a worker is started."""
    clock: Clock
    group: asyncio.TaskGroup
    changed: Callable[[], None]
    """Called whenever something that a status shows is different."""
    pace: Pace = field(default_factory=Pace)
    """What is left to other programs; see `go`."""
    caches: Path | None = None
    """Folder for conversations of models that are not in memory."""
    _engines: dict[ModelHash, _Engine] = field(default_factory=dict)
    troubles: Troubles = field(init=False)
    _measurements: set[asyncio.Timeout] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.troubles = Troubles(self.clock)

    async def run(self) -> None:
        """Give back the memory of models that nobody uses, until cancelled."""
        while True:
            await self.clock.sleep(IDLE_CHECK)
            limit = self.settings().unload_after_minutes * 60
            for engine in list(self._engines.values()):
                idle = self.clock.monotonic() - engine.last_used
                if limit and idle >= limit and not _in_use(engine):
                    log.info("%s was not used for %.0f minutes", engine.model.name, idle / 60)
                    await self._stop(engine)

    def show(self, model: Model) -> Model:
        """The model with what is true of its worker."""
        engine = self._engines.get(model.sha256)
        if engine is None:
            problem = self.troubles.problem(model.sha256)
            if problem and model.state is ModelState.ON_DISK:
                return structs.replace(model, state=ModelState.FAILED, problem=problem)
            return model
        if not engine.worker.alive:
            return structs.replace(model, state=ModelState.LOADING)
        return structs.replace(
            model,
            state=ModelState.LOADED,
            memory_bytes=hardware.resident(engine.worker.pid),
            context=engine.plan.context,
            slots=engine.plan.slots,
            busy=engine.worker.busy,
            queued=engine.worker.queued,
            cache_type=engine.plan.cache,
            threads=engine.threads,
            giving_way=self.pace.giving_way,
        )

    def loaded(self, model: Model) -> Loaded | None:
        """What the worker of a model that is in memory says of itself."""
        engine = self._engines.get(model.sha256)
        return engine.worker.facts if engine and engine.worker.alive else None

    async def close(self) -> None:
        """End every worker."""
        for engine in list(self._engines.values()):
            await self._stop(engine)

    async def load(self, model: Model) -> None:
        """Have a model in memory. Raises why it cannot be."""
        await self._ready(model)

    async def unload(self, model: Model) -> None:
        """Give a model's memory back; open answers end with an error that says so."""
        if engine := self._engines.get(model.sha256):
            await self._stop(engine)

    def set_threads(self) -> None:
        """Apply the setting of processor threads and the pace to the workers that run."""
        for engine in self._engines.values():
            engine.threads = self._threads()
            engine.worker.set_threads(engine.threads)
        self.changed()

    def processes(self) -> tuple[int, ...]:
        """Ids of the processes that hold a model."""
        return tuple(e.worker.pid for e in self._engines.values() if e.worker.alive)

    def go(self, pace: Pace) -> None:
        """Leave what `pace` says to other programs from now on."""
        before, self.pace = self.pace, pace
        if pace.taken == before.taken:
            return
        log.info("other programs need %d cores", pace.taken)
        self.set_threads()

    async def answer(
        self, model: Model, request: Generate
    ) -> AsyncGenerator[Waiting | Started | Tokens | Done]:
        """Have a request answered by exactly this model. A request that a dying worker had not
        begun to answer is asked once more; one that it had begun raises `EngineDied`."""
        self._stop_measuring()
        for last_try in (False, True):
            if not self._is_loaded(model):
                yield Waiting(f"Loading {model.title}")
            worker = await self._ready(model)
            self._check_queue(model, worker)
            begun = False
            try:
                async with aclosing(worker.generate(_seeded(request))) as messages:
                    async for message in messages:
                        begun = begun or isinstance(message, Tokens)
                        self._used(model, message)
                        if isinstance(message, Queued):
                            yield Waiting(_in_words(message))
                        else:
                            yield message
            except EngineDied:
                if begun or last_try:
                    raise
                continue
            finally:
                self._used(model)
            return

    def resting(self, seconds: float) -> tuple[Model, ...]:
        """Models in memory, if nothing was asked of any of them for so long; else none."""
        engines = [engine for engine in self._engines.values() if engine.worker.alive]
        latest = self.clock.monotonic() - seconds
        if any(_in_use(engine) or engine.last_used > latest for engine in self._engines.values()):
            return ()
        return tuple(engine.model for engine in engines)

    def threads(self, model: Model) -> int:
        """Processor threads that a model has; 0 if it is not in memory."""
        engine = self._engines.get(model.sha256)
        return engine.threads if engine else 0

    async def build(self, model: Model) -> str:
        """With what a model is computed; it is loaded if need be."""
        return (await (await self.worker(model)).loaded()).build

    async def measure(self, model: Model, request: Generate) -> Taken | None:
        """How long a request takes that nobody waits for; `None` if it said too little. Does not
        count as use of the model. Raises `TimeoutError` as soon as somebody asks something."""
        worker = await self.worker(model)
        async with asyncio.timeout(None) as limit:
            self._measurements.add(limit)
            try:
                return await stopwatch(worker.generate(_seeded(request)), self.clock)
            finally:
                self._measurements.discard(limit)

    async def worker(self, model: Model) -> Worker:
        """That of a model, loaded; for what is no answer and nobody waits for."""
        engine = self._engines.get(model.sha256)
        return engine.worker if engine and engine.worker.alive else await self._ready(model)

    def _stop_measuring(self) -> None:
        for limit in self._measurements:
            limit.reschedule(asyncio.get_running_loop().time())

    async def embed(self, model: Model, request: Embed) -> Embedded:
        """Vectors of texts. Raises like `answer`."""
        worker = await self._ready(model)
        self._check_queue(model, worker)
        self._stop_measuring()
        try:
            return await worker.embed(request)
        finally:
            self._used(model)

    def _is_loaded(self, model: Model) -> bool:
        engine = self._engines.get(model.sha256)
        return engine is not None and engine.worker.alive

    def _check_queue(self, model: Model, worker: Worker) -> None:
        if worker.queued > self.settings().queue:
            raise EngineBusy(
                f"{_requests(worker.queued)} already for {model.title}; the last of them has"
                f" its turn in about {worker.wait:.0f} s.",
                "Try again then, or raise engine.slots or engine.queue.",
                retry_after=worker.wait,
            )

    def _used(self, model: Model, message: object = None) -> None:
        if engine := self._engines.get(model.sha256):
            engine.last_used = self.clock.monotonic()
        if not isinstance(message, Tokens):
            self.changed()

    async def _ready(self, model: Model) -> Worker:
        engine = self._engines.get(model.sha256)
        if engine is None:
            await self._pause_after_deaths(model)
            engine = self._engines.get(model.sha256) or await self._start(model)
        await engine.worker.loaded()
        engine.last_used = self.clock.monotonic()
        return engine.worker

    async def _pause_after_deaths(self, model: Model) -> None:
        if pause := self.troubles.pause(model.sha256):
            log.info("%s starts again in %.0f s", model.name, pause)
            await self.clock.sleep(pause)

    async def _start(self, model: Model) -> _Engine:
        plan, free = await self._plan(model)
        if started := self._engines.get(model.sha256):
            return started
        now = self.clock.monotonic()
        threads = self._threads()
        settings, spare = self.settings(), free - plan.needed
        load = structs.replace(
            loads.load(self.files.path(model), plan, settings, threads),
            draft=loads.draft(settings, self.files.draft(model), spare),
            cache_bytes=loads.cache_bytes(settings, spare),
            cache_file=loads.cache_file(settings, self.caches, model),
            model_sha256=model.sha256,
        )
        worker = Worker(self.command, load, model.title, Memory(plan.needed, free))
        engine = _Engine(model, plan, threads, worker, now, now)
        self._engines[model.sha256] = engine
        engine.life = self.group.create_task(self._live(engine), name=f"worker {model.name}")
        self.changed()
        return engine

    async def _plan(self, model: Model) -> tuple[fit.Plan, int]:
        """How to load a model; idle ones make room, the longest unused first."""
        header = self.files.header(model)
        wish = _wish(self.settings())
        while True:
            free = hardware.memory().available - self._promised()
            try:
                plan = fit.plan(model.title, header, model.size_bytes, wish, free)
            except NotEnoughMemory as error:
                idle = [e for e in self._engines.values() if not _in_use(e) and e.worker.alive]
                if not idle:
                    self.troubles.refused(model.sha256, str(error))
                    raise
                await self._stop(min(idle, key=lambda e: e.last_used))
            else:
                return plan, free

    def _promised(self) -> int:
        """Bytes that models on their way into memory will still take."""
        return sum(
            max(0, engine.plan.needed - hardware.resident(engine.worker.pid))
            for engine in self._engines.values()
            if not engine.worker.alive
        )

    def _threads(self) -> int:
        cores = hardware.physical_cores()
        return self.pace.threads(self.settings().threads or max(1, cores - 1), cores)

    async def _live(self, engine: _Engine) -> None:
        """Run a worker until it ends, and remember how it ended."""
        watch = self.group.create_task(self._announce(engine))
        try:
            await engine.worker.run()
        except Exception:
            log.exception("the worker of %s could not be run", engine.model.name)
        finally:
            watch.cancel()
            if self._engines.get(engine.model.sha256) is engine:
                del self._engines[engine.model.sha256]
            self.changed()
        try:
            await engine.worker.loaded()
            reason: ClosedMeshError | None = engine.worker.end
        except ClosedMeshError as error:
            reason = error
        if reason:
            log.warning("%s: %s", engine.model.name, reason)
            self.troubles.died(engine.model.sha256, str(reason), since=engine.since)
            self.changed()

    async def _announce(self, engine: _Engine) -> None:
        try:
            await engine.worker.loaded()
        except ClosedMeshError:
            return
        self.troubles.over(engine.model.sha256)
        self.changed()

    async def _stop(self, engine: _Engine) -> None:
        """End a worker, and return when its memory is back."""
        if engine.life and not engine.life.done():
            if self.settings().keep_conversations and engine.worker.alive:
                with suppress(ClosedMeshError):
                    await engine.worker.save_cache()
            engine.life.cancel()
            await asyncio.wait([engine.life])
        self.changed()


def _in_use(engine: _Engine) -> bool:
    return engine.worker.busy > 0 or engine.worker.queued > 0


def _wish(settings: EngineSettings) -> fit.Wish:
    return fit.Wish(
        context=settings.context,
        slots=settings.slots,
        keep_free=settings.keep_free_mb * 2**20,
        cache=None if settings.cache_type == "auto" else CacheType(settings.cache_type),
        flash_attention=settings.flash_attention,
    )


def _in_words(queued: Queued) -> str:
    first = "1 goes" if queued.ahead == 1 else f"{queued.ahead} go"
    return f"{first} first; it is this one's turn in about {queued.seconds:.0f} s"


def _requests(count: int) -> str:
    return "1 request waits" if count == 1 else f"{count} requests wait"


def _seeded(request: Generate) -> Generate:
    """The request with a seed, a fresh one unless it brings its own."""
    if request.sampling.seed is not None:
        return request
    sampling = structs.replace(request.sampling, seed=secrets.randbits(63))
    return structs.replace(request, sampling=sampling)
