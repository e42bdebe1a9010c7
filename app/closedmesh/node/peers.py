"""Who is connected: one connection a peer, introduced, authorised stream by stream, and watched.

    async with open_peers(transport, clock, standing, services) as peers:
        peer = await peers.reach(address, Scope.SHARE)
        async with peer.talk() as talk: ...

`standing` is what this peer may show of itself, `services` say what it does for others. A peer
that does not answer a ping while something is in progress is given up after about four seconds;
the network alone would take thirty.
"""

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, Protocol

from closedmesh import __version__
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, ProtocolError, RefusalCode
from closedmesh.mesh.ids import MeshId, NodeId, short
from closedmesh.mesh.membership import Certificate, Endorsed, Revocations, Scope, authorise
from closedmesh.mesh.messages import Hello, Message, Ping, Pong, Refused, Welcome
from closedmesh.mesh.settlement import VOUCHERS
from closedmesh.node.clock import Clock, within
from closedmesh.node.peer import Peer
from closedmesh.node.talk import PeerRefused, Talk, refuse, talking
from closedmesh.node.tasks import background
from closedmesh.node.transport import (
    ConnectionLost,
    Stream,
    Transport,
    TransportError,
    Unreachable,
)

log = logging.getLogger(__name__)

FEATURES = (VOUCHERS,)
"""What this program understands beyond the first version of the protocol."""

PING_EVERY = 1.0
"""Seconds between two pings while something is in progress."""

PING_IDLE = 20.0
"""Seconds between two pings otherwise."""

PING_LIMIT = 3.0
"""Seconds a ping may take: with `PING_EVERY` a dead peer is known after four."""

HELLO_LIMIT = 8.0
"""Seconds to be introduced, once connected."""

STRANGER_LIMIT = 30.0
"""Seconds that somebody may be connected without an introduction, to join or to ask for its own
address."""

MAX_STRANGER_STREAMS = 8
"""Streams that somebody without an introduction may have open at the same time."""

FIRST_MESSAGE_LIMIT = 10.0
"""Seconds in which whoever opens a stream must say what it wants."""

IDLE_LIMIT = 300.0
"""Seconds after which a connection that nobody uses is closed by whoever dialled."""

MAX_CONNECTIONS = 2048
MAX_STRANGERS = 64
"""Connections that have not been introduced."""

CLOSED, REPLACED, SILENT, NOT_WELCOME, TOO_MANY = 0, 1, 2, 3, 4
"""Codes with which connections are closed."""


class Standing(Protocol):
    """What this peer is in its mesh at this moment."""

    @property
    def mesh(self) -> MeshId: ...
    @property
    def credential(self) -> Endorsed: ...
    @property
    def revocations(self) -> Revocations: ...


@dataclass(frozen=True, slots=True)
class Service:
    """What is done with a stream that begins with a certain message."""

    scope: Scope | None
    """What the peer's membership must cover; `None` serves whoever is connected."""
    answer: Callable[["Peer", Talk, Any], Awaitable[None]]


Services = Mapping[type[Message], Service]


@asynccontextmanager
async def open_peers(
    transport: Transport, clock: Clock, standing: Standing, services: Services
) -> AsyncGenerator["Peers"]:
    """The connections of one transport for the length of a block."""
    async with background() as group:
        peers = Peers(transport, clock, standing, services, group)
        group.create_task(peers.take_calls())
        try:
            yield peers
        finally:
            peers.close()


class Peers:
    """All connections. Tasks are started in `group`."""

    def __init__(
        self,
        transport: Transport,
        clock: Clock,
        standing: Standing,
        services: Services,
        group: asyncio.TaskGroup,
    ) -> None:
        self.transport = transport
        self._clock = clock
        self._standing = standing
        self._services = {
            Hello: Service(None, self._welcome),
            Ping: Service(None, _pong),
            **services,
        }
        self._group = group
        self._peers: dict[NodeId, Peer] = {}
        self._strangers: set[Peer] = set()
        self._dialling: dict[NodeId, asyncio.Lock] = {}

    def connected(self) -> tuple[Peer, ...]:
        """Who was introduced and is there."""
        return tuple(peer for peer in self._peers.values() if peer.alive)

    def get(self, node: NodeId) -> Peer | None:
        """A connected peer."""
        peer = self._peers.get(node)
        return peer if peer and peer.alive else None

    async def reach(self, address: Address, wanted: Scope) -> Peer:
        """The connection to a peer, made if there is none, whose membership covers `wanted`.

        Raises `Unreachable`, `ConnectionLost`, `PeerRefused`, `NotAuthorised`, `ProtocolError`.
        """
        lock = self._dialling.setdefault(address.node, asyncio.Lock())
        try:
            async with lock:
                peer = self.get(address.node) or await self._dial(address)
        finally:
            if not lock.locked():
                self._dialling.pop(address.node, None)
        self.check(peer, wanted)
        return peer

    async def _dial(self, address: Address) -> Peer:
        connection = await self.transport.dial(address)
        peer = Peer(connection, self._clock)
        try:
            await within(self._clock, HELLO_LIMIT, self._introduce(peer))
        except TimeoutError:
            peer.close(NOT_WELCOME, "no introduction")
            raise Unreachable("it does not introduce itself") from None
        except BaseException:
            peer.close(NOT_WELCOME, "not welcome")
            raise
        self._group.create_task(self._live(peer))
        return self._keep(peer)

    async def _introduce(self, peer: Peer) -> None:
        standing = self._standing
        async with talking(await peer.connection.open(), opener=True) as talk:
            await talk.send(Hello(standing.mesh, standing.credential, __version__, FEATURES))
            welcome = await talk.expect(Welcome)
        self._accredit(peer, welcome)

    def _accredit(self, peer: Peer, shown: Hello | Welcome) -> None:
        peer.credential = shown.credential
        peer.version = shown.version
        peer.features = frozenset(shown.features)
        peer.scope = self.check(peer, Scope.CHAT).scope
        peer.introduced.set()

    def check(self, peer: Peer, wanted: Scope) -> Certificate:
        """The certificate by which a peer may do something now. Raises `NotAuthorised`."""
        if peer.credential is None:
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "Say Hello first.")
        return authorise(
            peer.credential,
            mesh=self._standing.mesh,
            node=peer.node,
            wanted=wanted,
            revocations=self._standing.revocations,
            now=self._clock.now(),
        )

    def _keep(self, peer: Peer) -> Peer:
        """Make it the one connection of its peer, unless there is a better one. When both dialled
        at the same time, the one of the smaller id stays: both sides keep the same."""
        other = self.get(peer.node)
        if other is not None and self._dialler(other) < self._dialler(peer):
            peer.close(REPLACED, "there is another connection")
            return other
        self._peers[peer.node] = peer
        if other is not None:
            other.close(REPLACED, "there is another connection")
        return peer

    def _dialler(self, peer: Peer) -> NodeId:
        return self.transport.node if peer.connection.dialled else peer.node

    async def take_calls(self) -> None:
        """Serve whoever calls, until cancelled; `open_peers` runs this."""
        while True:
            connection = await self.transport.accept()
            if len(self._strangers) >= MAX_STRANGERS or len(self._peers) >= MAX_CONNECTIONS:
                connection.close(TOO_MANY, "too many connections")
                continue
            peer = Peer(connection, self._clock)
            self._strangers.add(peer)
            self._group.create_task(self._live(peer))

    async def _live(self, peer: Peer) -> None:
        """Serve and watch a connection until it is over."""
        try:
            async with asyncio.TaskGroup() as streams:
                watching = streams.create_task(self._watch(peer))
                try:
                    while True:
                        stream = await peer.connection.accept()
                        if not peer.introduced.is_set() and peer.streams >= MAX_STRANGER_STREAMS:
                            await stream.reset(TOO_MANY)
                            continue
                        streams.create_task(self._serve(peer, stream))
                except ConnectionLost as error:
                    log.debug("peer %s: %s", short(peer.node), error)
                    watching.cancel()
        finally:
            peer.close(CLOSED, "over")
            self._strangers.discard(peer)
            if self._peers.get(peer.node) is peer:
                del self._peers[peer.node]

    async def _serve(self, peer: Peer, stream: Stream) -> None:
        """One stream that the peer opened. Nothing that it does gets further than here."""
        peer.streams += 1
        try:
            async with talking(stream, opener=False) as talk:
                await self._answer(peer, talk)
        except TransportError as error:
            log.debug("peer %s: %s", short(peer.node), error)
        except ProtocolError as error:
            log.info("peer %s broke the protocol: %s", short(peer.node), error)
        except Exception:
            log.exception("a stream of peer %s ended with", short(peer.node))
        finally:
            peer.streams -= 1

    async def _answer(self, peer: Peer, talk: Talk) -> None:
        try:
            message = await within(self._clock, FIRST_MESSAGE_LIMIT, talk.receive())
        except TimeoutError:
            return
        try:
            service = self._service(peer, message)
            async with peer.in_use():
                await service.answer(peer, talk, message)
        except NotAuthorised as error:
            await refuse(talk, Refused(error.code, error.reason[:300]))

    def _service(self, peer: Peer, message: Message) -> Service:
        service = self._services.get(type(message))
        if service is None:
            raise NotAuthorised(RefusalCode.WRONG_SCOPE, "This peer does not do that.")
        if service.scope is not None:
            self.check(peer, service.scope)
        return service

    async def _welcome(self, peer: Peer, talk: Talk, hello: Hello) -> None:
        if hello.mesh != self._standing.mesh:
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "This is another mesh.")
        self._accredit(peer, hello)
        self._strangers.discard(peer)
        await talk.send(Welcome(self._standing.credential, __version__, FEATURES))
        self._keep(peer)

    async def _watch(self, peer: Peer) -> None:
        """Close a connection that is dead, was never introduced, or that nobody uses."""
        try:
            await within(self._clock, STRANGER_LIMIT, peer.introduced.wait())
        except TimeoutError:
            peer.close(NOT_WELCOME, "no introduction")
            return
        while True:
            try:
                await within(self._clock, PING_LIMIT, peer.ping())
            except (TimeoutError, TransportError, ProtocolError, PeerRefused):
                peer.close(SILENT, "no answer")
                return
            if self._is_idle(peer):
                peer.close(CLOSED, "idle")
                return
            await self._pause(peer)

    async def _pause(self, peer: Peer) -> None:
        """Until the next ping; at once when something begins after a quiet time, in which the
        peer may have gone."""
        if not peer.talks:
            began = self._clock.monotonic()
            with suppress(TimeoutError):
                await within(self._clock, PING_IDLE, peer.busy.wait())
            if self._clock.monotonic() - began >= PING_EVERY:
                return
        await self._clock.sleep(PING_EVERY)

    def _is_idle(self, peer: Peer) -> bool:
        unused = self._clock.monotonic() - peer.used
        return peer.connection.dialled and not peer.talks and unused >= IDLE_LIMIT

    def close(self) -> None:
        """End all connections; those at the other end learn it at once."""
        for peer in (*self._peers.values(), *self._strangers):
            peer.close(CLOSED, "bye")


async def _pong(_peer: Peer, talk: Talk, ping: Ping) -> None:
    await talk.send(Pong(ping.nonce))
