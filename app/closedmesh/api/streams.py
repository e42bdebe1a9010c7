"""Sends values as they come, for as long as the other side listens.

An error among them is the last value sent: the HTTP status went out long before.
"""

import asyncio
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass

from aiohttp import web

from closedmesh.api import failures
from closedmesh.errors import ClosedMeshError

PING_AFTER = 15.0
"""Seconds between signs of life; programs give up on a silent stream after 30 to 60."""


@dataclass(frozen=True, slots=True)
class Framing:
    """How one value is told from the next. JSON has no line breaks, so a line is enough."""

    content_type: str
    before: bytes
    after: bytes
    ping: bytes
    """What means nothing."""


SERVER_SENT_EVENTS = Framing("text/event-stream", b"data: ", b"\n\n", b": ping\n\n")
NDJSON = Framing("application/x-ndjson", b"", b"\n", b"\n")


async def send(
    request: web.Request,
    values: AsyncGenerator[bytes],
    framing: Framing,
    headers: Mapping[str, str] | None = None,
) -> web.StreamResponse:
    """Send `values`, and a ping from time to time. When the other side goes away, `values` is
    closed and that is all: there is nobody left to be told."""
    response = web.StreamResponse(headers=headers)
    response.content_type = framing.content_type
    response.charset = "utf-8"
    async with aclosing(_with_error(values)) as told:
        try:
            await response.prepare(request)
            async with asyncio.TaskGroup() as group:
                pings = group.create_task(_ping(response, framing.ping))
                async for value in told:
                    await response.write(framing.before + value + framing.after)
                pings.cancel()
            await response.write_eof()
        except* ConnectionError:
            pass
    return response


async def _with_error(values: AsyncGenerator[bytes]) -> AsyncGenerator[bytes]:
    async with aclosing(values):
        try:
            async for value in values:
                yield value
        except ClosedMeshError as error:
            yield failures.encode(error)
        except Exception as error:
            yield failures.encode(failures.unexpected(error))


async def _ping(response: web.StreamResponse, ping: bytes) -> None:
    while True:
        await asyncio.sleep(PING_AFTER)
        await response.write(ping)
