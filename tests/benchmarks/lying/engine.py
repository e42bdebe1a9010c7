"""A model's process that stands between a peer and real ones, and tells the lie of the moment.

It speaks the same pipe as a worker, says of itself what an honest worker of the claimed file says,
and has as many real workers as its lies need. What it answers with is in `answers`.
"""

import asyncio
import os
import sys
from pathlib import Path

from msgspec import structs

from closedmesh.engine.messages import Cancel, Failed, Generate, Load, SetThreads, ToWorker
from closedmesh.engine.pipe import Frames, frame
from closedmesh.engine.supervisor import Memory, Worker
from closedmesh.errors import ClosedMeshError
from tests.benchmarks.lying.answers import Answers
from tests.benchmarks.lying.program import LIE

HONEST = (sys.executable, "-P", "-m", "closedmesh", "engine-worker")


class Engine:
    """All real workers of one claimed file, and what is asked of them now."""

    def __init__(self, load, send, group):
        self._load, self._send, self._group = load, send, group
        self._workers = {}
        self._asked = {}
        self._lie = Path(os.environ[LIE])
        self._answers = Answers(self.worker, load.path, send)

    async def worker(self, path=""):
        """The worker of a file, the claimed one unless said otherwise."""
        path = path or self._load.path
        if path not in self._workers:
            load = structs.replace(self._load, path=path, cache_file=None)
            worker = Worker(HONEST, load, "Model", Memory(0, 0))
            self._workers[path] = worker
            self._group.create_task(worker.run())
        await self._workers[path].loaded()
        return self._workers[path]

    def take(self, message):
        """Do what the peer asks for."""
        match message:
            case Cancel(number):
                if number in self._asked:
                    self._asked.pop(number).cancel()
            case SetThreads(threads):
                for worker in self._workers.values():
                    worker.set_threads(threads)
            case _:
                self._asked[message.id] = self._group.create_task(self._do(message))

    async def _do(self, message):
        try:
            if isinstance(message, Generate):
                lie = self._lie.read_text().split() if self._lie.exists() else []
                await self._answers.answer(message, lie)
            else:
                await self._answers.honestly(message)
        except ClosedMeshError as error:
            self._send(Failed(message.id, error.code, error.title, error.advice))
        finally:
            self._asked.pop(message.id, None)


async def main():
    """Serve the pipe until it closes."""
    output = os.dup(1)
    os.dup2(2, 1)
    reader = asyncio.StreamReader()
    protocol = asyncio.StreamReaderProtocol(reader)
    await asyncio.get_running_loop().connect_read_pipe(lambda: protocol, sys.stdin.buffer)
    frames, engine = Frames(ToWorker), None

    def send(message):
        data = frame(message)
        while data:
            data = data[os.write(output, data) :]

    async with asyncio.TaskGroup() as group:
        while data := await reader.read(65536):
            for message in frames.feed(data):
                if isinstance(message, Load):
                    engine = Engine(message, send, group)
                    send((await engine.worker()).facts)
                else:
                    engine.take(message)
        os._exit(0)  # the real workers' pipes close with this process


if __name__ == "__main__":
    asyncio.run(main())
