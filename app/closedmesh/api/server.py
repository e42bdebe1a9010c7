"""The local API's server: one loopback address, our guard before every route.

    async with serve(control, port=9337, settings=..., key=..., on_open=...) as address:
        ...  # address is like "http://127.0.0.1:9337"

Leaving the block ends every open stream at once and waits until each has been put away.
"""

import asyncio
import logging
import socket
import sys
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager, closing

from aiohttp import web

from closedmesh.api import failures
from closedmesh.api.chat_routes import ChatRoutes
from closedmesh.api.control_routes import ControlRoutes
from closedmesh.api.failures import Handler
from closedmesh.api.guard import Guard
from closedmesh.control import Control
from closedmesh.errors import ClosedMeshError
from closedmesh.settings import ApiSettings

LOOPBACK = "127.0.0.1"

PORTS = 50
"""Ports that are tried, the preferred one first."""

MAX_BODY = 16 * 1024 * 1024
"""Bytes of a request's body; several times the longest message we keep."""

WAITING_CONNECTIONS = 128

SHUTDOWN_LIMIT = 5.0
"""Seconds that the end of open streams may take; each only has to cancel its answer."""

logger = logging.getLogger(__name__)


@asynccontextmanager
async def serve(
    control: Control,
    *,
    port: int,
    settings: Callable[[], ApiSettings],
    key: Callable[[], str],
    on_open: Callable[[str], None],
) -> AsyncGenerator[str]:
    """Serve the local API for the length of a block; gives its address, also to `on_open`.

    Raises `ClosedMeshError` when neither `port` nor one of those after it is free.
    """
    with closing(_listen(port)) as listener:
        bound = listener.getsockname()[1]
        runner = web.AppRunner(
            _application(control, Guard(bound, settings, key)),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=SHUTDOWN_LIMIT,
        )
        try:
            await runner.setup()
            await web.SockSite(runner, listener).start()
            address = f"http://{LOOPBACK}:{bound}"
            logger.info("local API at %s", address)
            on_open(address)
            yield address
        finally:
            await runner.cleanup()


def _application(control: Control, guard: Guard) -> web.Application:
    open_requests = _OpenRequests()
    application = web.Application(
        middlewares=[open_requests.follow, failures.explain, guard.check],
        client_max_size=MAX_BODY,
    )
    application.add_routes([*ChatRoutes(control).routes(), *ControlRoutes(control).routes()])
    application.on_response_prepare.append(guard.protect)
    application.on_shutdown.append(open_requests.end)
    return application


class _OpenRequests:
    """The requests that are being answered, so that their end can be waited for."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[object]] = set()

    @web.middleware
    async def follow(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Middleware: remember the request while it is answered."""
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            return await handler(request)
        finally:
            self._tasks.discard(task)

    async def end(self, _: web.Application) -> None:
        """Cancel them all, and wait until they have cleaned up."""
        tasks = set(self._tasks)
        for task in tasks:
            task.cancel()
        if tasks:
            await asyncio.wait(tasks, timeout=SHUTDOWN_LIMIT)


def _listen(preferred: int) -> socket.socket:
    """A socket that listens at `preferred` or the next free port."""
    last = min(preferred + PORTS - 1, 65535)
    for port in range(preferred, last + 1):
        try:
            return _listen_at(port)
        except OSError as error:
            logger.info("port %d is not free: %s", port, error.strerror)
    raise ClosedMeshError(
        f"The local API cannot open: no port from {preferred} to {last} is free.",
        "Choose another port in the setting api.port, and start again.",
    )


def _listen_at(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if sys.platform == "win32":
            # Without it another program could bind the same port and receive our requests.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            # Take the port again right after a restart, while old connections time out.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((LOOPBACK, port))
        listener.listen(WAITING_CONNECTIONS)
    except BaseException:
        listener.close()
        raise
    return listener
