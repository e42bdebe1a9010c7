"""Who is out there: announces this computer, pulls what is new, and sees whether it is listed.

Entries are asked first. When none answers, peers that are known are asked in their place, and
this peer tells what it knows to others too: a mesh goes on without its entries.
"""

import asyncio
import logging
import secrets
from collections.abc import Callable, Iterable, Iterator
from typing import Protocol

from closedmesh import __version__
from closedmesh.host import hardware
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.announcements import Announcement, Backend, Offer
from closedmesh.mesh.directory import EPOCH_BYTES, Directory
from closedmesh.mesh.faults import NotAuthorised, ProtocolError, RefusalCode
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.membership import Certificate, Scope, needs_renewal
from closedmesh.mesh.messages import (
    AmIListed,
    Announce,
    Certified,
    Delta,
    Joined,
    Listed,
    Pull,
    Renew,
)
from closedmesh.mesh.picture import MeshState
from closedmesh.mesh.signing import Sealed, seal
from closedmesh.node.clock import Clock, within
from closedmesh.node.identity import Identity
from closedmesh.node.membership import EXCLUDED, Membership
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Peers, Service, Services
from closedmesh.node.talk import PeerRefused, Talk, ask_once
from closedmesh.node.transport import TransportError
from closedmesh.node.turns import Turns
from closedmesh.node.verdicts import Verdicts

log = logging.getLogger(__name__)

ROUND_EVERY = 15.0
"""Seconds between two rounds: a revocation is known everywhere within a minute."""

LONELY_EVERY = 5.0
"""Seconds between two rounds while nobody shares anything."""

LISTED_EVERY = 30.0
"""Seconds between two looks whether entries really list this computer."""

VISIT_LIMIT = 25.0
"""Seconds that one visit may take."""

LIFETIME = 120
"""Seconds that an announcement holds; a new one is made when half of it is over."""

SHORTEST_NEWS = 1.0
"""Seconds between two announcements, however often places are taken and freed."""

SUBSTITUTES = 3
"""Peers that are asked when no entry answers."""

MAX_PAGES = 400
"""Pages of one pull: more than the fullest directory has."""

_FAULTS = (TransportError, ProtocolError, PeerRefused, NotAuthorised, TimeoutError)
"""What another peer can do to us."""


class Shared(Protocol):
    """What there is to announce."""

    def offers(self) -> tuple[Offer, ...]:
        """Models that others may use now; none while this computer does not share."""
        ...

    def machine(self) -> tuple[Backend, str]:
        """What computes, and llama.cpp's build."""
        ...


class Finding:
    """The directory of this peer, kept up to date while `run` runs."""

    def __init__(  # noqa: PLR0913 - what it joins
        self,
        identity: Identity,
        membership: Membership,
        clock: Clock,
        shared: Shared,
        *,
        directory: Directory | None = None,
        verdicts: Verdicts | None = None,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`directory` and `verdicts` are those of an entry in this process; `changed` is called
        after a round."""
        # An empty directory is false.
        if directory is None:
            directory = Directory(membership.mesh, secrets.token_bytes(EPOCH_BYTES))
        self.directory = directory
        self.verdicts = verdicts or Verdicts(membership, clock)
        self.state = MeshState.CONNECTING
        self.nearby: Callable[[], Iterable[Address]] = tuple
        """Who was heard of in the local network."""
        self._identity = identity
        self._membership = membership
        self._clock = clock
        self._shared = shared
        self._changed = changed
        self._cursors: dict[NodeId, bytes] = {}
        self._own: Announcement | None = None
        self._sealed: Sealed | None = None
        self._said_to: dict[NodeId, int] = {}
        self._turns = Turns(identity.node, clock)
        self._refusal = ""
        self._listed: dict[NodeId, bool] = {}
        self._listed_at: dict[NodeId, float] = {}
        self._since = int(clock.now())
        self._wake = asyncio.Event()

    def services(self) -> Services:
        """What this peer tells others of its directory."""
        return {
            Pull: Service(Scope.CHAT, self._tell),
            Announce: Service(Scope.SHARE, self._hear),
        }

    def hurry(self) -> None:
        """Something is different: tell others soon."""
        self._wake.set()

    async def run(self, peers: Peers) -> None:
        """Keep the directory up to date until cancelled."""
        while True:
            self._wake.clear()
            await self.round(peers)
            self.directory.forget(self._clock.now())
            self._changed()
            await self._clock.sleep(SHORTEST_NEWS)
            try:
                await within(self._clock, self._pause(), self._wake.wait())
            except TimeoutError:
                continue

    def _pause(self) -> float:
        others = any(each.node != self._identity.node for each in self.live())
        return (ROUND_EVERY if others else LONELY_EVERY) - SHORTEST_NEWS

    def live(self) -> Iterator[Announcement]:
        """Everybody who shares now, this computer too."""
        return self.directory.live(self._clock.now())

    @property
    def listed(self) -> bool | None:
        """Whether the entries to which this peer turns really list it; `None` while it offers
        nothing, or none of them answers."""
        if self._own is None or not self._own.offers or not self._listed:
            return None
        return all(self._listed.values())

    async def round(self, peers: Peers) -> None:
        """Visit some entries and who is nearby once, and if no entry answers some peers."""
        self._announce(peers.transport.address())
        entries = self._entries()
        answered = await self._visit_entries(peers, entries)
        # An entry is never alone: it is one of those whom others look for.
        is_entry = self._membership.certificate.scope is Scope.ENTRY
        alone = bool(entries) and not answered and not is_entry
        if alone:
            known = [said.address for said in self.live()]
            others = [each for each in known if each.node != self._identity.node]
            await self._visit_all(peers, others[:SUBSTITUTES], Scope.SHARE)
        await self._visit_all(peers, self.nearby(), Scope.SHARE)
        if self._membership.excluded:
            self.state = MeshState.EXCLUDED
        else:
            self.state = MeshState.ALONE if alone else MeshState.CONNECTED

    def _entries(self) -> list[Address]:
        known = self._membership.entries()
        return [each for each in known if each.node != self._identity.node]

    async def _visit_entries(self, peers: Peers, entries: list[Address]) -> set[NodeId]:
        """Turn to entries until enough have answered; those that did."""
        tried: set[NodeId] = set()
        answered: set[NodeId] = set()
        self._refusal = ""
        while turn := self._turns.next(entries, tried, len(answered)):
            tried |= {each.node for each in turn}
            answers = await self._visit_all(peers, turn, Scope.ENTRY)
            answered |= set(self._turns.noted(turn, answers))
        if answered or self._refusal:
            self._membership.excluded = "" if answered else self._refusal
        self._listed = {node: at for node, at in self._listed.items() if node in answered}
        return answered

    async def _visit_all(
        self, peers: Peers, addresses: Iterable[Address], scope: Scope
    ) -> list[bool]:
        """Who answered, in the order of the addresses."""
        visits = [self._visit(peers, address, scope) for address in addresses]
        return await asyncio.gather(*visits)

    async def _visit(self, peers: Peers, address: Address, scope: Scope) -> bool:
        try:
            await within(self._clock, VISIT_LIMIT, self._talk_to(peers, address, scope))
        except _FAULTS as error:
            log.info("peer %s: %s %s", short(address.node), type(error).__name__, error)
            if isinstance(error, PeerRefused) and scope is Scope.ENTRY:
                await self._refused(peers, address, error)
            return False
        if scope is Scope.ENTRY and self.state is not MeshState.CONNECTED:
            self.state = MeshState.CONNECTED  # at once: another one may be slow to fail
            self._changed()
        return True

    async def _refused(self, peers: Peers, address: Address, refusal: PeerRefused) -> None:
        """See whether an entry that takes us for no member gives a new certificate: the old one
        may have expired, or been signed by an entry that is none any longer."""
        if refusal.code not in {*EXCLUDED, RefusalCode.EXPIRED}:
            return
        try:
            connection = await peers.transport.dial(address)
            renew = self._renewal()
            joined = await within(self._clock, VISIT_LIMIT, ask_once(connection, renew, Joined))
            self._membership.take(self._identity.node, joined)
        except _FAULTS as error:
            log.info("the membership could not be renewed: %s", error)
            if isinstance(error, PeerRefused) and error.code in EXCLUDED:
                self._refusal = error.reason

    async def _talk_to(self, peers: Peers, address: Address, scope: Scope) -> None:
        peer = await peers.reach(address, scope)
        if scope is Scope.ENTRY:
            await self._keep_membership(peer)
        await self._say(peer)
        await self._pull(peer)
        if scope is Scope.ENTRY:
            await self._look_whether_listed(peer)

    async def _keep_membership(self, entry: Peer) -> None:
        certificate = self._membership.certificate
        if certificate.scope is Scope.ENTRY:
            return  # it certifies its own keys
        if needs_renewal(certificate, self._clock.now()) or self._is_unowned(certificate):
            renew = self._renewal()
            self._membership.take(self._identity.node, await entry.ask(renew, Joined))
        if request := self._membership.asking_request(self._identity, entry.node):
            self._membership.take_asking(request, await entry.ask(request, Certified))

    def _renewal(self) -> Renew:
        membership = self._membership
        return Renew(membership.credential, membership.ownership(self._identity))

    def _is_unowned(self, certificate: Certificate) -> bool:
        """Whether a certificate does not name the owner that this peer has."""
        if self._membership.is_adopted(self._identity):
            return False
        owner = self._identity.owner
        return owner is not None and certificate.owner != owner.node

    def _announce(self, address: Address) -> None:
        """Make a new announcement if the last one is old or no longer true."""
        now = self._clock.now()
        offers = self._shared.offers()
        last = self._own
        if last is None and not offers:
            return
        if last and now < last.made + LIFETIME / 2 and _says(last, address, offers):
            return
        if last is None or not last.offers:
            self._since = int(now)
        backend, build = self._shared.machine()
        self._own = Announcement(
            mesh=self._membership.mesh,
            node=self._identity.node,
            certificate=self._membership.certificate.serial,
            sequence=max(int(now * 1000), last.sequence + 1 if last else 1),
            made=int(now),
            lifetime=LIFETIME,
            address=address,
            version=__version__,
            backend=backend,
            hardware=machine_words(),
            build=build,
            since=self._since,
            offers=offers,
            owner=self._membership.certificate.owner,
        )
        self._sealed = seal(self._own, self._identity.key)
        self._take((self._sealed,))

    async def _say(self, peer: Peer) -> None:
        own, sealed = self._own, self._sealed
        if own and sealed and self._said_to.get(peer.node) != own.sequence:
            await peer.ask(Announce(sealed), Listed)
            self._said_to[peer.node] = own.sequence

    async def _look_whether_listed(self, entry: Peer) -> None:
        own, now, node = self._own, self._clock.monotonic(), entry.node
        if own is None or not own.offers:
            return
        looked = self._listed_at.get(node, float("-inf"))
        if now - looked >= LISTED_EVERY or not self._listed.get(node):
            self._listed_at[node] = now
            self._listed[node] = await _lists(entry, own)
            if not self._listed[node]:
                self._said_to.pop(node, None)
                await self._say(entry)
                self._listed[node] = await _lists(entry, own)

    async def _pull(self, peer: Peer) -> None:
        cursor = self._cursors.get(peer.node, b"")
        buckets = b"" if cursor else self.directory.buckets(self._clock.now())
        sequences = self._membership.revocations.sequences()
        async with peer.talk() as talk:
            notices = self._membership.notices.made()
            await talk.send(Pull(cursor, buckets, sequences, self.verdicts.latest(), notices))
            for _ in range(MAX_PAGES):
                delta = await talk.expect(Delta)
                if self._membership.take_lists(delta.revocations):
                    self.directory.revoke(self._membership.revocations.serials)
                self._membership.take_notices(delta.entries)
                self._take(delta.announcements)
                self.verdicts.take(delta.verdicts)
                if delta.complete:
                    self._cursors[peer.node] = delta.cursor
                    if cursor[:EPOCH_BYTES] != delta.cursor[:EPOCH_BYTES]:
                        self._listed_at.pop(peer.node, None)  # it began anew, and may not know us
                    return

    def _take(self, announcements: Iterable[Sealed]) -> None:
        for sealed in announcements:
            try:
                self.directory.merge(sealed, self._clock.now())
            except NotAuthorised as error:
                log.debug("an announcement was not believed: %s", error.reason)

    async def _tell(self, _peer: Peer, talk: Talk, pull: Pull) -> None:
        """Answer another peer's `Pull`."""
        pages = [
            Delta(page.announcements, page.cursor, page.complete)
            for page in self.directory.pages(pull.cursor, pull.buckets, self._clock.now())
        ]
        news = self.verdicts.news(pull.verdicts)
        for told in (*news, *self._membership.with_news(pages, pull)):
            await talk.send(told)

    async def _hear(self, peer: Peer, talk: Talk, announce: Announce) -> None:
        """Take up another peer's announcement of itself."""
        if announce.announcement.signer != peer.node:
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "A peer can only speak for itself.")
        self.directory.merge(announce.announcement, self._clock.now())
        said = self.directory.get(peer.node, self._clock.now())
        await talk.send(Listed(said.sequence if said else None))


async def _lists(entry: Peer, own: Announcement) -> bool:
    return (await entry.ask(AmIListed(), Listed)).sequence == own.sequence


def _says(said: Announcement, address: Address, offers: tuple[Offer, ...]) -> bool:
    return said.address == address and said.offers == offers


def machine_words() -> str:
    """This computer in a few words, for people: "4 cores, 8 GB"."""
    memory = hardware.memory().total / 2**30
    return f"{hardware.physical_cores()} cores, {memory:.0f} GB"
