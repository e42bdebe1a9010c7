"""What the way through the mesh costs: the same model asked on its own computer and through the
mesh, two processes on loopback, one after the other so that both meet the same conditions.

    python -m tests.benchmarks.through_mesh [ROUNDS]

Goals: at least 0.97 of the tokens a second, at most 5 ms more until the first token.
"""

import asyncio
import statistics
import sys
import tempfile

from tests.benchmarks.mesh_processes import MeshOfProcesses
from tests.benchmarks.streams import together

SETTINGS = """\
[engine]
slots = 60
context = 512
low_priority = false
give_way = false
[sharing]
idle_minutes = 0
"""
TOKENS = 32
STREAMS = {1: 15, 20: 3, 60: 1}
"""Streams at the same time, and how often that is repeated in one round."""


async def measure(side, count):
    """Tokens a second of all streams together, and the median of first tokens in ms."""
    # Different every time: a prompt that is still in memory would hide what reading costs.
    prompts = [f"Story {measure.number} number {n} begins:" for n in range(count)]
    measure.number += 1
    streams, took = await together(side, prompts, TOKENS, temperature=0.0)
    first = statistics.median(stream.first_token for stream in streams) * 1000
    return sum(stream.tokens for stream in streams) / took, first


measure.number = 0


async def compare(sharing, asking, rounds):
    """Print one line for each number of streams."""
    local, mesh = await sharing.http(), await asking.http("mesh")
    for side in (local, mesh):
        await measure(side, 1)
    print("streams  local tok/s  mesh tok/s  ratio  first local  first mesh  added   "
          "CPU asking  sharing (ms a token)")  # fmt: skip
    for count, times in STREAMS.items():
        found = {"local": [], "mesh": []}
        before = asking.cpu_seconds()[0], sharing.cpu_seconds()[0]
        mesh_tokens = 0
        for _ in range(rounds * times):
            found["local"].append(await measure(local, count))
            found["mesh"].append(await measure(mesh, count))
            mesh_tokens += TOKENS * count
        after = asking.cpu_seconds()[0], sharing.cpu_seconds()[0]
        cpu = [(b - a) * 1000 / mesh_tokens for a, b in zip(before, after, strict=True)]
        (here, first_here), (there, first_there) = (
            [statistics.median(each) for each in zip(*found[name], strict=True)]
            for name in ("local", "mesh")
        )
        print(
            f"{count:7} {here:12.1f} {there:11.1f} {there / here:6.3f} {first_here:9.1f} ms"
            f" {first_there:8.1f} ms {first_there - first_here:5.1f} ms"
            f" {cpu[0]:11.2f} {cpu[1]:8.2f}"
        )


async def main(rounds):
    with tempfile.TemporaryDirectory() as folder:
        async with MeshOfProcesses(folder) as mesh:
            sharing = await mesh.peer("sharing", share=True, settings=SETTINGS)
            asking = await mesh.peer("asking", settings=SETTINGS)
            await compare(sharing, asking, rounds)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 1))
