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
from collections.abc import Callable
from queue import SimpleQueue
from typing import BinaryIO

from closedmesh.engine import llama
from closedmesh.engine.messages import (
    LOADING,
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
from closedmesh.engine.pipe import BrokenFrame, Frames, frame
from closedmesh.engine.prompts import Prompter
from closedmesh.engine.scheduler import Scheduler
from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.host.hardware import set_low_priority

_PR_SET_PDEATHSIG = 1

Send = Callable[[FromWorker], None]


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
    with llama.load(load) as model:
        desk = _Desk(model, send)
        send(model.facts())
        while True:
            while desk.scheduler.idle or not inbox.empty():
                desk.handle(inbox.get())
            desk.scheduler.step()


class _Desk:
    """Takes what comes from the node: answers what is quick, and queues the rest."""

    def __init__(self, model: llama.Llama, send: Send) -> None:
        self._model = model
        self._send = send
        self._prompter = Prompter(model, model.context)
        self.scheduler = Scheduler(model, self._prompter.prepare, send)

    def handle(self, message: ToWorker) -> None:
        """Do what a message asks for, or have the scheduler do it."""
        match message:
            case Generate():
                self.scheduler.add(message)
            case Cancel(request):
                self.scheduler.cancel(request)
            case SetThreads(threads):
                self._model.set_threads(threads)
            case Tokenize() | Detokenize() | Score() | Embed() | SaveCache():
                try:
                    self._answer(message)
                except ClosedMeshError as error:
                    self._send(Failed(message.id, error.code, error.title, error.advice))
            case Load():
                raise ClosedMeshError("A second model was sent to a worker.", "Start another one.")

    def _answer(self, request: Tokenize | Detokenize | Score | Embed | SaveCache) -> None:
        match request:
            case Tokenize(number, text, date):
                tokens = self._prompter.tokens(text, date)
                self._send(Tokenized(number, tuple(tokens)))
            case Detokenize(number, tokens):
                data = b"".join(self._model.piece(token) for token in self._prompter.known(tokens))
                self._send(Detokenized(number, data.decode("utf-8", "replace")))
            case Score() | Embed() | SaveCache():
                raise BadRequest("This engine cannot do that.", "Ask for an answer instead.")
