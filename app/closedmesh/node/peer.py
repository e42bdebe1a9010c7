"""One connected peer: what it has shown of itself, and the exchanges with it."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import TypeVar

from closedmesh.mesh.membership import Endorsed, Scope
from closedmesh.mesh.messages import Message, Ping, Pong
from closedmesh.mesh.picture import Link, Way
from closedmesh.node.clock import Clock
from closedmesh.node.talk import Talk, talking
from closedmesh.node.transport import Connection, ConnectionLost

NEWEST = 0.3
"""Weight of the newest ping in the average delay."""

Answer = TypeVar("Answer")


class Peer:
    """One connected peer."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self.node = connection.peer
        self.connection = connection
        self.version = ""
        self.features: frozenset[str] = frozenset()
        """What it understands beyond the first version of the protocol."""
        self.credential: Endorsed | None = None
        """What it has shown; `None` before it was introduced."""
        self.scope: Scope | None = None
        """What that allows, as of the introduction."""
        self.delay: float | None = None
        """Seconds there and back, measured; an average of the last pings."""
        self.talks = 0
        """Exchanges in progress, pings aside."""
        self.streams = 0
        """Open streams that it began."""
        self.alive = True
        self._clock = clock
        self.used = clock.monotonic()
        self.busy = asyncio.Event()
        self.introduced = asyncio.Event()

    @property
    def link(self) -> Link:
        """The connection, for people."""
        path = self.connection.path()
        way = Way.DIRECT if path is None or path.direct else Way.RELAY
        return Link(way, None if self.delay is None else self.delay * 1000)

    @asynccontextmanager
    async def talk(self) -> AsyncGenerator[Talk]:
        """An exchange that this side opens. Raises `TransportError`."""
        try:
            stream = await self.connection.open()
            async with self.in_use(), talking(stream, opener=True) as talk:
                yield talk
        except ConnectionLost:
            self.alive = False  # whoever wants to reach this peer dials it anew at once
            raise

    @asynccontextmanager
    async def in_use(self) -> AsyncGenerator[None]:
        """Something is in progress for the length of the block."""
        self.talks += 1
        self.busy.set()
        try:
            yield
        finally:
            self.talks -= 1
            self.used = self._clock.monotonic()
            if not self.talks:
                self.busy.clear()

    async def ask(self, message: Message, kind: type[Answer]) -> Answer:
        """One question, one answer. Raises `PeerRefused`, `ProtocolError`, `TransportError`."""
        async with self.talk() as talk:
            await talk.send(message)
            return await talk.expect(kind)

    async def ping(self) -> None:
        """See whether it is there. Raises `TransportError` or `ProtocolError`."""
        began = self._clock.monotonic()
        async with talking(await self.connection.open(), opener=True) as talk:
            await talk.send(Ping())
            await talk.expect(Pong)
        took = self._clock.monotonic() - began
        known = took if self.delay is None else self.delay
        self.delay = (1 - NEWEST) * known + NEWEST * took

    def close(self, code: int, reason: str) -> None:
        """End the connection."""
        self.alive = False
        self.connection.close(code, reason)
