"""How this peer meets others through routers, with the help of an entry.

The entry says where it sees us, which our router made of our socket; told to iroh, peers that
first talk through a relay find the direct way by themselves. Where there is no relay both must
dial at the same time: whoever is dialled is told to dial too, and first, so that its router lets
the other in.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, ProtocolError
from closedmesh.mesh.ids import short
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.messages import Dialling, DialNow, DialRequest, Observed, WhereAmI
from closedmesh.node.clock import Clock, within
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Peers, Service, Services
from closedmesh.node.talk import PeerRefused, Talk
from closedmesh.node.transport import TransportError, Unreachable

log = logging.getLogger(__name__)

HEAD_START = 0.5
"""Seconds that a dial may take before the other side is told to dial too: enough for a peer that
can be reached, from anywhere on Earth."""

OPENING = 0.2
"""Seconds after which the first packet of the other side has opened its router for us."""

HELP_LIMIT = 4.0
"""Seconds that an entry may take to have the other side dial."""


class Meeting:
    """The way to peers. `entries` gives those that are connected."""

    def __init__(
        self,
        peers: Peers,
        entries: Callable[[], Iterable[Peer]],
        clock: Clock,
        group: asyncio.TaskGroup,
    ) -> None:
        self._peers = peers
        self._entries = entries
        self._clock = clock
        self._group = group

    def services(self) -> Services:
        """What is done when an entry says that somebody wants to meet us."""
        return {DialNow: Service(Scope.ENTRY, self._dial_now)}

    async def learn_address(self, entry: Peer) -> None:
        """Ask an entry where it sees us. Raises what `Peer.ask` does."""
        observed = await entry.ask(WhereAmI(), Observed)
        if observed.address is not None:
            await self._peers.transport.seen_at(observed.address)

    async def reach(self, address: Address, wanted: Scope) -> Peer:
        """As `Peers.reach`, with the help of an entry where nothing else helps."""
        helpers = () if address.relay else tuple(self._entries())
        if not helpers or self._peers.get(address.node):
            return await self._peers.reach(address, wanted)
        try:
            return await within(self._clock, HEAD_START, self._peers.reach(address, wanted))
        except (TimeoutError, Unreachable):
            better = await self._have_it_dial(address, helpers)
        return await self._peers.reach(better, wanted)

    async def _have_it_dial(self, address: Address, helpers: Iterable[Peer]) -> Address:
        """Where the other side says it is, once it dials us; what we knew if nobody helps."""
        request = DialRequest(address.node, self._peers.transport.address())
        for helper in helpers:
            try:
                answer = await within(self._clock, HELP_LIMIT, helper.ask(request, Dialling))
            except (TransportError, PeerRefused, ProtocolError, TimeoutError) as error:
                log.info("entry %s does not help: %s", short(helper.node), error)
                continue
            if answer.target.node == address.node:
                await self._clock.sleep(OPENING)
                return answer.target
        return address

    async def _dial_now(self, _entry: Peer, talk: Talk, request: DialNow) -> None:
        self._group.create_task(self._open_for(request.peer))
        await talk.send(Dialling(self._peers.transport.address()))

    async def _open_for(self, address: Address) -> None:
        """Dial somebody who dials us: what counts is that our router sees the packets."""
        try:
            await self._peers.reach(address, Scope.CHAT)
        except (TransportError, PeerRefused, ProtocolError, NotAuthorised) as error:
            log.info("peer %s was not met: %s", short(address.node), error)
