"""A mesh of real processes: an entry and peers, each in a home of its own, joined by invite only.

async with MeshOfProcesses(folder) as mesh:
    sharing = await mesh.peer("sharing", share=True)
    print(await sharing.facts("status"))
"""

import asyncio
import contextlib
import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.benchmarks.streams import Http

PROGRAM = (sys.executable, "-P", "-m", "closedmesh")
STARTER = "smollm2-135m-instruct-q4_1"
START_LIMIT = 90.0
STOP_LIMIT = 15.0


@dataclass
class Running:
    """One process that answers."""

    name: str
    home: Path
    process: asyncio.subprocess.Process
    ready: dict
    prefix: tuple[str, ...] = ()

    @property
    def alive(self):
        """It has not ended."""
        return self.process.returncode is None

    @property
    def pid(self):
        """Of the program itself, also below `ip netns exec`."""
        return self.ready.get("pid", self.process.pid)

    async def run(self, *words):
        """Another command in the same home: exit code, standard output, standard error."""
        return await run(*self.prefix, *PROGRAM, "--home", str(self.home), *words)

    async def facts(self, *words):
        """What a command says as JSON; a dict with `error` if it failed."""
        _, out, err = await self.run("--json", *words)
        return json.loads(out) if out else {"error": err}

    async def until(self, holds, seconds=60.0):
        """The first status for which something holds."""
        async with asyncio.timeout(seconds):
            while not holds(status := await self.facts("status")):  # noqa: ASYNC110 - a process
                await asyncio.sleep(0.5)
        return status

    async def http(self, route=None):
        """Its API, as a side of a comparison."""
        key = (await self.facts("key"))["key"]
        headers = {"Authorization": f"Bearer {key}"}
        if route:
            headers["x-closedmesh-route"] = route
        return Http(self.name, self.ready["api"], self.pid, headers, STARTER)

    def cpu_seconds(self):
        """Processor time so far: of the program, and of its engine."""
        program = psutil.Process(self.pid)
        children = program.children(recursive=True)
        return sum(program.cpu_times()[:2]), sum(sum(c.cpu_times()[:2]) for c in children)


async def run(*words):
    """A command: exit code, standard output, standard error."""
    process = await asyncio.create_subprocess_exec(
        *words, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE
    )
    out, err = await process.communicate()
    return process.returncode, out.decode(), err.decode()


class MeshOfProcesses:
    """An entry, and peers that are started one by one. All end with the block."""

    def __init__(self, folder, *, listen=("127.0.0.1:0", "[::1]:0"), prefix=()):
        self._folder = Path(folder)
        self._listen = listen
        self._prefix = prefix
        self._running = []
        self.entry = None
        self.invite = ""

    async def __aenter__(self):
        listen = [word for address in self._listen for word in ("--listen", address)]
        self.entry = await self._start(
            "entry", self._prefix, "entry", "--mesh", "Demo", "--web", "127.0.0.1:0", *listen
        )
        self.invite = self.entry.ready["invite"]
        return self

    async def furnish(self, name, settings, models):
        """Make a home that has been used before; `models` are files to take in."""
        home = self._folder / name
        home.mkdir(parents=True)
        (home / "settings.toml").write_text(settings)
        for model in models:
            await run(*PROGRAM, "--home", str(home), "models", "import", str(model))

    async def peer(self, name, *, share=False, settings="", models=(), prefix=(), program=PROGRAM):
        """Start a peer that joins; `models` are files to take in before."""
        await self.furnish(name, settings, models)
        sharing = ["--share"] if share else ["--no-share"]
        peer = await self._start(
            name, prefix, "serve", "--join", self.invite, *sharing, program=program
        )
        await peer.until(lambda status: status["mesh"] and status["mesh"]["state"] == "connected")
        if share:
            await peer.until(lambda status: status["mesh"]["listed"])
        return peer

    async def _start(self, name, prefix, *words, program=PROGRAM):
        home = self._folder / name
        process = await asyncio.create_subprocess_exec(
            *prefix, *program, "--home", str(home), "--json", *words, "--port", "0",
            stdout=asyncio.subprocess.PIPE,
        )  # fmt: skip
        async with asyncio.timeout(START_LIMIT):
            line = await process.stdout.readline()
        running = Running(name, home, process, json.loads(line), tuple(prefix))
        self._running.append(running)
        return running

    async def __aexit__(self, *_):
        for running in reversed(self._running):
            with contextlib.suppress(ProcessLookupError, psutil.NoSuchProcess):
                psutil.Process(running.pid).send_signal(signal.SIGTERM)
        for running in self._running:
            try:
                async with asyncio.timeout(STOP_LIMIT):
                    await running.process.wait()
            except TimeoutError:
                running.process.kill()
