"""Our side: the worker through its pipe, and the whole program through its HTTP API."""

import asyncio
import json
import subprocess
import sys
import tempfile
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import psutil
from msgspec import structs

from closedmesh.engine.messages import Done, Generate, Load, Priority, Tokens
from closedmesh.engine.supervisor import Memory, Worker
from closedmesh.models.chat import Overflow, RawText, Sampling
from tests.benchmarks.streams import Http

COMMAND = (sys.executable, "-P", "-m", "closedmesh", "engine-worker")
PROGRAM = (sys.executable, "-P", "-m", "closedmesh")


class Direct:
    """A worker without the rest of the program."""

    name = "worker"

    def __init__(self, worker):
        self.worker = worker
        self.guessed = 0
        self.options = {}
        """Fields of every request."""

    @property
    def pids(self):
        return (self.worker.pid,)

    async def tokens(self, prompt, count, client="bench", **sampling):
        """Numbers of tokens as they arrive."""
        biases = {int(token): bias for token, bias in sampling.pop("logit_bias", {}).items()}
        request = Generate(
            1, client, Priority.USER, RawText(prompt), Sampling(logit_bias=biases, **sampling),
            count, (), None, Overflow.REFUSE, "2026-11-25",
        )  # fmt: skip
        request = structs.replace(request, **self.options)
        async with aclosing(self.worker.generate(request)) as messages:
            async for message in messages:
                if isinstance(message, Tokens):
                    yield message.count
                elif isinstance(message, Done):
                    self.guessed = message.guessed_tokens


@asynccontextmanager
async def working(model, *, context, slots, threads, **more):
    """A worker, as a side of the comparison."""
    load = Load(str(model), context, slots, threads, low_priority=False, **more)
    worker = Worker(COMMAND, load, "Model", Memory(0, 0))
    async with asyncio.TaskGroup() as group:
        life = group.create_task(worker.run())
        try:
            await worker.loaded()
            yield Direct(worker)
        finally:
            life.cancel()


@asynccontextmanager
async def serving(*, context, slots, threads):
    """`closedmesh serve` with the starter model, as a side of the comparison."""
    with tempfile.TemporaryDirectory() as home:
        settings = f"context = {context}\nslots = {slots}\nthreads = {threads}\n"
        settings += "low_priority = false\nunload_after_minutes = 0\n"
        settings += "measure = false\ngive_way = false\n"
        (Path(home) / "settings.toml").write_text(f"[engine]\n{settings}")
        process = await asyncio.create_subprocess_exec(
            *PROGRAM, "--home", home, "serve", "--json", "--port", "0",
            "--model", "smollm2-135m-instruct-q4_1", stdout=subprocess.PIPE,
        )  # fmt: skip
        try:
            ready = json.loads(await process.stdout.readline())
            key = await _key(home)
            yield await _side(ready["api"], key, process.pid)
        finally:
            process.terminate()
            await process.wait()


async def _key(home):
    process = await asyncio.create_subprocess_exec(
        *PROGRAM, "--home", home, "key", "show", "--json", stdout=subprocess.PIPE
    )
    printed, _ = await process.communicate()
    return json.loads(printed)["key"]


async def _side(address, key, pid):
    headers = {"Authorization": f"Bearer {key}"}
    side = Http("closedmesh serve", address, (pid,), headers, "smollm2-135m-instruct-q4_1")
    async with aclosing(side.tokens("Hello", 1)) as first:
        async for _ in first:
            pass
    (worker,) = psutil.Process(pid).children()
    side.pids = (pid, worker.pid)
    return side
