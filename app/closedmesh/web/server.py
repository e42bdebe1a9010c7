"""Serves the public pages of an entry at an address of the operator's choice.

Nothing here needs a key, and nothing changes anything: every answer follows from the status.
"""

import asyncio
import socket
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing, asynccontextmanager
from http import HTTPStatus

import msgspec
from aiohttp import web

from closedmesh.control import Control
from closedmesh.errors import ClosedMeshError
from closedmesh.web.public import fitness, public_status

MAX_BODY = 64 * 1024
"""Bytes of a request; nobody needs to send us anything."""

SHUTDOWN_LIMIT = 5.0
"""Seconds that requests have to end when the entry is stopped."""

_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; img-src 'self' data:; style-src 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def public_socket(host: str, port: int) -> socket.socket:
    """A socket for the public pages; 0 is any port. Whoever connects already waits for
    `serve_public`. Raises `ClosedMeshError` when the address cannot be used."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ClosedMeshError(
            f"The public pages cannot be served at {host}:{port}: {error.strerror}.",
            "Choose another address with --web.",
        ) from error


@asynccontextmanager
async def serve_public(
    control: Control, listener: socket.socket, more: Iterable[web.RouteDef] = ()
) -> AsyncGenerator[None]:
    """The public pages for the length of a block. `more` are routes of the entry that share their
    address."""
    pages = Pages()
    application = web.Application(client_max_size=MAX_BODY)
    application.add_routes([*pages.routes(), *more])
    application.on_response_prepare.append(_add_headers)
    runner = web.AppRunner(
        application,
        access_log=None,
        handler_cancellation=True,
        shutdown_timeout=SHUTDOWN_LIMIT,
    )
    failure: Exception | None = None
    async with asyncio.TaskGroup() as group:
        await runner.setup()
        following = group.create_task(pages.follow(control))
        try:
            await web.SockSite(runner, listener).start()
            yield
        except Exception as error:  # of the block: it leaves as it is, not as a group
            failure = error
        finally:
            await runner.cleanup()
            following.cancel()
    if failure:
        raise failure


class Pages:
    """What can be looked at. Each is made once for each status, however many look."""

    def __init__(self) -> None:
        self._status = b""
        self._health = b""
        self._ok = False
        self._seen = asyncio.Event()

    async def follow(self, control: Control) -> None:
        """Keep the pages up to date until cancelled."""
        async with aclosing(control.statuses()) as statuses:
            async for status in statuses:
                fit = fitness(status)
                self._status = msgspec.json.encode(public_status(status))
                self._health, self._ok = msgspec.json.encode(fit), fit.ok
                self._seen.set()

    def routes(self) -> list[web.RouteDef]:
        """All addresses."""
        return [
            web.get("/status.json", self._answer_status),
            web.get("/health", self._answer_health),
        ]

    async def _answer_status(self, _: web.Request) -> web.Response:
        await self._seen.wait()
        return web.Response(body=self._status, content_type="application/json")

    async def _answer_health(self, _: web.Request) -> web.Response:
        await self._seen.wait()
        return web.Response(
            body=self._health,
            content_type="application/json",
            status=HTTPStatus.OK if self._ok else HTTPStatus.SERVICE_UNAVAILABLE,
        )


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
