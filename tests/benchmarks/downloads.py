"""What downloads promise, measured: `python -m tests.benchmarks.downloads hostile|speed|sparse`.

`hostile [N] [MB]`: N downloads from a server that does every mischief, the client killed with
SIGKILL at random moments; all must end right or with the stated error, and what was sent twice is
counted. `speed`: against curl from the same server, hashing on, the file on the disk in the end.
`sparse`: 5 GB, memory watched.
"""

import asyncio
import hashlib
import json
import os
import random
import resource
import shlex
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from closedmesh.models.blocks import BLOCK
from tests.support.certificates import Authority
from tests.support.hub_server import PRIVATE, HubServer

REPO, FILE = "me/model", "a.gguf"

TRANSIENT = (
    "drop",
    "stall",
    "wrong range",
    "lying length",
    "busy",
    "broken",
    "whole file",
    "corrupt",
)

FATAL = {
    **{f"redirect {place}": "address_refused" for place in PRIVATE},
    "bad certificate": "failed",
}
"""Mischief after which a download must end, and the code of the error it ends with."""


def say(text):
    print(text, flush=True)


async def client(server, target, *, stall=1.0):
    return await asyncio.create_subprocess_exec(  # a script of its own process
        sys.executable, "-m", "tests.support.fetch_once", str(server.port), str(server.bad_port),
        str(server.authority.file), REPO, FILE, str(target), str(stall),
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def twice(served):
    """Bytes that were sent more than once."""
    events = []
    for _, start, count in served:
        events += [(start, 1), (start + count, -1)]
    depth = more = last = 0
    for place, step in sorted(events):
        more += max(0, depth - 1) * (place - last)
        depth, last = depth + step, place
    return more


class Hostile:
    """One download after another, and what came of them."""

    def __init__(self, server, random_numbers, folder):
        self.server = server
        self.random = random_numbers
        self.folder = folder
        self.ends = Counter()
        self.failures = []
        self.worst = 0.0

    async def one(self, number, expected):
        chance = self.random.uniform(0, 0.35)
        fatal = self.random.choice(list(FATAL)) if self.random.random() < 0.1 else ""
        kills = self.random.choice([0, 1, 1, 2, 3])
        seen = Counter()

        def mischief(request):
            if fatal and "/resolve/" in request.path:
                return fatal
            if "/blob/" in request.path and self.random.random() < chance:
                what = self.random.choice(TRANSIENT)
                seen[what] += 1
                return what
            return ""

        self.server.mischief = mischief
        self.server.served.clear()
        target = self.folder / "a.gguf"
        result = await self._until_the_end(target, kills)
        self._judge(number, result, fatal, seen, kills, target, expected)
        for path in self.folder.iterdir():
            path.unlink()

    async def _until_the_end(self, target, kills):
        while True:
            process = await client(self.server, target)
            if kills:
                kills -= 1
                try:
                    async with asyncio.timeout(self.random.uniform(0.3, 1.2)):
                        out, _ = await process.communicate()
                except TimeoutError:
                    process.send_signal(signal.SIGKILL)
                    await process.wait()
                    self.ends["killed"] += 1
                    continue
            else:
                out, _ = await process.communicate()
            return json.loads(out)

    def _judge(self, number, result, fatal, seen, kills, target, expected):
        whole = bool(self.server.served) or not fatal
        wanted_error = FATAL.get(fatal) if fatal else None
        if wanted_error and not result["ok"]:
            right = result["error"] == wanted_error
        else:
            right = result["ok"] and target.is_file() and _hash(target) == expected and whole
        if fatal and result["ok"]:
            right = False
        self.ends[result.get("error", "complete")] += 1
        interruptions = kills + sum(seen.values())
        extra = twice(self.server.served) - result.get("refetched", 0)
        blocks = extra / BLOCK
        if result["ok"] and not seen["corrupt"]:
            self.worst = max(self.worst, blocks / max(1, interruptions))
            # A server that starves on a busy computer is an interruption too.
            right = right and blocks <= max(1, interruptions)
        if not right:
            self.failures.append((number, result, fatal, dict(seen), kills, round(blocks, 2)))
            say(f"wrong: {self.failures[-1]}")


def _hash(path):
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


async def hostile(count=300, megabytes=64, seed=1):
    """See above."""
    with tempfile.TemporaryDirectory(prefix="closedmesh-hostile-") as name:
        folder = Path(name)
        data = os.urandom(megabytes * 2**20 - 12345)
        async with HubServer(Authority.make(folder / "authority")).running() as server:
            expected = server.add(REPO, FILE, data)
            (folder / "target").mkdir()
            run = Hostile(server, random.Random(seed), folder / "target")
            began = time.monotonic()
            for number in range(count):
                await run.one(number, expected)
                if number % 25 == 24:
                    say(f"{number + 1} downloads, {len(run.failures)} wrong, {dict(run.ends)}")
            say(f"mischief done: {dict(server.done)}")
            say(f"worst: {run.worst:.2f} blocks sent twice for each interruption")
            say(f"{time.monotonic() - began:.0f} s, {len(run.failures)} wrong")
            return run.failures


def _serve(folder, file):
    """The server as a process of its own: prints its ports, and serves until its end."""

    async def run():
        authority = Authority.make(folder / "authority")
        async with HubServer(authority).running() as server:
            server.add(REPO, FILE, file)
            sha256 = server.sha256(REPO, FILE)
            say(json.dumps({"port": server.port, "bad_port": server.bad_port, "sha256": sha256}))
            await asyncio.Event().wait()

    asyncio.run(run())


def _measured(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began = time.monotonic()
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    seconds = time.monotonic() - began
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, cpu, done.stdout


def _against_a_server(size, repeat):
    with tempfile.TemporaryDirectory(prefix="closedmesh-speed-") as name:
        folder = Path(name)
        file = folder / "file"
        with file.open("wb") as opened:
            opened.truncate(size)
        serving = subprocess.Popen(
            [sys.executable, "-m", "tests.benchmarks.downloads", "serve", name, str(file)],
            stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        try:
            server = json.loads(serving.stdout.readline())
            rates = [_compare(server, folder, size) for _ in range(repeat)]
        finally:
            serving.terminate()
            serving.wait()
        return rates


def _compare(server, folder, size):
    """Our speed as a part of curl's, of a curl that also waits until the file is on the disk as we
    do, and of one that leaves it to the system's memory."""
    port, authority = server["port"], folder / "authority" / "ca.pem"
    target = folder / "got"
    curl = [
        "curl", "--silent", "--cacert", str(authority), "--resolve", f"cdn.test:{port}:127.0.0.1",
        "-o", str(target), f"https://cdn.test:{port}/blob/{server['sha256']}",
    ]  # fmt: skip
    ours = [
        sys.executable, "-m", "tests.support.fetch_once", str(port), str(server["bad_port"]),
        str(authority), REPO, FILE, str(target), "30",
    ]  # fmt: skip
    in_memory, cpu, _ = _measured(curl)
    say(f"curl: {size / in_memory / 1e6:.0f} MB/s, {cpu:.2f} s of processor")
    target.unlink()
    on_disk, cpu, _ = _measured(["sh", "-c", f"{shlex.join(curl)} && sync {target}"])
    say(f"curl and sync: {size / on_disk / 1e6:.0f} MB/s, {cpu:.2f} s of processor")
    target.unlink()
    _, cpu, out = _measured(ours)
    target.unlink()
    result = json.loads(out)
    seconds = result["seconds"]
    rates = on_disk / seconds, in_memory / seconds
    say(
        f"ours: {size / seconds / 1e6:.0f} MB/s, {cpu:.2f} s of processor, {result['peak_mb']:.0f}"
        f" MB of memory at most; {rates[0]:.2f} of curl and sync, {rates[1]:.2f} of curl"
    )
    return rates


def main():
    what, *rest = sys.argv[1:]
    match what:
        case "hostile":
            numbers = [int(word) for word in rest]
            sys.exit(1 if asyncio.run(hostile(*numbers)) else 0)
        case "serve":
            _serve(Path(rest[0]), Path(rest[1]))
        case "speed":
            rates = _against_a_server(1024 * 2**20, 5)
            on_disk, in_memory = (statistics.median(column) for column in zip(*rates, strict=True))
            say(f"medians: {on_disk:.2f} of curl and sync, {in_memory:.2f} of curl")
        case "sparse":
            _against_a_server(5 * 10**9, 1)


if __name__ == "__main__":
    main()
