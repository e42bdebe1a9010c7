"""Several answers at once, as one stream of what happens."""

import asyncio
from collections.abc import AsyncGenerator, Sequence
from contextlib import AsyncExitStack, aclosing
from typing import TypeVar

Event = TypeVar("Event")


async def merged(
    sources: Sequence[AsyncGenerator[Event]],
) -> AsyncGenerator[tuple[int, Event]]:
    """Events of all sources, as they come, with the index of their source. The first error ends
    them all. Each source is asked for its next event only when the one before was taken, so that
    a slow reader slows them down. Closing it closes them."""
    if len(sources) == 1:
        # As nearly always. A task for each event would be the dearest part of sending a token.
        async with aclosing(sources[0]) as events:
            async for event in events:
                yield 0, event
        return
    async with AsyncExitStack() as stack:
        entered = [await stack.enter_async_context(aclosing(source)) for source in sources]
        waiting = {
            asyncio.ensure_future(anext(source)): index for index, source in enumerate(entered)
        }
        try:
            while waiting:
                done, _ = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                for future in sorted(done, key=lambda future: waiting[future]):
                    index = waiting.pop(future)
                    try:
                        event = future.result()
                    except StopAsyncIteration:
                        continue
                    yield index, event
                    waiting[asyncio.ensure_future(anext(entered[index]))] = index
        finally:
            for future in waiting:
                future.cancel()
            if waiting:
                await asyncio.wait(waiting)
            for future in waiting:  # a second error is told by nobody, the first one is enough
                if not future.cancelled():
                    future.exception()
