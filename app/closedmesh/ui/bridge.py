"""The only place where Qt's thread and the asyncio thread meet.

The node's thread enters the `Control` it was told how to make, sends its statuses up as signals
and carries out what comes down: commands and questions. Callbacks and signals come on Qt's
thread, in order, through one `Mailbox`. `stop` returns when everything has been put away, and
nothing is delivered after it.
"""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager, aclosing, suppress
from typing import Any, Protocol

from PySide6.QtCore import QObject, Signal

from closedmesh.control import Command, Control, Result
from closedmesh.errors import ClosedMeshError, NotRunning
from closedmesh.models.chat import Piece
from closedmesh.models.conversations import AnswerEvent, Ask
from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.garbage import Garbage
from closedmesh.ui.mailbox import Mailbox

STOP_LIMIT = 20.0
"""Seconds that `stop` waits for the peer to put everything away. A model's process is ended by
force well within that; a person who quits must not be kept waiting by anything else."""

logger = logging.getLogger(__name__)


class Job(Protocol):
    """Something to be done on the node's thread."""

    async def run(self, control: Control) -> None:
        """Do it; never raises but for being cancelled."""
        ...

    def refuse(self, error: ClosedMeshError) -> None:
        """Say that it will not be done."""
        ...


class Bridge(QObject):
    """A peer on a thread of its own, from `start` until `stop`."""

    status_changed = Signal(object)
    """A `Status`: the first as soon as the peer runs, then each new one."""
    failed = Signal(object)
    """A `ClosedMeshError` of a command that had no callback for it."""
    lost = Signal(object)
    """A `ClosedMeshError`: the peer could not start, or is gone. `start` tries again."""

    def __init__(
        self,
        connect: Callable[[], AbstractAsyncContextManager[Control]],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._connect = connect
        self._mailbox = Mailbox(self)
        self._garbage = Garbage(self)
        self._latest: deque[Status] = deque(maxlen=1)
        self._node: _Node | None = None
        self._answers: set[Answer] = set()
        self._doing: set[_Doing] = set()

    @property
    def is_busy(self) -> bool:
        """Whether a command is on its way, whose callbacks somebody waits for."""
        return bool(self._doing)

    def start(self) -> None:
        """Start the peer, or attach to it; also again after `lost`."""
        self.stop()
        self._mailbox.open()
        self._garbage.start()
        self._node = _Node(self._connect, self._take, self._lose)
        self._node.start()

    def stop(self) -> None:
        """Stop, and return when everything is put away. Does nothing if nothing runs."""
        self._mailbox.close()
        node, self._node = self._node, None
        if node is not None:
            node.stop()
            self._garbage.stop()
        self._answers.clear()
        self._doing.clear()
        self._latest.clear()

    def do(
        self,
        command: Command[Result],
        done: Callable[[Result], None] | None = None,
        failed: Callable[[ClosedMeshError], None] | None = None,
    ) -> None:
        """Carry out a command; one of the two is called afterwards, on this thread."""
        doing = _Doing(command, self._deliver, done, failed or self.failed.emit)
        self._doing.add(doing)
        self._submit(doing)

    def ask(self, ask: Ask) -> "Answer":
        """Have something answered."""
        answer = Answer(ask, self._mailbox, self._cancel, self)
        self._answers.add(answer)
        answer.ended.connect(lambda: self._put_away(answer))
        self._submit(answer)
        return answer

    def _deliver(self, doing: "_Doing", call: Callable[[], None]) -> None:
        """Any thread: a command has been carried out, or not."""

        def deliver() -> None:
            self._doing.discard(doing)
            call()

        self._mailbox.post(deliver)

    def _put_away(self, answer: "Answer") -> None:
        """Here and not where the last reference to it ends, which may be the node's thread."""
        self._answers.discard(answer)
        answer.deleteLater()

    def _submit(self, job: Job) -> None:
        if self._node is None:
            job.refuse(_gone())
        else:
            self._node.submit(job)

    def _cancel(self, answer: "Answer") -> None:
        if self._node is not None:
            self._node.cancel(answer)

    def _take(self, status: Status) -> None:
        """Node's thread: only the latest status waits to be delivered."""
        self._latest.append(status)
        self._mailbox.post(self._publish)

    def _publish(self) -> None:
        if self._latest:
            self.status_changed.emit(self._latest.pop())

    def _lose(self, error: ClosedMeshError) -> None:
        """Node's thread."""
        self._mailbox.post(lambda: self.lost.emit(error))


class Answer(QObject):
    """One answer as it is made. After `cancel` it still says `ended`, when all is cleaned up."""

    received = Signal(object)
    """An `AnswerEvent`; pieces that arrive together come as one."""
    failed = Signal(object)
    """A `ClosedMeshError`; `ended` follows."""
    ended = Signal()
    """Nothing more will come: finished, failed or cancelled. Exactly once."""

    def __init__(
        self, ask: Ask, mailbox: Mailbox, cancel: "Callable[[Answer], None]", parent: QObject
    ) -> None:
        super().__init__(parent)
        self._ask = ask
        self._mailbox = mailbox
        self._cancel = cancel
        self._waiting: deque[AnswerEvent] = deque()

    def cancel(self) -> None:
        """Stop the answer; what was said so far is kept."""
        self._cancel(self)

    async def run(self, control: Control) -> None:
        """Node's thread: pass on all events."""
        try:
            async with aclosing(control.ask(self._ask)) as events:
                async for event in events:
                    self._pass_on(event)
        except Exception as error:
            self._fail(explained(error))
        finally:
            self._mailbox.post(self.ended.emit)

    def refuse(self, error: ClosedMeshError) -> None:
        """It never began."""
        self._fail(error)
        self._mailbox.post(self.ended.emit)

    def _fail(self, error: ClosedMeshError) -> None:
        self._mailbox.post(lambda: self.failed.emit(error))

    def _pass_on(self, event: AnswerEvent) -> None:
        self._waiting.append(event)
        self._mailbox.post(self._deliver)

    def _deliver(self) -> None:
        """Emit all that waits; the calls that were posted for the rest then find nothing."""
        while self._waiting:
            event = self._waiting.popleft()
            if isinstance(event, Piece):
                event = self._with_following(event)
            self.received.emit(event)

    def _with_following(self, piece: Piece) -> Piece:
        pieces = [piece]
        while self._waiting and isinstance(following := self._waiting[0], Piece):
            self._waiting.popleft()
            pieces.append(following)
        return Piece(
            "".join(p.text for p in pieces),
            tuple(logprob for p in pieces for logprob in p.logprobs),
            tuple(token for p in pieces for token in p.tokens),
            tuple(entry for p in pieces for entry in p.trace),
        )


class _Doing:
    """One command on its way."""

    def __init__(
        self,
        command: Command[Result],
        deliver: Callable[["_Doing", Callable[[], None]], None],
        done: Callable[[Result], None] | None,
        failed: Callable[[ClosedMeshError], None],
    ) -> None:
        self._command: Command[Any] = command
        self._deliver = deliver
        self._done: Callable[[Any], None] | None = done
        self._failed = failed

    async def run(self, control: Control) -> None:
        try:
            result = await control.do(self._command)
        except asyncio.CancelledError:
            self.refuse(_gone())
            raise
        except Exception as error:
            self.refuse(explained(error))
        else:
            done = self._done
            self._deliver(self, lambda: done(result) if done is not None else None)

    def refuse(self, error: ClosedMeshError) -> None:
        self._deliver(self, lambda: self._failed(error))


class _Node:
    """One run of the node's thread."""

    def __init__(
        self,
        connect: Callable[[], AbstractAsyncContextManager[Control]],
        take: Callable[[Status], None],
        lose: Callable[[ClosedMeshError], None],
    ) -> None:
        self._connect = connect
        self._take = take
        self._lose = lose
        self._loop = asyncio.new_event_loop()
        self._lock = threading.Lock()
        self._jobs: deque[Job] = deque()
        self._over = False
        self._work = asyncio.Event()
        self._tasks: dict[Job, asyncio.Task[None]] = {}
        self._life: asyncio.Task[None] | None = None
        self._stopping = False
        self._error: ClosedMeshError | None = None
        # A daemon, so that a peer that does not stop cannot keep the program from ending.
        self._thread = threading.Thread(target=self._run, name="node", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        with suppress(RuntimeError):  # it ended by itself, and its loop is closed
            self._loop.call_soon_threadsafe(self._end)
        self._thread.join(STOP_LIMIT)
        if self._thread.is_alive():
            logger.error("The peer did not stop within %s s; leaving it.", STOP_LIMIT)

    def submit(self, job: Job) -> None:
        with self._lock:
            if not self._over:
                self._jobs.append(job)
                self._loop.call_soon_threadsafe(self._work.set)
                return
        job.refuse(self._error or _gone())

    def cancel(self, job: Job) -> None:
        # Behind the job in the same queue, so that it cannot overtake it.
        self.submit(_Cancelling(self._tasks, job))

    def _end(self) -> None:
        self._stopping = True
        if self._life is not None:
            self._life.cancel()

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            with suppress(asyncio.CancelledError):
                runner.run(self._live())
            with self._lock:
                self._over = True
        error = self._error or _gone()
        for job in self._jobs:
            job.refuse(error)
        if not self._stopping:
            self._lose(error)

    async def _live(self) -> None:
        self._life = asyncio.current_task()
        if self._stopping:
            return
        try:
            async with self._connect() as control:
                await self._serve(control)
        except Exception as problem:
            self._error = explained(problem)

    async def _serve(self, control: Control) -> None:
        """Do jobs until the peer is gone."""
        async with asyncio.TaskGroup() as group:
            watching = group.create_task(self._watch(control), name="statuses")
            watching.add_done_callback(lambda _: self._work.set())
            while not watching.done():
                while self._jobs:
                    self._begin(self._jobs.popleft(), control, group)
                self._work.clear()
                await self._work.wait()
            for task in self._tasks.values():
                task.cancel()

    def _begin(self, job: Job, control: Control, group: asyncio.TaskGroup) -> None:
        task = group.create_task(job.run(control))
        self._tasks[job] = task
        task.add_done_callback(lambda _: self._tasks.pop(job))

    async def _watch(self, control: Control) -> None:
        try:
            async with aclosing(control.statuses()) as statuses:
                async for status in statuses:
                    self._take(status)
        except Exception as problem:
            self._error = explained(problem)


class _Cancelling:
    """Cancels another job."""

    def __init__(self, tasks: dict[Job, asyncio.Task[None]], job: Job) -> None:
        self._tasks = tasks
        self._job = job

    async def run(self, control: Control) -> None:
        if (task := self._tasks.get(self._job)) is not None:
            task.cancel()

    def refuse(self, error: ClosedMeshError) -> None:
        """The other job is refused as well."""


def explained(error: Exception) -> ClosedMeshError:
    """The error for people; one that is not of their family is a fault of ours and logged."""
    if isinstance(error, ClosedMeshError):
        return error
    logger.error("Unexpected %s", type(error).__name__, exc_info=error)
    return ClosedMeshError(
        words.tr("The program made a mistake ({kind}).", kind=type(error).__name__),
        words.tr(
            "Try it again; if it happens again, send us the log folder (Help menu of the tray "
            "icon)."
        ),
    )


def _gone() -> ClosedMeshError:
    return NotRunning(words.tr("The peer of this window has stopped."), words.tr("Start it again."))
