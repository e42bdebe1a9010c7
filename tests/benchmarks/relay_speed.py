"""What one relay process carries: python tests/benchmarks/relay_speed.py [seconds]

Two members in one process, the relay in another. Frames are single packets, and batches of the
size that iroh makes when it has much to send. Both sides use Python, so the figures are what the
relay can do at least.
"""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, create_subprocess_exec
from pathlib import Path

import psutil

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "app"), str(ROOT)]

from closedmesh.entry.relay import Relay
from closedmesh.entry.relay_switch import RelayLimits
from closedmesh.node.clock import SystemClock
from tests.support.relay_client import connected
from tests.support.relay_server import serve_relay

SIZES = {"one packet": 1200, "batch of 10": 12_000, "batch of 50": 60_000}
UNLIMITED = RelayLimits(bytes_per_second=1e12, packets_per_second=1e12)
WINDOW = 2**18
"""Bytes on the way at the same time, as a congestion window would have it."""


async def be_the_relay():
    async with serve_relay(Relay(lambda _: True, SystemClock(), UNLIMITED)) as url:
        print(url, flush=True)
        await asyncio.Event().wait()


async def measure(url, size, seconds):
    """Bytes a second from one member to the other."""
    room = asyncio.Semaphore(max(1, WINDOW // size))
    received = 0
    async with connected(url, 1) as sender, connected(url, 2) as receiver:

        async def send():
            while True:
                await room.acquire()
                await sender.send(receiver.key, bytes(size))

        async def receive():
            nonlocal received
            while frame := await receiver.receive():
                received += len(frame) - 34
                room.release()

        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(send()), group.create_task(receive())]
            started = time.perf_counter()
            await asyncio.sleep(seconds)
            rate = received / (time.perf_counter() - started)
            for task in tasks:
                task.cancel()
    return rate


async def main(seconds):
    process = await create_subprocess_exec(sys.executable, __file__, "--relay", stdout=PIPE)
    try:
        url = (await process.stdout.readline()).decode().strip()
        for name, size in SIZES.items():
            before = sum(psutil.Process(process.pid).cpu_times()[:2])
            rate = await measure(url, size, seconds)
            busy = (sum(psutil.Process(process.pid).cpu_times()[:2]) - before) / seconds
            print(f"{name:12} {rate / 1e6:7.1f} MB/s  relay {busy:4.0%} of a core")
        memory = psutil.Process(process.pid).memory_info().rss / 2**20
        print(f"relay's memory {memory:.0f} MiB")
    finally:
        process.terminate()
        await process.wait()


if __name__ == "__main__":
    if sys.argv[1:] == ["--relay"]:
        asyncio.run(be_the_relay())
    else:
        asyncio.run(main(float(sys.argv[1]) if len(sys.argv) > 1 else 3.0))
