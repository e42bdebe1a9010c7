"""Serves the public pages of an entry at an address of the operator's choice.

Nothing here needs a key, and nothing changes anything. Pages load nothing from elsewhere, and
browsers are told to hold them to it.
"""

import asyncio
import socket
from collections.abc import AsyncGenerator, Callable, Iterable
from contextlib import aclosing, asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path

import msgspec
from aiohttp import web

from closedmesh.control import Control
from closedmesh.errors import ClosedMeshError
from closedmesh.status import Status
from closedmesh.web.asking import PublicApi, label
from closedmesh.web.pages import Writer
from closedmesh.web.public import fitness, public_status

MAX_BODY = 64 * 1024
"""Bytes of a request; a question of about 16,000 tokens."""

SHUTDOWN_LIMIT = 5.0
"""Seconds that requests have to end when the entry is stopped."""

FILES_KEPT = 3600
"""Seconds that a browser may keep a file of the pages."""

_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; img-src 'self'; style-src 'self'; script-src 'self'; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
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


@dataclass(frozen=True, slots=True)
class Around:
    """What the pages need beside the peer."""

    resources: Path
    now: Callable[[], float]
    """Unix time, seconds."""
    monotonic: Callable[[], float]
    """Seconds since some moment; never goes back."""


@asynccontextmanager
async def serve_public(
    control: Control,
    listener: socket.socket,
    around: Around,
    more: Iterable[web.RouteDef] = (),
) -> AsyncGenerator[None]:
    """The public pages for the length of a block. `more` are routes of the entry that share their
    address."""
    pages = Pages(Writer(around.resources), around.now)
    api = PublicApi(control, pages.status, around.monotonic)
    application = web.Application(client_max_size=MAX_BODY, middlewares=[api.explain])
    application.add_routes([*pages.routes(), *api.routes(), *more])
    application.on_response_prepare.extend((_add_headers, label))
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
    """What can be looked at. Each is made at most once for each status, however many look."""

    def __init__(self, writer: Writer, now: Callable[[], float]) -> None:
        self._writer = writer
        self._now = now
        self._status: Status | None = None
        self._made: dict[str, bytes] = {}
        self._seen = asyncio.Event()

    async def follow(self, control: Control) -> None:
        """Keep the pages up to date until cancelled."""
        async with aclosing(control.statuses()) as statuses:
            async for status in statuses:
                self._status = status
                self._made.clear()
                self._seen.set()

    async def status(self) -> Status:
        """The newest one."""
        await self._seen.wait()
        assert self._status is not None
        return self._status

    def routes(self) -> list[web.RouteDef]:
        """All addresses."""
        return [
            web.get("/", self._answer_first),
            web.get("/status", self._answer_page),
            web.get("/security", self._answer_page),
            web.get("/contribute", self._answer_page),
            web.get("/static/{name}", self._answer_file),
            web.get("/status.json", self._answer_status),
            web.get("/health", self._answer_health),
        ]

    async def _answer_first(self, _: web.Request) -> web.Response:
        raise web.HTTPFound("/status")

    async def _answer_page(self, request: web.Request) -> web.Response:
        return web.Response(
            body=await self._page(request.path), content_type="text/html", charset="utf-8"
        )

    async def _answer_status(self, request: web.Request) -> web.Response:
        return web.Response(body=await self._page(request.path), content_type="application/json")

    async def _answer_health(self, _: web.Request) -> web.Response:
        fit = fitness(await self.status())
        return web.Response(
            body=msgspec.json.encode(fit),
            content_type="application/json",
            status=HTTPStatus.OK if fit.ok else HTTPStatus.SERVICE_UNAVAILABLE,
        )

    async def _answer_file(self, request: web.Request) -> web.Response:
        file = self._writer.files.get(request.match_info["name"])
        if file is None:
            raise web.HTTPNotFound
        return web.Response(
            body=file.body,
            content_type=file.content_type,
            charset="utf-8",
            headers={"Cache-Control": f"public, max-age={FILES_KEPT}"},
        )

    async def _page(self, path: str) -> bytes:
        """A page as it is now."""
        status = await self.status()
        if path not in self._made:
            self._made[path] = self._make(path, status)
        return self._made[path]

    def _make(self, path: str, status: Status) -> bytes:
        shown = public_status(status)
        match path:
            case "/security":
                text = self._writer.security()
            case "/contribute":
                text = self._writer.contribute(shown)
            case "/status":
                text = self._writer.status(shown, status.settings.public, self._now())
            case _:
                return msgspec.json.encode(shown)
        return text.encode()


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers["Server"] = "closedmesh"
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
