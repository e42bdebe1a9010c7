"""What a mesh of real processes does when its entries, its relay and its networks fail:

    going_on.py [seconds without any entry]      (10 minutes: 600)

An entry, a second one that it admits, two peers that share and one that asks, all on this computer.
One question follows the other without a pause while things are ended with SIGKILL and come back;
each line says how many answers were complete, and the longest time without a new word.
"""

import asyncio
import contextlib
import json
import signal
import socket
import sys
import tempfile
import time
from pathlib import Path

import aiohttp
import psutil

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from tests.benchmarks.mesh_processes import MeshOfProcesses

LENGTH = 60
QUESTION = "Tell me about lighthouses."


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Chats:
    """Questions one after the other, until told to stop."""

    def __init__(self, asker, key):
        self._api, self._key = asker.ready["api"], key
        self.complete = self.broken = 0
        self.longest = 0.0
        self._over = asyncio.Event()

    async def ask(self, session, seed):
        body = {
            "messages": [{"role": "user", "content": QUESTION}], "stream": True, "seed": seed,
            "max_tokens": LENGTH,
        }  # fmt: skip
        headers = {"Authorization": f"Bearer {self._key}", "x-closedmesh-route": "mesh"}
        last, done = time.monotonic(), False
        url = f"{self._api}/v1/chat/completions"
        async with session.post(url, json=body, headers=headers) as response:
            async for line in response.content:
                if line.startswith(b"data: "):
                    now = time.monotonic()
                    self.longest, last = max(self.longest, now - last), now
                    done = done or line.startswith(b"data: [DONE]")
        return response.status == 200 and done

    async def run(self):
        async with aiohttp.ClientSession() as session:
            seed = 0
            while not self._over.is_set():
                seed += 1
                if await self.ask(session, seed):
                    self.complete += 1
                else:
                    self.broken += 1
                    await asyncio.sleep(0.5)

    def stop(self):
        self._over.set()

    @property
    def words(self):
        return (
            f"{self.complete} answers complete, {self.broken} broken or refused,"
            f" longest wait for a word {self.longest:.1f} s"
        )


@contextlib.asynccontextmanager
async def chats(asker, key, name):
    running = Chats(asker, key)
    async with asyncio.TaskGroup() as group:
        group.create_task(running.run())
        yield running
        running.stop()
    print(f"{name:46} {running.words}", flush=True)


def kill(running):
    """As when the power goes: the program and what it started."""
    with contextlib.suppress(psutil.NoSuchProcess):
        program = psutil.Process(running.pid)
        for process in (*program.children(recursive=True), program):
            process.send_signal(signal.SIGKILL)


class Mesh(MeshOfProcesses):
    """With entries that keep their ports."""

    def __init__(self, folder):
        super().__init__(folder, listen=(f"127.0.0.1:{free_port()}",))
        self._second_port = free_port()
        self.web = f"127.0.0.1:{free_port()}"

    async def entry_again(self):
        self.entry = await self._start(
            "entry", (), "entry", "--web", self.web, "--listen", self._listen[0]
        )

    async def second_entry(self, *words):
        listen = f"127.0.0.1:{self._second_port}"
        return await self._start("second", (), "entry", "--listen", listen, *words)


async def until_said(peer, holds, what, seconds=90.0):
    began = time.monotonic()
    await peer.until(holds, seconds)
    print(f"{'':4}{what} after {time.monotonic() - began:.1f} s", flush=True)


async def go_on(folder, away):
    settings = "[sharing]\nidle_minutes = 0\n"
    async with Mesh(folder) as mesh:
        sharers = [await mesh.peer(f"sharer{n}", share=True, settings=settings) for n in range(2)]
        asker = await mesh.peer("asker", settings=settings)
        key = (await asker.facts("key", "show"))["key"]
        knows_two = lambda status: sum(bool(peer["offers"]) for peer in status["peers"]) >= 2  # noqa: E731
        await asker.until(knows_two)
        async with chats(asker, key, "nothing fails"):
            await asyncio.sleep(15)
        async with chats(asker, key, "the entry is killed and comes back"):
            kill(mesh.entry)
            await asyncio.sleep(15)
            await mesh.entry_again()
            await until_said(asker, lambda s: s["mesh"]["state"] == "connected", "connected again")
        link = json.loads((await mesh.entry.run("--json", "invite", "new", "--scope", "entry"))[1])
        second = await mesh.second_entry("--invite", link["link"])
        for peer in (*sharers, asker):
            await peer.until(lambda status: status["mesh"]["entries"] == 2)
        async with chats(asker, key, "the first entry is gone, the second stays"):
            kill(mesh.entry)
            await asyncio.sleep(30)
            new = (await second.run("--json", "invite", "new", "--scope", "share"))[1]
            mesh.invite = json.loads(new)["link"]
            late = await mesh.peer("late", share=True, settings=settings)
            found = lambda s: any(late.ready["peer"] == p["short"] for p in s["peers"])  # noqa: E731
            await until_said(asker, found, "a peer that joins by the second is known")
        async with chats(asker, key, f"no entry for {away:.0f} s"):
            kill(second)
            await asyncio.sleep(away)
            state = (await asker.facts("status"))["mesh"]["state"]
            print(f"{'':4}the asker says: {state}", flush=True)
            second = await mesh.second_entry()
            await until_said(asker, lambda s: s["mesh"]["state"] == "connected", "connected again")
        kill(second)
        for peer in (*sharers, late, asker):
            kill(peer)


def main(away):
    with tempfile.TemporaryDirectory(prefix="closedmesh-going-on") as folder:
        asyncio.run(go_on(Path(folder), away))


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 600.0)
