"""The parent's side of one worker: starts it, feeds it, explains its death, leaves nothing behind.

`Worker.run` is the worker's whole life: it returns when the process has ended, and ends the
process when it is cancelled. Answers that are open when it ends raise the reason.
"""

import asyncio
import logging
import os
import signal
from collections import deque
from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import TypeVar

from msgspec import structs

from closedmesh.engine import child
from closedmesh.engine.child import Child
from closedmesh.engine.messages import (
    LOADING,
    CacheSaved,
    Cancel,
    Detokenize,
    Detokenized,
    Done,
    Embed,
    Embedded,
    Failed,
    FromWorker,
    Generate,
    Load,
    Loaded,
    Progress,
    Queued,
    Request,
    Result,
    SaveCache,
    Score,
    Scored,
    SetThreads,
    Started,
    Tokenize,
    Tokenized,
    Tokens,
)
from closedmesh.engine.pipe import BrokenFrame, Frames, frame
from closedmesh.errors import ClosedMeshError, EngineDied, rebuild

log = logging.getLogger(__name__)

Answer = TypeVar("Answer", Scored, Embedded, Tokenized, Detokenized, CacheSaved)

GRACE = 3.0
"""Seconds a worker has to end after its pipe closed, before it is killed."""

LAST_WORDS = 20
"""Lines of a worker's standard error that are kept."""

SPIN = "1000"
"""Rounds that a thread of llama.cpp waits for the others before it sleeps, where GNU's OpenMP runs
them. With its default of 300,000 a busy computer is spent on waiting: two threads beside other
programs took 260 to 1,060 ms for a token that takes 70 to 80 ms so."""

MAX_LINE = 400
"""Characters kept of one such line."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What a model was expected to need when it was started, and what was free, in bytes."""

    needed: int
    free: int


class Worker:
    """One model in a process of its own."""

    def __init__(
        self,
        command: Sequence[str],
        load: Load,
        title: str,
        memory: Memory,
    ) -> None:
        self._command = tuple(command)
        self._load = load
        self._title = title
        self._memory = memory
        self._next_id = 1
        self._child: Child | None = None
        self._frames: Frames[FromWorker] = Frames(FromWorker)
        self._answers: dict[int, asyncio.Queue[FromWorker | ClosedMeshError]] = {}
        self._waiting: dict[int, float] = {}
        self._started: set[int] = set()
        self._last_words: deque[str] = deque(maxlen=LAST_WORDS)
        self._end: ClosedMeshError | None = None
        loop = asyncio.get_running_loop()
        self._loaded: asyncio.Future[Loaded] = loop.create_future()
        self._silence: asyncio.Future[ClosedMeshError | None] = loop.create_future()

    @property
    def pid(self) -> int:
        """Process id; 0 before it is started."""
        return self._child.pid if self._child else 0

    @property
    def busy(self) -> int:
        """Requests that have a place."""
        return len(self._started)

    @property
    def queued(self) -> int:
        """Requests that wait for a place."""
        return len(self._waiting)

    @property
    def wait(self) -> float:
        """Seconds until one more request would have a place, estimated by the worker."""
        return max(self._waiting.values(), default=0.0)

    @property
    def end(self) -> ClosedMeshError | None:
        """Why the process ended; `None` while it lives."""
        return self._end

    async def loaded(self) -> Loaded:
        """Wait until the weights are in memory. Raises what went wrong."""
        return await asyncio.shield(self._loaded)

    @property
    def alive(self) -> bool:
        """The weights are in memory and the process runs."""
        return self._end is None and self._loaded.done()

    @property
    def facts(self) -> Loaded:
        """What it said when it was `alive`."""
        return self._loaded.result()

    async def run(self) -> None:
        """Live until the process ends; end it when cancelled."""
        reason: ClosedMeshError | None = None
        try:
            self._child = await child.start(
                self._command, _environment(os.environ), self._hear, self._hear_last_words
            )
            self._send(self._load)
            reason = await self._silence
        finally:
            returncode = await self._put_away()
            self._bury(reason or self._explain(returncode))

    def _explain(self, returncode: int | None) -> ClosedMeshError:
        task = asyncio.current_task()
        if task and task.cancelling():
            return ClosedMeshError(
                f"{self._title} was taken out of memory.", "Ask again to load it once more."
            )
        return explain_death(self._title, returncode, self._memory, tuple(self._last_words))

    def _hear(self, data: bytes) -> None:
        """Pass messages on until the worker closes the pipe, or is refused."""
        if self._silence.done():
            return
        if not data:
            self._silence.set_result(None)
        try:
            for message in self._frames.feed(data):
                if isinstance(message, Failed) and message.id == LOADING:
                    refusal = rebuild(message.code, message.title, message.advice)
                    self._silence.set_result(refusal)
                    return
                self._deliver(message)
        except BrokenFrame as error:
            log.warning("worker %d spoke nonsense: %s", self.pid, error)
            self._silence.set_result(None)
            if self._child:
                self._child.kill()

    def _deliver(self, message: FromWorker) -> None:
        match message:
            case Loaded():
                if not self._loaded.done():
                    self._loaded.set_result(message)
                return
            case Queued(request, _, seconds):
                if request in self._waiting:
                    self._waiting[request] = seconds
            case Started(request):
                if self._waiting.pop(request, None) is not None:
                    self._started.add(request)
            case (
                Tokens()
                | Done()
                | Scored()
                | Embedded()
                | Tokenized()
                | Detokenized()
                | CacheSaved()
                | Failed()
            ):
                pass
        if queue := self._answers.get(message.id):
            queue.put_nowait(message)

    def _hear_last_words(self, data: bytes) -> None:
        for line in data.decode("utf-8", "replace").splitlines():
            if line.strip():
                self._last_words.append(line[:MAX_LINE])

    async def _put_away(self) -> int | None:
        process = self._child
        if process is None:
            return None
        process.close_input()
        try:
            async with asyncio.timeout(GRACE):
                return await process.wait()
        except TimeoutError:
            log.warning("worker %d did not end by itself", process.pid)
            process.kill()
            return await process.wait()

    def _bury(self, reason: ClosedMeshError) -> None:
        self._end = reason
        if not self._loaded.done():
            self._loaded.set_exception(reason)
            self._loaded.exception()  # nobody need be waiting
        for queue in self._answers.values():
            queue.put_nowait(reason)

    def _send(self, message: Load | Request | Cancel | SetThreads) -> None:
        if self._child:
            self._child.write(frame(message))

    def set_threads(self, threads: int) -> None:
        """Use this many processor threads from the next step on."""
        self._send(SetThreads(threads))

    async def generate(self, request: Generate) -> AsyncGenerator[Progress | Done]:
        """Have a request answered once the model is loaded; its id is given here. Closing the
        generator cancels it. Raises what the worker says of the request, or the reason of its
        death."""
        async with aclosing(self._exchange(request)) as messages:
            async for message in messages:
                if isinstance(message, Progress | Done):
                    yield message

    async def score(self, request: Score) -> Scored:
        """How probable a continuation is. Raises like `generate`; cancelling cancels it."""
        return await self._result(request, Scored)

    async def embed(self, request: Embed) -> Embedded:
        """Vectors of texts."""
        return await self._result(request, Embedded)

    async def tokenize(self, request: Tokenize) -> Tokenized:
        """Tokens of a text."""
        return await self._result(request, Tokenized)

    async def detokenize(self, request: Detokenize) -> Detokenized:
        """Text of tokens."""
        return await self._result(request, Detokenized)

    async def save_cache(self) -> CacheSaved:
        """Keep the caches of conversations for the next time that the model is loaded."""
        return await self._result(SaveCache(1), CacheSaved)

    async def _result(self, request: Request, kind: type[Answer]) -> Answer:
        async with aclosing(self._exchange(request)) as messages:
            async for message in messages:
                if isinstance(message, kind):
                    return message
        raise BrokenFrame(f"{type(request).__name__} was answered by something else")

    async def _exchange(self, request: Request) -> AsyncGenerator[Progress | Result]:
        await self.loaded()
        if self._end:
            raise self._end
        request = structs.replace(request, id=self._next_id)
        self._next_id += 1
        queue: asyncio.Queue[FromWorker | ClosedMeshError] = asyncio.Queue()
        self._answers[request.id] = queue
        if isinstance(request, Generate | Score):
            self._waiting[request.id] = 0.0
        done = False
        try:
            self._send(request)
            while not done:
                message = await queue.get()
                match message:
                    case Failed(_, code, title, advice):
                        done = True
                        raise rebuild(code, title, advice)
                    case ClosedMeshError():
                        raise type(message)(message.title, message.advice)
                    case Loaded():
                        continue
                    case _:
                        done = isinstance(message, Result)
                        yield message
        finally:
            del self._answers[request.id]
            self._waiting.pop(request.id, None)
            self._started.discard(request.id)
            if not done and not self._end:
                self._send(Cancel(request.id))


OUR_PREFIX = "CLOSEDMESH_"
"""Of variables that are for the peer; a worker is told what it needs in messages."""


def _environment(environment: Mapping[str, str]) -> dict[str, str]:
    """What a worker sees of ours: no key and no invite, for which a hostile model file might
    look."""
    ours = {name: value for name, value in environment.items() if not name.startswith(OUR_PREFIX)}
    return {"GOMP_SPINCOUNT": SPIN} | ours


def explain_death(
    title: str, returncode: int | None, memory: Memory, last_words: Sequence[str]
) -> EngineDied:
    """Why a worker ended, in a person's words."""
    figures = f"it needed about {_gb(memory.needed)}, {_gb(memory.free)} were free"
    if returncode is not None and returncode < 0:
        name = signal.Signals(-returncode).name if -returncode in list(signal.Signals) else "?"
        how = f"was killed by signal {-returncode} ({name})"
    elif returncode is None:
        how = "could not be started"
    else:
        how = f"ended with code {returncode}"
    advice = "Ask again: it starts anew."
    if returncode is not None and -returncode == 9:
        advice += f" If this repeats, memory may be short: {figures}."
    if last_words:
        advice += f" Its last words: {last_words[-1]!r}."
    return EngineDied(f"The process that ran {title} {how}.", advice)


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
