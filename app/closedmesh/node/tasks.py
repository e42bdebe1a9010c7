"""A task group for the length of a block: what runs in the background ends with the block."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager


@asynccontextmanager
async def background() -> AsyncGenerator[asyncio.TaskGroup]:
    """A group whose tasks are cancelled at the end of the block. A task that fails ends the
    block with an `ExceptionGroup`; an error of the block itself leaves as it is."""
    failure: Exception | None = None
    async with asyncio.TaskGroup() as outer:
        opened: asyncio.Future[asyncio.TaskGroup] = asyncio.get_running_loop().create_future()
        holding = outer.create_task(_hold(opened))
        group = await opened
        try:
            yield group
        except Exception as error:
            failure = error
        finally:
            holding.cancel()
    if failure:
        raise failure


async def _hold(opened: asyncio.Future[asyncio.TaskGroup]) -> None:
    async with asyncio.TaskGroup() as group:
        if not opened.cancelled():
            opened.set_result(group)
        await asyncio.Event().wait()
