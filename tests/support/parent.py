"""A process that runs one real worker, says its process id, and waits to be killed."""

import asyncio
import sys

from closedmesh.engine.messages import Load
from closedmesh.engine.supervisor import Memory, Worker

COMMAND = (sys.executable, "-P", "-m", "closedmesh", "engine-worker")


async def main(model):
    worker = Worker(COMMAND, Load(model, 512, 1, 1, False), "Model", Memory(0, 0))
    async with asyncio.TaskGroup() as group:
        group.create_task(worker.run())
        await worker.loaded()
        sys.stdout.write(f"{worker.pid}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
