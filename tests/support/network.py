"""A network in memory that delays, loses and cuts as a test tells it. Implements `Transport`.

    network = FakeNetwork(clock)
    with network.peer(key) as transport: ...

What is lost arrives later, as with any network that sends again; what is cut never arrives, and
nobody is told, which is how a real network behaves when a computer is switched off.
"""

import asyncio
import random
from collections import deque
from contextlib import asynccontextmanager

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.signing import PrivateKey
from closedmesh.node.transport import (
    DIAL_LIMIT,
    MAX_STREAMS,
    ConnectionLost,
    Path,
    StreamReset,
    Unreachable,
)

WINDOW = 1_250_000
"""Bytes that a stream holds unread before its writer has to wait, as measured with iroh."""

RESEND = 0.3
"""Seconds that something lost arrives later."""


class FakeNetwork:
    def __init__(self, clock, seed=0):
        self.clock = clock
        self.delay = 0.0
        """Seconds one way."""
        self.loss = 0.0
        """Share of what is sent that has to be sent again."""
        self.sent: list[bytes] = []
        """Everything that was written to a stream."""
        self.dialled: list[NodeId] = []
        """Whom somebody tried to reach."""
        self._random = random.Random(seed)
        self._ports: dict[NodeId, int] = {}
        self._peers: dict[NodeId, FakeTransport] = {}
        self._cut: set[frozenset[NodeId]] = set()
        self._changed: list[asyncio.Event] = []

    def peer(self, node):
        """A new peer, reachable by all; one that comes back is where it was."""
        port = self._ports.setdefault(node, 4000 + len(self._ports))
        self._peers[node] = FakeTransport(self, node, port)
        return self._peers[node]

    @asynccontextmanager
    async def open(self, secret, _listen):
        """A place for the holder of a key; as `transport.Opener`."""
        with self.peer(PrivateKey(secret).node) as transport:
            yield transport

    def cut(self, one, *others):
        """Nothing passes between `one` and `others` (everybody, if none is named) any longer."""
        self._cut |= {frozenset((one, other)) for other in others or self._peers}

    def heal(self):
        """Everything passes again."""
        self._cut.clear()
        self.wake()

    def passes(self, one, other):
        return frozenset((one, other)) not in self._cut and other in self._peers

    def at(self, address):
        """Who answers at an address."""
        for peer in self._peers.values():
            if set(peer.address().direct) & set(address.direct):
                return peer
        return None

    def travel_time(self):
        return self.delay + (RESEND if self._random.random() < self.loss else 0.0)

    def remove(self, node):
        self._peers.pop(node, None)

    def watch(self):
        """An event that is set whenever something heals."""
        event = asyncio.Event()
        self._changed.append(event)
        return event

    def wake(self):
        for event in self._changed:
            event.set()


class FakeTransport:
    def __init__(self, network, node, port):
        self.network = network
        self.node = node
        self.dialled: list[NodeId] = []
        """Whom this peer tried to reach, in order."""
        self.behind_router = False
        """Only those whom this peer has tried to reach can reach it."""
        self.seen: list[str] = []
        """Where others said that they see this peer."""
        self._address = Address(node, (f"10.0.0.1:{port}",))
        self._calls = asyncio.Queue()
        self._connections = []

    def __enter__(self):
        return self

    def __exit__(self, *_):
        for connection in self._connections:
            connection.close(0, "bye")
        self.network.remove(self.node)

    def address(self):
        return self._address

    async def seen_at(self, address):
        self.seen.append(address)

    async def dial(self, address):
        self.dialled.append(address.node)
        self.network.dialled.append(address.node)
        other = self.network.at(address)
        closed = other is not None and other.behind_router and self.node not in other.dialled
        if other is None or closed or not self.network.passes(self.node, other.node):
            await self.network.clock.sleep(DIAL_LIMIT)
            raise Unreachable("no answer")
        if self.network.delay:
            await self.network.clock.sleep(2 * self.network.delay)
        if other.node != address.node:
            raise Unreachable("another key answers there")
        here = FakeConnection(self, other, dialled=True)
        there = FakeConnection(other, self, dialled=False)
        here.other, there.other = there, here
        self._connections.append(here)
        other._connections.append(there)
        other._calls.put_nowait(there)
        return here

    async def accept(self):
        return await self._calls.get()


class FakeConnection:
    def __init__(self, here, there, *, dialled):
        self.peer = there.node
        self.dialled = dialled
        self.network = here.network
        self.other = None
        self.lost: str | None = None
        self._here = here
        self._at = there.address().direct[0]
        self._incoming: deque[FakeStream] = deque()
        self._streams: list[FakeStream] = []
        self._open = 0
        self._changed = self.network.watch()

    def passes(self):
        return self.network.passes(self._here.node, self.peer)

    async def open(self):
        while self._open >= MAX_STREAMS:
            await self._next_change()
        self._check()
        self._open += 1
        out, back = _Pipe(self), _Pipe(self.other)
        stream = FakeStream(self, out, back, began_here=True)
        theirs = FakeStream(self.other, back, out, began_here=False)
        stream.twin, theirs.twin = theirs, stream
        out.on_first = lambda: self.other.arrive(theirs)
        self._streams.append(stream)
        return stream

    def arrive(self, stream):
        self._streams.append(stream)
        self._incoming.append(stream)
        self._changed.set()

    def one_less(self, stream):
        if stream in self._streams:
            self._streams.remove(stream)
            if stream.began_here:
                self._open -= 1
        self._changed.set()

    async def accept(self):
        while not self._incoming:
            self._check()
            await self._next_change()
        return self._incoming.popleft()

    async def _next_change(self):
        self._changed.clear()
        await self._changed.wait()

    def _check(self):
        if self.lost is not None:
            raise ConnectionLost(self.lost)

    def path(self):
        return Path(direct=True, address=self._at)

    def close(self, code, reason):
        self._lose(reason)
        if self.passes():
            self.other._lose(reason)

    def _lose(self, reason):
        self.lost = self.lost or reason
        self._changed.set()
        for stream in self._streams:
            stream.wake()


class _Pipe:
    """One direction of a stream: what `sender` wrote and nobody has read yet."""

    def __init__(self, sender):
        self.sender = sender
        self.waiting: deque[tuple[float, bytes]] = deque()
        self.size = 0
        self.reset: int | None = None
        self.ended = False
        self.on_first = None
        self.changed = sender.network.watch()

    def put(self, data):
        due = self.sender.network.clock.monotonic() + self.sender.network.travel_time()
        if self.waiting:
            due = max(due, self.waiting[-1][0])
        self.waiting.append((due, data))
        self.sender.network.sent.append(data)
        self.size += len(data)
        self.changed.set()
        if self.on_first:
            self.on_first()
            self.on_first = None

    async def next(self, connection):
        while True:
            if connection.lost is not None:
                raise ConnectionLost(connection.lost)
            if self.reset is not None:
                raise StreamReset(self.reset)
            wait = None
            if self.sender.passes():
                if self.waiting:
                    wait = self.waiting[0][0] - self.sender.network.clock.monotonic()
                    if wait <= 0:
                        return self._take()
                elif self.ended:
                    return b""
            await self._change(wait)

    def _take(self):
        data = self.waiting.popleft()[1]
        self.size -= len(data)
        self.changed.set()
        return data

    async def room(self):
        while self.size >= WINDOW and self.reset is None and self.sender.lost is None:
            await self._change(None)

    async def _change(self, wait):
        self.changed.clear()
        if wait is None:
            await self.changed.wait()
        else:
            await _first(self.changed.wait(), self.sender.network.clock.sleep(wait))


class FakeStream:
    def __init__(self, connection, out, back, *, began_here):
        self.began_here = began_here
        self.twin = None
        self._connection = connection
        self._out = out
        self._back = back

    def wake(self):
        self._out.changed.set()
        self._back.changed.set()

    async def read(self):
        return await self._back.next(self._connection)

    async def write(self, data):
        await self._out.room()
        if self._connection.lost is not None:
            raise ConnectionLost(self._connection.lost)
        if self._out.reset is not None:
            raise StreamReset(self._out.reset)
        self._out.put(bytes(data))

    async def finish(self):
        self._out.ended = True
        self._out.changed.set()
        if self._back.ended:
            self._leave()
            self.twin._leave()

    def _leave(self):
        self._connection.one_less(self)

    async def reset(self, code):
        self._leave()
        if self._connection.passes():
            for pipe in (self._out, self._back):
                if pipe.reset is None and (pipe.waiting or not pipe.ended):
                    pipe.reset = code
                pipe.changed.set()


async def _first(*coroutines):
    """Wait for the first, and leave nothing of the others."""
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
