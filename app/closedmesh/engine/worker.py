"""The child process that holds one model: reads requests, writes tokens.

A thread reads the pipe, the main thread computes. When the pipe closes the process ends at once,
whatever it computes, so that nothing is left when the parent dies; on Linux the kernel is asked
to see to it as well. Standard output belongs to the pipe alone: what native code prints goes to
standard error, which the supervisor keeps for a post-mortem.
"""

import ctypes
import logging
import os
import signal
import sys
import threading
from pathlib import Path
from queue import SimpleQueue
from typing import BinaryIO

from closedmesh.engine import cache_file
from closedmesh.engine.cache import Cache
from closedmesh.engine.drafting import Draft, Guessers
from closedmesh.engine.embedding import Embedder
from closedmesh.engine.jobs import Send
from closedmesh.engine.llama import loading
from closedmesh.engine.messages import (
    LOADING,
    CacheSaved,
    Cancel,
    Detokenize,
    Detokenized,
    Embed,
    Failed,
    FromWorker,
    Generate,
    Load,
    SaveCache,
    Score,
    SetThreads,
    Tokenize,
    Tokenized,
    ToWorker,
)
from closedmesh.engine.pace import Pace
from closedmesh.engine.pipe import BrokenFrame, Frames, frame
from closedmesh.engine.prompts import Prompter
from closedmesh.engine.scheduler import Scheduler
from closedmesh.errors import ClosedMeshError
from closedmesh.host.hardware import set_low_priority

_PR_SET_PDEATHSIG = 1


def main() -> int:
    """Serve the pipe on standard input and output until it closes."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(message)s")
    _survive_only_with_parent()
    output = _private_output()
    frames: Frames[ToWorker] = Frames(ToWorker)
    load = frames.read(sys.stdin.buffer)
    if not isinstance(load, Load):
        return 0 if load is None else 2
    if load.low_priority:
        set_low_priority(os.getpid())
    inbox: SimpleQueue[ToWorker] = SimpleQueue()
    threading.Thread(target=_listen, args=(frames, inbox), daemon=True).start()

    def send(message: FromWorker) -> None:
        output.write(frame(message))
        output.flush()

    try:
        _serve(load, inbox, send)
    except ClosedMeshError as error:
        send(Failed(LOADING, error.code, error.title, error.advice))
    except MemoryError:
        send(
            Failed(
                LOADING,
                "not_enough_memory",
                f"There is no memory for {load.slots} conversations of {load.context:,} tokens.",
                "Close other programs, or lower engine.context or engine.slots.",
            )
        )
    return 0


def _survive_only_with_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C in a terminal is meant for the parent
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _private_output() -> BinaryIO:
    """The pipe to the node, on a descriptor that nothing else writes to."""
    private = os.dup(sys.stdout.fileno())
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return os.fdopen(private, "wb")


def _listen(frames: Frames[ToWorker], inbox: SimpleQueue[ToWorker]) -> None:
    try:
        while message := frames.read(sys.stdin.buffer):
            inbox.put(message)
    except BrokenFrame as error:
        logging.getLogger(__name__).critical("the pipe carries something else: %s", error)
        os._exit(2)
    # The main thread may be inside llama.cpp for seconds: nobody waits for that.
    os._exit(0)


def _serve(load: Load, inbox: SimpleQueue[ToWorker], send: Send) -> None:
    with loading.load(load) as models:
        desk = _Desk(load, models, send)
        send(models.facts)
        while True:
            while desk.work.idle or not inbox.empty():
                desk.handle(inbox.get())
            desk.work.step()


class _Desk:
    """Takes what comes from the node: answers what is quick, and queues the rest."""

    def __init__(self, load: Load, models: loading.Models, send: Send) -> None:
        self._models = models
        self._send = send
        self._prompter = Prompter(models.model, models.model.context)
        self._cache = Cache(models.model, load.cache_bytes)
        self._file = Path(load.cache_file) if load.cache_file and load.model_sha256 else None
        self._origin = cache_file.origin(load, models.facts)
        self.work = self._embedder() if models.facts.embedding_size else self._scheduler(load)

    def _embedder(self) -> Scheduler | Embedder:
        return Embedder(self._models.model, self._send)

    def _scheduler(self, load: Load) -> Scheduler | Embedder:
        if self._file:
            for kept in cache_file.read(self._file, self._origin):
                self._cache.keep(kept)
        model, small = self._models.model, self._models.draft
        draft = Draft(small) if small and model.forgets_parts else None
        guessers = Guessers(Pace(), draft, lookup=load.prompt_lookup and model.forgets_parts)
        return Scheduler(model, self._prompter, self._cache, self._send, guessers)

    def handle(self, message: ToWorker) -> None:
        """Do what a message asks for, or queue it."""
        match message:
            case Generate() | Score() | Embed():
                self.work.add(message)
            case Cancel(request):
                self.work.cancel(request)
            case SetThreads(threads):
                self._models.set_threads(threads)
            case Tokenize() | Detokenize() | SaveCache():
                try:
                    self._answer(message)
                except ClosedMeshError as error:
                    self._send(Failed(message.id, error.code, error.title, error.advice))
            case Load():
                raise ClosedMeshError("A second model was sent to a worker.", "Start another one.")

    def _answer(self, request: Tokenize | Detokenize | SaveCache) -> None:
        match request:
            case Tokenize(number, text, date):
                tokens = self._prompter.tokens(text, date)
                self._send(Tokenized(number, tuple(tokens)))
            case Detokenize(number, tokens):
                piece = self._models.model.piece
                data = b"".join(map(piece, self._prompter.known(tokens)))
                self._send(Detokenized(number, data.decode("utf-8", "replace")))
            case SaveCache(number):
                self._send(CacheSaved(number, *self._save()))

    def _save(self) -> tuple[int, int]:
        if self._file is None:
            return 0, 0
        try:
            return cache_file.write(self._file, self._origin, self._cache.conversations())
        except OSError as error:
            raise ClosedMeshError(
                f"The cache of conversations could not be written ({error.strerror}).",
                "Make room on the disk.",
            ) from None
