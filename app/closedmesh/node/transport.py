"""What is needed of a network: dial a peer by its key, accept whoever calls, streams of bytes.

`iroh` is one implementation; tests have another that delays, loses and cuts. A connection is
encrypted and both keys are proven before either side holds it; nobody is authorised by it.
"""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.ids import NodeId
from closedmesh.settings import MeshSettings


class TransportError(Exception):
    """The network, or the peer at its other end, did not do what was asked."""


class Unreachable(TransportError):
    """A peer could not be dialled."""


class ConnectionLost(TransportError):
    """A connection is over: closed by either side, or the peer is gone."""


class StreamReset(TransportError):
    """The other side wants nothing more of one stream; the connection goes on."""

    def __init__(self, code: int) -> None:
        super().__init__(f"the stream was given up with code {code}")
        self.code = code


@dataclass(frozen=True, slots=True)
class Path:
    """How the bytes of a connection travel at this moment."""

    direct: bool
    """Straight from peer to peer; else through a relay, which sees sizes and times only."""
    address: str
    """The peer's `ip:port`, or the relay's URL."""


class Stream(Protocol):
    """Bytes both ways, in order. Neither an end nor a reset says that a message is complete.

    A `write` that is cancelled may have sent a part: only `reset` makes sense after it.
    """

    async def read(self) -> bytes:
        """The next bytes, at least one; `b""` once the peer has finished. Cancelling loses nothing.
        Raises `StreamReset` or `ConnectionLost`."""
        ...

    async def write(self, data: bytes) -> None:
        """Send; waits while the peer does not read. Raises `StreamReset` or `ConnectionLost`."""
        ...

    async def finish(self) -> None:
        """Say that nothing more is sent; reading goes on."""
        ...

    async def reset(self, code: int) -> None:
        """Give up both directions. Never raises, and may be called more than once."""
        ...


class Connection(Protocol):
    """A peer that is connected."""

    @property
    def peer(self) -> NodeId:
        """The other side, proven to hold this key."""
        ...

    @property
    def dialled(self) -> bool:
        """This side made the connection."""
        ...

    async def open(self) -> Stream:
        """Begin a stream; the peer sees it with the first bytes. Raises `ConnectionLost`."""
        ...

    async def accept(self) -> Stream:
        """The next stream that the peer began. Raises `ConnectionLost`."""
        ...

    def path(self) -> Path | None:
        """How the bytes travel; `None` while nothing is known."""
        ...

    def close(self, code: int, reason: str) -> None:
        """End the connection with all its streams. The peer is told `reason`."""
        ...


class Transport(Protocol):
    """This peer's place in the network, while it is open."""

    @property
    def node(self) -> NodeId:
        """This peer."""
        ...

    def address(self) -> Address:
        """Where this peer may be found, as far as it knows itself."""
        ...

    async def seen_at(self, address: str) -> None:
        """Learn where others see this peer, `ip:port`; it is part of `address` from now on."""
        ...

    async def dial(self, address: Address) -> Connection:
        """Connect to a peer. Raises `Unreachable`, after `DIAL_LIMIT` at the latest."""
        ...

    async def accept(self) -> Connection:
        """The next peer that calls."""
        ...


@dataclass(frozen=True, slots=True)
class Listen:
    """Which sockets are opened, and which relays are used."""

    addresses: tuple[str, ...] = ("0.0.0.0:0", "[::]:0")
    """One a family at most; a family that is not named gets no socket but one on loopback."""
    relays: tuple[str, ...] = ()
    hidden: bool = False
    """Nothing goes straight to a peer, so that none sees an address: relays carry all of it."""


NOWHERE = ("127.0.0.1:0", "[::1]:0")
"""Sockets from which no packet leaves this computer."""


def listen_at(settings: MeshSettings, given: Listen | None = None) -> Listen:
    """The sockets that the settings ask for, unless others are given, as for an entry: that must
    be found."""
    if settings.relay_only and given is None:
        return Listen(NOWHERE, hidden=True)
    usual = (f"0.0.0.0:{settings.port}", f"[::]:{settings.port}")
    return Listen(usual) if given is None else Listen(given.addresses or usual, given.relays)


Opener = Callable[[bytes, Listen], AbstractAsyncContextManager[Transport]]
"""Opens a transport, given an Ed25519 key of 32 bytes. The context raises `ClosedMeshError`."""

DIAL_LIMIT = 8.0
"""Seconds a dial may take; a relay and a hole punched on the way need up to 3."""

MAX_STREAMS = 256
"""Streams that a peer may have open towards us at the same time."""
