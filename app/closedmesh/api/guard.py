"""Who may call the local API: only programs on this computer that have the key.

A web page must not reach the peer through its visitor's browser, neither by a cross-origin
request nor by a host name that was rebound to 127.0.0.1: so `Host` and `Origin` are checked before
the key, and no answer may be read by a page whose origin the owner did not allow.
"""

import hmac
from collections.abc import Callable
from http import HTTPStatus

from aiohttp import hdrs, web

from closedmesh.api import failures
from closedmesh.api.failures import Handler
from closedmesh.settings import ApiSettings

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")
"""Names a `Host` header may have; any other one was made up by somebody else's name server."""

PREFLIGHT_SECONDS = 600
"""How long a browser may remember that an origin is allowed."""

EXPOSED = (
    "x-request-id, x-closedmesh-served-by, x-closedmesh-peer, x-closedmesh-model, "
    "x-closedmesh-check, x-closedmesh-attempts, x-closedmesh-fallback-reason"
)
"""Response headers that a page of an allowed origin may read."""


class Guard:
    """Lets requests in, or refuses them. Key and origins are asked for at each request, so that a
    new key counts at once."""

    def __init__(
        self, port: int, settings: Callable[[], ApiSettings], key: Callable[[], str]
    ) -> None:
        self._hosts = frozenset(f"{name}:{port}" for name in LOOPBACK_NAMES)
        self._settings = settings
        self._key = key

    @web.middleware
    async def check(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Middleware: answer the request, or say why not."""
        if not self._host_is_ours(request):
            return failures.refuse(
                HTTPStatus.FORBIDDEN,
                "forbidden_host",
                "This API answers only to the names of this computer.",
                "Call it as http://127.0.0.1 with its port.",
            )
        if hdrs.ORIGIN in request.headers and self._allowed_origin(request) is None:
            return failures.refuse(
                HTTPStatus.FORBIDDEN,
                "forbidden_origin",
                "This web page may not call the API.",
                "Add its origin to the setting api.allowed_origins, if you trust it.",
            )
        if request.method == hdrs.METH_OPTIONS and hdrs.ORIGIN in request.headers:
            return web.Response(status=HTTPStatus.NO_CONTENT, headers=_preflight(request))
        if not self._has_key(request):
            return failures.refuse(
                HTTPStatus.UNAUTHORIZED,
                "invalid_api_key",
                "The key is missing or wrong.",
                "Send the header `Authorization: Bearer KEY`; `closedmesh key show` shows the key.",
            )
        return await handler(request)

    async def protect(self, request: web.Request, response: web.StreamResponse) -> None:
        """Signal before each response: headers that keep it from being kept, guessed or shared."""
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Server"] = "closedmesh"
        response.headers.setdefault(hdrs.CACHE_CONTROL, "no-store")
        if origin := self._allowed_origin(request):
            response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = origin
            response.headers[hdrs.ACCESS_CONTROL_EXPOSE_HEADERS] = EXPOSED
            response.headers[hdrs.VARY] = hdrs.ORIGIN

    def _host_is_ours(self, request: web.Request) -> bool:
        hosts = request.headers.getall(hdrs.HOST, [])
        return len(hosts) == 1 and hosts[0].lower() in self._hosts

    def _allowed_origin(self, request: web.Request) -> str | None:
        origins = request.headers.getall(hdrs.ORIGIN, [])
        if len(origins) != 1 or origins[0] == "null":
            return None  # "null" is every sandboxed frame and local file, so nobody's own name
        allowed = {origin.rstrip("/").lower() for origin in self._settings().allowed_origins}
        return origins[0] if origins[0].lower() in allowed else None

    def _has_key(self, request: web.Request) -> bool:
        scheme, _, given = request.headers.get(hdrs.AUTHORIZATION, "").partition(" ")
        key = self._key()
        same = hmac.compare_digest(_bytes(given.strip()), _bytes(key))
        return same and bool(key) and scheme.lower() == "bearer"


def _preflight(request: web.Request) -> dict[str, str]:
    """What a page of an allowed origin may send: any header, because clients add their own."""
    return {
        hdrs.ACCESS_CONTROL_ALLOW_METHODS: "GET, POST",
        hdrs.ACCESS_CONTROL_ALLOW_HEADERS: request.headers.get(
            hdrs.ACCESS_CONTROL_REQUEST_HEADERS, "authorization, content-type"
        ),
        hdrs.ACCESS_CONTROL_MAX_AGE: str(PREFLIGHT_SECONDS),
    }


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
