"""Takes the times of one answer where its messages arrive."""

from collections.abc import AsyncGenerator
from contextlib import aclosing

from msgspec import structs

from closedmesh.engine.messages import Done, Progress, Queued, Started, Tokens
from closedmesh.models.speed import Taken
from closedmesh.node.clock import Clock


async def stopwatch(answer: AsyncGenerator[Progress | Done], clock: Clock) -> Taken | None:
    """What an answer took; `None` if it had no tokens. Closes it."""
    started, prompt_tokens = 0.0, 0
    taken: Taken | None = None
    async with aclosing(answer) as messages:
        async for message in messages:
            now = clock.monotonic()
            match message:
                case Started():
                    started = now
                    prompt_tokens = message.prompt_tokens - message.cached_tokens
                case Tokens(count=count) if taken is not None:
                    taken = structs.replace(taken, last=now, last_count=count)
                case Tokens(count=count):
                    taken = Taken(prompt_tokens, started, now, count, now, count)
                case Queued() | Done():
                    pass
    return taken
