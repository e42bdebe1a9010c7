"""Asks over https, only where `Reach` allows, through the proxy that was chosen.

Names are resolved by us and connected to as resolved, so a name that leads elsewhere a moment
later gains nothing. Redirects are followed by us, each one checked like the first address, and a
token never goes along to another host. The only place that uses aiohttp's client for the outside.
"""

import asyncio
import socket
import ssl
import urllib.request
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from types import TracebackType
from typing import Self
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from yarl import URL

from closedmesh import __version__
from closedmesh.errors import AddressRefused, ClosedMeshError
from closedmesh.models.reach import Reach
from closedmesh.node.fetching.source import Trouble
from closedmesh.settings import NetworkSettings

STALL = 30.0
"""Seconds without a byte after which a connection is given up."""

CONNECT_LIMIT = 15.0
"""Seconds to connect, TLS included."""

MAX_REDIRECTS = 5

READ_BUFFER = 2**20
"""Bytes that wait for us at most, for each connection."""

MAX_REPLY = 16 * 2**20
"""Bytes of a reply that is read as a whole."""

REDIRECTS = (301, 302, 303, 307, 308)


async def addresses(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    """What the system's resolver says of a name. Raises `OSError`."""
    loop = asyncio.get_running_loop()
    infos = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, family=family)
    return [
        ResolveResult(hostname=host, host=str(where[0]), port=port, family=kind, proto=protocol,
                      flags=socket.AI_NUMERICHOST)
        for kind, _, protocol, _, where in infos
    ]  # fmt: skip


Lookup = Callable[[str, int, socket.AddressFamily], Awaitable[list[ResolveResult]]]


class _CheckedNames(AbstractResolver):
    """Resolves names, and refuses what does not lead to where `Reach` allows."""

    def __init__(
        self, reach: Callable[[], Reach], trusted: Callable[[], str | None], lookup: Lookup
    ) -> None:
        self._reach = reach
        self._trusted = trusted
        self._lookup = lookup

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name. One that is not allowed refuses all."""
        found = await self._lookup(host, port, family)
        if host != self._trusted():  # a proxy lies where its owner put it
            for entry in found:
                self._reach().check_address(host, entry["host"])
        return found

    async def close(self) -> None:
        """Nothing is kept."""


class Web:
    """A session with the outside. A resource: enter it before use."""

    def __init__(
        self,
        reach: Callable[[], Reach],
        network: Callable[[], NetworkSettings],
        *,
        tls: ssl.SSLContext | None = None,
        stall: float = STALL,
        lookup: Lookup = addresses,
    ) -> None:
        self._reach = reach
        self._network = network
        self._tls = tls
        self._stall = stall
        self._lookup = lookup
        self._entered = AsyncExitStack()
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self) -> Self:
        connector = aiohttp.TCPConnector(
            resolver=_CheckedNames(self._reach, self._proxy_host, self._lookup),
            use_dns_cache=False,
            ssl=self._tls or ssl.create_default_context(),
            limit=0,
        )
        session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(
                total=None, sock_connect=CONNECT_LIMIT, sock_read=self._stall
            ),
            headers={"User-Agent": f"closedmesh/{__version__}", "Accept-Encoding": "identity"},
            auto_decompress=False,
            read_bufsize=READ_BUFFER,
            trust_env=False,
        )
        self._session = await self._entered.enter_async_context(session)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._session = None
        await self._entered.aclose()

    @asynccontextmanager
    async def get(
        self, url: str, headers: Mapping[str, str], *, token: str = ""
    ) -> AsyncGenerator[tuple[str, aiohttp.ClientResponse]]:
        """The reply to a request, after all redirects, and its own address. `token` goes to the
        first host alone. Raises `Trouble` and `AddressRefused`."""
        first = urlsplit(url).netloc
        async with AsyncExitStack() as stack:
            self._reach().check(url)
            for _ in range(MAX_REDIRECTS + 1):
                sent = dict(headers)
                if token and urlsplit(url).netloc == first:
                    sent["Authorization"] = f"Bearer {token}"
                response = await stack.enter_async_context(self._ask(url, sent))
                if response.status not in REDIRECTS:
                    yield url, response
                    return
                url = self._reach().follow(url, response.headers.get("Location", ""))
                response.release()
            raise Trouble("The hub sent us from place to place without an end")

    async def read(self, url: str, *, token: str = "") -> tuple[int, Mapping[str, str], bytes]:
        """Status, headers and whole body of a reply. Raises `Trouble` and `AddressRefused`."""
        async with self.get(url, {"Accept": "application/json"}, token=token) as (_, response):
            body = bytearray()
            async for chunk in response.content.iter_any():
                body += chunk
                if len(body) > MAX_REPLY:
                    raise Trouble(f"The hub's reply is longer than {MAX_REPLY // 2**20} MiB")
            return response.status, response.headers, bytes(body)

    @asynccontextmanager
    async def _ask(
        self, url: str, headers: Mapping[str, str]
    ) -> AsyncGenerator[aiohttp.ClientResponse]:
        if self._session is None:
            raise RuntimeError("Web is used outside of its `async with` block")
        try:
            async with self._session.get(
                URL(url, encoded=True),
                headers=headers,
                allow_redirects=False,
                proxy=_proxy(self._network(), url),
            ) as response:
                yield response
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise self._explained(error, urlsplit(url).hostname or "") from error

    def _proxy_host(self) -> str | None:
        """The name of the proxy, which may lead to a private address."""
        proxy = _proxy(self._network(), f"https://{self._reach().hosts[0].lstrip('*.')}/")
        return urlsplit(proxy).hostname if proxy else None

    def _explained(self, error: Exception, host: str) -> Exception:
        """Any failure of a connection in words. What we refused ourselves stays as it is."""
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, AddressRefused):
                return cause
            cause = cause.__cause__ or cause.__context__
        if isinstance(error, aiohttp.ClientConnectorCertificateError):
            return ClosedMeshError(
                f"{host} could not prove that it is {host}: its certificate is not valid.",
                "Look at this computer's date, and whether a filter in your network opens"
                " encrypted connections. Nothing was fetched.",
            )
        if isinstance(error, aiohttp.SocketTimeoutError):
            return Trouble(f"No data for {self._stall:.0f} s")
        if isinstance(error, aiohttp.ClientConnectorDNSError):
            return Trouble(f"The name {host} could not be found")
        if isinstance(error, aiohttp.ClientConnectionError | aiohttp.ClientPayloadError):
            return Trouble(f"The connection to {host} broke")
        return Trouble(f"{host} sent something that could not be read")


def _proxy(network: NetworkSettings, url: str) -> str | None:
    """The proxy for a URL. Raises `ClosedMeshError` for one that cannot be used."""
    proxy = ""
    if network.proxy == "manual":
        proxy = network.proxy_address
    elif network.proxy == "system" and not urllib.request.proxy_bypass(
        urlsplit(url).hostname or ""
    ):
        proxy = urllib.request.getproxies().get("https", "")
    if not proxy:
        return None
    if urlsplit(proxy).scheme not in ("http", "https"):
        raise ClosedMeshError(
            f"The proxy {urlsplit(proxy).hostname or proxy} cannot be used.",
            "Give one that begins with http:// or https:// (network.proxy_address).",
        )
    return proxy
