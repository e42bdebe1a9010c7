"""How this peer meets others through routers, with the help of an entry.

An entry says where it sees us, which our router made of our socket; told to the transport, peers
that first talk through a relay find the direct way by themselves. Where there is no relay both
must dial at the same time: whoever is dialled is told to dial too, and first, so that its router
lets the other in.
"""

import logging
from collections.abc import Callable, Iterable

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, ProtocolError, RefusalCode
from closedmesh.mesh.ids import short
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.messages import Dialling, DialNow, DialRequest, Observed, WhereAmI
from closedmesh.node.clock import Clock, within
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Peers, Service, Services
from closedmesh.node.talk import PeerRefused, Talk
from closedmesh.node.transport import TransportError, Unreachable

log = logging.getLogger(__name__)

LEARN_EVERY = 60.0
"""Seconds after which an entry is asked again where it sees us: a router may have forgotten us."""

LEARN_SOON = 5.0
"""Seconds after which that is tried again if no entry answered."""

HEAD_START = 0.5
"""Seconds that a dial may take before the other side is told to dial too: enough for a peer that
can be reached, from anywhere on Earth."""

OPENING = 0.2
"""Seconds after which the first packet of the other side has opened its router for us."""

HELP_LIMIT = 4.0
"""Seconds that an entry may take to answer."""

_FAULTS = (TransportError, PeerRefused, ProtocolError, NotAuthorised, TimeoutError)


class Meeting:
    """The way to peers, while `run` runs. `entries` says where the entries of the mesh are."""

    def __init__(self, clock: Clock, entries: Callable[[], Iterable[Address]]) -> None:
        self._clock = clock
        self._entries = entries
        self._peers: Peers | None = None

    def services(self) -> Services:
        """What is done when an entry says that somebody wants to meet us."""
        return {DialNow: Service(Scope.ENTRY, self._dial_now)}

    async def run(self, peers: Peers) -> None:
        """Know where others see us, and dial those who want to meet us, until cancelled."""
        self._peers = peers
        try:
            while True:
                known = await self._learn_address(peers)
                await self._clock.sleep(LEARN_EVERY if known else LEARN_SOON)
        finally:
            self._peers = None

    async def _learn_address(self, peers: Peers) -> bool:
        """Ask the first entry that answers where it sees us; whether one did."""
        for address in self._entries():
            try:
                observed = await within(self._clock, HELP_LIMIT, self._observed(peers, address))
            except _FAULTS as error:
                log.info("entry %s does not see us: %s", short(address.node), error)
                continue
            if observed.address is not None:
                await peers.transport.seen_at(observed.address)
            return True
        return False

    async def _observed(self, peers: Peers, entry: Address) -> Observed:
        return await (await peers.reach(entry, Scope.ENTRY)).ask(WhereAmI(), Observed)

    async def reach(self, peers: Peers, address: Address, wanted: Scope) -> Peer:
        """As `peers.reach`, with the help of an entry where nothing else helps."""
        entries = sorted(self._entries(), key=lambda entry: peers.get(entry.node) is None)
        connected = bool(entries) and peers.get(entries[0].node) is not None
        if address.relay or peers.get(address.node) or not connected:
            return await peers.reach(address, wanted)
        try:
            return await within(self._clock, HEAD_START, peers.reach(address, wanted))
        except (TimeoutError, Unreachable):
            request = DialRequest(address.node, peers.transport.address())
            better = await self._have_it_dial(peers, request, entries)
        return await peers.reach(better or address, wanted)

    async def _have_it_dial(
        self, peers: Peers, request: DialRequest, entries: Iterable[Address]
    ) -> Address | None:
        """Where the other side says it is, once it dials us; `None` if nobody helps. It may be
        connected to any of the entries."""
        for entry in entries:
            try:
                helping = self._help(peers, entry, request)
                answer = await within(self._clock, HELP_LIMIT, helping)
            except _FAULTS as error:
                log.info("entry %s does not help: %s", short(entry.node), error)
                continue
            if answer.target.node == request.target:
                await self._clock.sleep(OPENING)
                return answer.target
        return None

    async def _help(self, peers: Peers, entry: Address, request: DialRequest) -> Dialling:
        return await (await peers.reach(entry, Scope.ENTRY)).ask(request, Dialling)

    async def _dial_now(self, _entry: Peer, talk: Talk, request: DialNow) -> None:
        """Dial somebody who dials us: what counts is that our router sees the packets."""
        if self._peers is None:
            raise NotAuthorised(RefusalCode.BUSY, "The network is just being opened.")
        await talk.send(Dialling(self._peers.transport.address()))
        try:
            await self._peers.reach(request.peer, Scope.CHAT)
        except _FAULTS as error:
            log.info("peer %s was not met: %s", short(request.peer.node), error)
