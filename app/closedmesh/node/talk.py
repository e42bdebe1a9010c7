"""One exchange with a peer: `mesh.session` on a stream of the transport.

    async with talking(await connection.open(), opener=True) as talk:
        await talk.send(Pull())
        delta = await talk.receive()

A block that ends before the exchange has come to its end gives the stream up, so that the other
side stops at once. An end that the protocol does not know never looks like a complete answer.
"""

import asyncio
from collections import deque
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from closedmesh.mesh.faults import LocalProtocolError, RemoteProtocolError
from closedmesh.mesh.messages import Message, Refused
from closedmesh.mesh.session import Exchange
from closedmesh.node.transport import Connection, ConnectionLost, Stream

GIVEN_UP = 1
"""The code of a stream that one side wants no more of."""

WRITE_LIMIT = 20.0
"""Seconds in which a peer must read something of what it asked for."""

Answer = TypeVar("Answer")

Ask = Callable[[Message, type[Any]], Awaitable[Any]]
"""A question to a peer, and what its answer is."""


class PeerRefused(Exception):
    """The other side said no. `reason` is its own text."""

    def __init__(self, refused: Refused) -> None:
        super().__init__(refused.reason)
        self.code = refused.code
        self.reason = refused.reason
        self.retry_after = None if refused.retry_after is None else refused.retry_after / 1000
        """Seconds."""


class Talk:
    """An exchange in progress."""

    def __init__(self, stream: Stream, *, opener: bool) -> None:
        self._stream = stream
        self._exchange = Exchange(opener=opener)
        self._arrived: deque[Message] = deque()
        self._ended = False
        self.sent_bytes = 0

    @property
    def done(self) -> bool:
        """Nothing that must come is missing."""
        return self._exchange.done

    async def send(self, message: Message) -> None:
        """Say something. Raises `LocalProtocolError` for what may not be said now, and
        `TransportError` when the peer is gone or reads nothing."""
        data = self._exchange.send(message)
        try:
            async with asyncio.timeout(WRITE_LIMIT):
                await self._stream.write(data)
        except TimeoutError:
            raise ConnectionLost(f"the peer read nothing for {WRITE_LIMIT:.0f} s") from None
        self.sent_bytes += len(data)

    async def receive(self) -> Message:
        """The next thing that the other side says. Cancelling loses nothing. Raises
        `RemoteProtocolError` for what it may not say, its end included, and `TransportError`."""
        while not self._arrived:
            if self._ended:
                raise RemoteProtocolError("the other side has nothing more to say")
            if data := await self._stream.read():
                self._arrived.extend(self._exchange.receive(data))
            else:
                self._ended = True
                self._exchange.receive_end()
        return self._arrived.popleft()

    async def expect(self, kind: type[Answer]) -> Answer:
        """The next thing, which must be of this kind. Raises `PeerRefused` for a refusal."""
        message = await self.receive()
        if isinstance(message, Refused):
            raise PeerRefused(message)
        if not isinstance(message, kind):
            raise RemoteProtocolError(f"a {type(message).__name__} in place of {kind.__name__}")
        return message

    async def leave(self) -> None:
        """End this side of the stream; a stream whose exchange is not over is given up."""
        if self.done:
            await self._stream.finish()
        else:
            await self._stream.reset(GIVEN_UP)


@asynccontextmanager
async def talking(stream: Stream, *, opener: bool) -> AsyncGenerator[Talk]:
    """An exchange on a stream, for the length of a block."""
    talk = Talk(stream, opener=opener)
    try:
        yield talk
    except BaseException:
        await stream.reset(GIVEN_UP)
        raise
    await talk.leave()


async def ask_once(connection: Connection, message: Message, kind: type[Answer]) -> Answer:
    """Open a stream, say one thing and get its one answer. Raises `PeerRefused`, `ProtocolError`
    and `TransportError`."""
    async with talking(await connection.open(), opener=True) as talk:
        await talk.send(message)
        return await talk.expect(kind)


async def refuse(talk: Talk, refused: Refused) -> None:
    """Say no, if that may still be said."""
    try:
        await talk.send(refused)
    except LocalProtocolError:
        await talk.leave()
