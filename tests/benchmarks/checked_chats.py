"""Whether somebody who chats with a peer notices that it is being checked.

    python -m tests.benchmarks.checked_chats [ROUNDS]

Real processes: an entry that checks, a peer that shares, and one that asks. Chats are asked in
turns, while nobody checks and while the entry makes one check after the other, far more than it
ever would. The entry, with its copy of the model, and whoever asks have a processor of their own,
so that only what happens at the peer is seen.
"""

import asyncio
import statistics
import sys
import tempfile

import psutil

from tests.benchmarks.lying_processes import SETTINGS, Side
from tests.benchmarks.mesh_processes import STARTER, MeshOfProcesses
from tests.benchmarks.streams import stream

HERE = SETTINGS.replace("smollm2-q8_0", STARTER)
PROMPT = "Once upon a time there was a lighthouse, and in it"
LENGTH = 120


def keep_to(running, processor):
    """Have a program and all its models on one processor."""
    program = psutil.Process(running.pid)
    for process in (program, *program.children(recursive=True)):
        process.cpu_affinity([processor])


async def checking(entry, node, over):
    """Check without end; how often."""
    count = 0
    while not over.is_set():
        await entry.do("check-peer", peer=node, model=None)
        count += 1
    return count


async def measure(mesh, rounds):
    """Chats in turns, printed."""
    peer = await mesh.peer("peer", share=True, settings=HERE)
    asking = await mesh.peer("asking", settings=HERE)
    entry, side = await Side.of(mesh.entry), await Side.of(peer)
    http = await asking.http("mesh")
    await stream(http, PROMPT, 8)
    await entry.do("check-peer", peer=side.node, model=None)
    for running, processor in ((mesh.entry, 0), (asking, 0), (peer, 1)):
        keep_to(running, processor)
    speeds, firsts, checks = {False: [], True: []}, {False: [], True: []}, 0
    for number in range(2 * rounds):
        over, checked = asyncio.Event(), bool(number % 2)
        async with asyncio.TaskGroup() as group:
            begun = group.create_task(checking(entry, side.node, over)) if checked else None
            await asyncio.sleep(1)
            for seed in range(4):
                said = await stream(http, f"{PROMPT} {number} {seed}", LENGTH, seed=seed)
                speeds[checked].append(said.speed)
                firsts[checked].append(1000 * said.first_token)
            over.set()
        checks += begun.result() if begun else 0
    for name, figures in (("tokens/s", speeds), ("first token, ms", firsts)):
        alone, beside = (statistics.median(figures[checked]) for checked in (False, True))
        spreads = [statistics.quantiles(figures[c], n=4)[::2] for c in (False, True)]
        print(f"{name}: {alone:.1f} {spreads[0]} alone, {beside:.1f} {spreads[1]} while checked, "
              f"ratio {beside / alone:.3f}")  # fmt: skip
    print(f"{len(speeds[True])} chats each, {checks} checks beside them; load "
          f"{psutil.getloadavg()[0]:.1f}")  # fmt: skip
    await entry.close()
    await side.close()


async def main(rounds):
    """Start everything, measure, and stop it."""
    with tempfile.TemporaryDirectory() as homes:
        async with MeshOfProcesses(homes) as mesh:
            await measure(mesh, rounds)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 6))
