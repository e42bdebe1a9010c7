"""The network of iroh: QUIC between keys, through NATs where it can. The only file that knows iroh.

    async with open_iroh(secret, Listen()) as transport:
        connection = await transport.dial(address)

None of the servers that iroh's makers run is ever contacted: no preset of theirs, relays only
those of the mesh. Loaded only by a peer that is in a mesh.
"""

import asyncio
import contextlib
import ctypes
import logging
import struct
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from importlib import metadata
from typing import Any

import iroh
from iroh import iroh_ffi

from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.addresses import MAX_DIRECT, Address
from closedmesh.mesh.ids import NodeId
from closedmesh.node.tasks import background
from closedmesh.node.transport import (
    DIAL_LIMIT,
    MAX_STREAMS,
    ConnectionLost,
    Listen,
    Path,
    StreamReset,
    Unreachable,
)

log = logging.getLogger(__name__)

ALPN = b"closedmesh/1"

CHUNK = 64 * 1024
"""Bytes of one read."""

WINDOW = 8 * 2**20
"""Bytes of one connection that may wait here unread; a peer that sends more has to wait."""

HANDSHAKE_LIMIT = 8.0
"""Seconds a caller has to prove its key."""

MAX_HANDSHAKES = 64
"""Callers that prove their keys at the same time; more are refused."""

MAX_UNSEEN = 64
"""Connections that nobody has accepted yet; more are closed."""

OPEN_LIMIT = 8.0
"""Seconds to begin a stream: at the peer's limit of streams iroh waits without a word."""

MAX_SEEN = 4
"""Addresses that others saw of this peer, the latest: a NAT gives new ones now and then."""

OFFICIAL_DISCOVERY_PORT = 7842
"""UDP port at which iroh's own relay server tells a peer its address."""

LOOPBACK = ("127.", "[::1]")
"""How addresses begin that lead nowhere else."""

CLOSE_LIMIT = 2.0
"""Seconds for peers to hear that we go."""


@asynccontextmanager
async def open_iroh(secret: bytes, listen: Listen) -> AsyncGenerator["IrohTransport"]:
    """A place in the network for the length of a block. `secret` is the Ed25519 key, 32 bytes.

    Raises `ClosedMeshError` when a socket cannot be opened."""
    endpoint = await _bind(secret, listen)
    try:
        async with background() as group:
            transport = IrohTransport(endpoint, listen)
            group.create_task(transport.take_calls(endpoint, group))
            try:
                yield transport
            finally:
                transport.let_go()
    finally:
        with contextlib.suppress(iroh.IrohError, TimeoutError):
            async with asyncio.timeout(CLOSE_LIMIT):
                await endpoint.close()


async def _bind(secret: bytes, listen: Listen) -> iroh.Endpoint:
    options = iroh.EndpointOptions(
        preset=_Preset(_both_families(listen.addresses)),
        secret_key=secret,
        alpns=[ALPN],
        relay_mode=_relay_mode(listen.relays),
    )
    try:
        return await iroh.Endpoint.bind(options)
    except iroh.IrohError as error:
        raise ClosedMeshError(
            f"No socket could be opened at {' and '.join(listen.addresses)}: {_words(error)}.",
            "Another program may use the port; choose another mesh.port.",
        ) from error


def _relay_mode(urls: tuple[str, ...]) -> iroh.RelayMode:
    if not urls:
        return iroh.RelayMode.disabled()
    relays = iroh.RelayMap.empty()
    for url in urls:
        # Official relays say over QUIC where they see a peer. Those of entries do not, and asking
        # them in vain would take three seconds before any relay is used.
        official = url.startswith("https://")
        relays.insert(
            iroh.RelayConfig(url=url, quic_port=OFFICIAL_DISCOVERY_PORT if official else None)
        )
    return iroh.RelayMode.custom(relays)


def _both_families(addresses: tuple[str, ...]) -> tuple[str, ...]:
    """The addresses, and loopback for the family they leave out: iroh would open a socket of that
    family to all the world."""
    with_six = any(address.startswith("[") for address in addresses)
    with_four = any(not address.startswith("[") for address in addresses)
    missing = ((), ("127.0.0.1:0",))[not with_four] + ((), ("[::1]:0",))[not with_six]
    return addresses + missing


class _Preset(iroh.Preset):
    """No one's servers, and exactly the sockets asked for."""

    def __init__(self, addresses: tuple[str, ...]) -> None:
        self._addresses = addresses

    def apply(self, builder: iroh.EndpointBuilder) -> None:
        builder.apply_minimal()
        for address in self._addresses:
            builder.bind_addr(address)


class IrohTransport:
    """An open endpoint. Implements `Transport`."""

    def __init__(self, endpoint: iroh.Endpoint, listen: Listen) -> None:
        self.node = NodeId(str(endpoint.id()))
        self._first_relay = listen.relays[0] if listen.relays else None
        self._hidden = listen.hidden
        self._endpoint: iroh.Endpoint | None = endpoint
        self._calls: asyncio.Queue[IrohConnection] = asyncio.Queue(MAX_UNSEEN)
        self._handshakes = 0
        self._seen: tuple[str, ...] = ()

    def let_go(self) -> None:
        """Hold the endpoint no longer: iroh closes its sockets only when nobody does, and the next
        network may want the same port."""
        self._endpoint = None

    def address(self) -> Address:
        """Where this peer may be found: its sockets, its relay, and what others saw of it; nowhere
        once the network is closed."""
        if self._endpoint is None:
            return Address(self.node)
        own = self._endpoint.addr()
        # Each once: iroh takes a moment to name those that others saw.
        direct = dict.fromkeys((*self._seen, *own.direct_addresses()))
        # While iroh still looks for the nearest relay, the first one will do.
        relay = own.relay_url() or self._first_relay
        if self._hidden:
            return Address(self.node, (), relay)
        return Address(self.node, tuple(direct)[:MAX_DIRECT], relay)

    async def seen_at(self, address: str) -> None:
        """Learn where others see this peer, `ip:port`: what a NAT made of its socket."""
        if self._endpoint is None or self._hidden:
            return
        try:
            await self._endpoint.add_external_addr(address)
        except iroh.IrohError as error:
            log.info("an observed address was not taken: %s", _words(error))
            return
        self._seen = (address, *(known for known in self._seen if known != address))[:MAX_SEEN]

    async def dial(self, address: Address) -> "IrohConnection":
        """Connect to a peer."""
        if self._endpoint is None:
            raise Unreachable("the network is closed")
        direct = list(address.direct)
        if self._hidden:
            self._check_hidden(self._endpoint, address)
            direct = []
        try:
            key = iroh.EndpointId.from_string(address.node)
            where = iroh.EndpointAddr(key, address.relay, direct)
            async with asyncio.timeout(DIAL_LIMIT):
                connection = await self._endpoint.connect(where, ALPN)
        except iroh.IrohError as error:
            raise Unreachable(_words(error)) from error
        except TimeoutError:
            raise Unreachable(f"no answer within {DIAL_LIMIT:.0f} s") from None
        return IrohConnection(connection, dialled=True)

    @staticmethod
    def _check_hidden(endpoint: iroh.Endpoint, address: Address) -> None:
        """Raises `Unreachable` where a dial would tell the peer an address of this computer."""
        if address.relay is None:
            raise Unreachable("it waits at no relay, and this computer uses nothing else")
        # iroh asks the router to pass packets on, and would tell peers where that is.
        if any(not at.startswith(LOOPBACK) for at in endpoint.addr().direct_addresses()):
            raise Unreachable("the router gives this computer an address that peers would see")

    async def accept(self) -> "IrohConnection":
        """The next peer that calls."""
        return await self._calls.get()

    async def take_calls(self, endpoint: iroh.Endpoint, group: asyncio.TaskGroup) -> None:
        """Take calls until cancelled; `open_iroh` runs this."""
        while (call := await endpoint.accept_next()) is not None:
            if self._handshakes >= MAX_HANDSHAKES:
                await call.refuse()
                continue
            self._handshakes += 1
            group.create_task(self._shake_hands(call))

    async def _shake_hands(self, call: iroh.Incoming) -> None:
        try:
            async with asyncio.timeout(HANDSHAKE_LIMIT):
                connection = await (await call.accept()).connect()
        except (iroh.IrohError, TimeoutError) as error:
            log.debug("a caller did not prove a key: %s", _words(error))
            return
        finally:
            self._handshakes -= 1
        try:
            self._calls.put_nowait(IrohConnection(connection, dialled=False))
        except asyncio.QueueFull:
            connection.close(0, b"busy")


class IrohConnection:
    """A connected peer. Implements `Connection`."""

    def __init__(self, connection: iroh.Connection, *, dialled: bool) -> None:
        connection.set_max_concurrent_bi_streams(MAX_STREAMS)
        connection.set_max_concurrent_uni_streams(0)
        connection.set_receive_window(WINDOW)
        self._connection = connection
        self.peer = NodeId(str(connection.remote_id()))
        self.dialled = dialled

    async def open(self) -> "IrohStream":
        """Begin a stream."""
        try:
            async with asyncio.timeout(OPEN_LIMIT):
                return IrohStream(await self._connection.open_bi())
        except iroh.IrohError as error:
            raise ConnectionLost(_words(error)) from error
        except TimeoutError:
            raise ConnectionLost("the peer takes no more streams") from None

    async def accept(self) -> "IrohStream":
        """The next stream that the peer began."""
        try:
            return IrohStream(await self._connection.accept_bi())
        except iroh.IrohError as error:
            raise ConnectionLost(_words(error)) from error

    def path(self) -> Path | None:
        """The path that iroh has chosen."""
        for path in self._connection.paths():
            if path.is_selected:
                return Path(direct=not path.is_relay, address=path.remote_addr)
        return None

    def close(self, code: int, reason: str) -> None:
        """End the connection."""
        with contextlib.suppress(iroh.IrohError):
            self._connection.close(code, reason.encode())


class IrohStream:
    """Bytes both ways. Implements `Stream`."""

    def __init__(self, pair: iroh.BiStream) -> None:
        self._send = pair.send()
        self._receive = pair.recv()
        self._over = False

    async def read(self) -> bytes:
        """The next bytes."""
        try:
            return await self._receive.read(CHUNK)
        except iroh.IrohError as error:
            code = await self._reset_code(error)
            raise _of_stream(error, code) from error

    async def _reset_code(self, error: iroh.IrohError) -> int | None:
        return await self._receive.received_reset() if "Reset" in _words(error) else None

    async def write(self, data: bytes) -> None:
        """Send."""
        try:
            await self._send.write_all(data)
        except iroh.IrohError as error:
            code = await self._send.stopped() if "Stopped" in _words(error) else None
            raise _of_stream(error, code) from error

    async def finish(self) -> None:
        """Say that nothing more is sent."""
        with contextlib.suppress(iroh.IrohError):
            await self._send.finish()

    async def reset(self, code: int) -> None:
        """Give up both directions. No read may be pending: iroh would wait for it."""
        if self._over:
            return
        self._over = True
        with contextlib.suppress(iroh.IrohError):
            await self._send.reset(code)
        with contextlib.suppress(iroh.IrohError):
            await self._receive.stop(code)


def _of_stream(error: iroh.IrohError, code: int | None) -> StreamReset | ConnectionLost:
    return ConnectionLost(_words(error)) if code is None else StreamReset(code)


def _words(error: BaseException) -> str:
    """What iroh says; `str` of its errors is empty."""
    return error.message() if isinstance(error, iroh.IrohError) else type(error).__name__


_COPIED_SLOWLY = {"1.2.0"}
"""Versions of iroh whose bindings pass bytes to Rust one by one, 0.25 microseconds each."""


def _copy_bytes_at_once(bindings: Any) -> None:
    """WORKAROUND for a fault of the generator of iroh's bindings, mended in its release 0.32
    (github.com/mozilla/uniffi-rs/pull/2824): sending is 20 to 40 times faster with it."""
    allocate = bindings._UniffiRustBuffer.alloc  # noqa: SLF001 - all of this is their inside

    def lower(value: bytes) -> Any:
        """The bytes with their length in front, in Rust's memory."""
        data = struct.pack(">i", len(value)) + value
        buffer = allocate(len(data))
        ctypes.memmove(buffer.data, data, len(data))
        buffer.len = len(data)
        return buffer

    bindings._UniffiFfiConverterBytes.lower = staticmethod(lower)  # noqa: SLF001


if metadata.version("iroh") in _COPIED_SLOWLY:
    _copy_bytes_at_once(iroh_ffi)
