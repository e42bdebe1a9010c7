"""What an entry does for whoever connects, as services on the streams of `node.peers`.

Joining and renewing need no introduction, because whoever asks for them has none yet. They are
limited by the address they come from, and for all together: a stranger's key costs nothing, so a
limit for each key would limit nobody. Everything else is limited for each member.
"""

import ipaddress
from collections.abc import Callable
from typing import Any

from closedmesh.entry.admission import Admission
from closedmesh.entry.catalogue import Catalogue
from closedmesh.entry.handing_over import hand_over
from closedmesh.entry.meeting import seen_at
from closedmesh.entry.register import Register
from closedmesh.entry.settling import Settler
from closedmesh.mesh.addresses import split_socket_address
from closedmesh.mesh.allowance import Allowance
from closedmesh.mesh.allowances import Allowances
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.handing_over import HandOver
from closedmesh.mesh.membership import Certificate, Scope
from closedmesh.mesh.messages import (
    AmIListed,
    Announce,
    Certify,
    Find,
    Join,
    Message,
    Pull,
    Refused,
    Renew,
)
from closedmesh.mesh.records import Reconcile
from closedmesh.mesh.settlement import ReadAccount, Settle, Settled
from closedmesh.mesh.signing import peek
from closedmesh.node.clock import Clock
from closedmesh.node.membership import Membership
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Service, Services
from closedmesh.node.talk import Talk
from closedmesh.node.verdicts import Verdicts

STRANGERS_A_SECOND = 10.0
STRANGERS_AT_ONCE = 100.0
"""Joining or renewing, of all together: each costs some signatures and a write to the disk."""

SAME_PLACE_A_SECOND = 1.0
SAME_PLACE_AT_ONCE = 50.0
"""The same from one address, behind which a school may be."""

PLACES_KNOWN = 4096
"""Addresses that are remembered."""

REQUESTS_A_SECOND = 1.0
REQUESTS_AT_ONCE = 20.0
"""Of one member: an announcement when something changes, a look every few seconds."""

CLAIMS_A_SECOND = 2.0
CLAIMS_AT_ONCE = 60.0
"""Messages to the settler, of one member; they are counted apart, so that whoever has much to
claim is still listed."""

MEMBERS_KNOWN = 20_000
"""Members whose allowances are remembered."""

RETRY_AFTER = 5000
"""Milliseconds, told to whoever is too quick."""


class Door:
    """What an entry answers to."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it joins
        self,
        admission: Admission,
        register: Register,
        membership: Membership,
        catalogue: Catalogue,
        verdicts: Verdicts,
        settler: Settler | None,
        clock: Clock,
    ) -> None:
        """`membership` is that of the entry itself, and knows what is passed on; a mesh has one
        settler, at the entry that founded it."""
        self._settler = settler
        self._admission = admission
        self._register = register
        self._membership = membership
        self._catalogue = catalogue
        self._verdicts = verdicts
        self._clock = clock
        self._strangers = Allowance(STRANGERS_A_SECOND, STRANGERS_AT_ONCE, clock.monotonic())
        self._places = Allowances(SAME_PLACE_A_SECOND, SAME_PLACE_AT_ONCE, PLACES_KNOWN)
        self._claimers = Allowances(CLAIMS_A_SECOND, CLAIMS_AT_ONCE, MEMBERS_KNOWN)
        self._members = Allowances(REQUESTS_A_SECOND, REQUESTS_AT_ONCE, MEMBERS_KNOWN)

    def services(self) -> Services:
        """By the messages that open them."""
        return {
            Join: self._for_strangers(self._join),
            Renew: self._for_strangers(self._renew),
            Certify: self._for_members(Scope.CHAT, self._certify),
            Announce: self._for_members(Scope.SHARE, self._announce),
            AmIListed: self._for_members(Scope.SHARE, self._listed),
            Pull: self._for_members(Scope.CHAT, self._pull),
            Find: self._for_members(Scope.CHAT, self._find),
            Reconcile: self._for_members(Scope.ENTRY, self._reconcile),
            **(self._of_settler(self._settler) if self._settler else {}),
        }

    def _for_strangers(self, answer: "Answer") -> Service:
        async def limited(peer: Peer, talk: Talk, message: Any) -> None:
            if self._welcomes(peer):
                await _say(talk, answer(peer, message))
            else:
                await talk.send(_too_many("Many want to join just now."))

        return Service(None, limited)

    def _welcomes(self, stranger: Peer) -> bool:
        now = self._clock.monotonic()
        place = _place(seen_at(stranger))
        # Whoever comes through a relay has no address of its own here.
        allowed = place is None or self._places.try_use(place, now)
        return allowed and self._strangers.try_use(1.0, now)

    def _for_members(
        self, scope: Scope, answer: "Answer", allowances: Allowances | None = None
    ) -> Service:
        allowances = self._members if allowances is None else allowances

        async def limited(peer: Peer, talk: Talk, message: Any) -> None:
            if allowances.try_use(peer.node, self._clock.monotonic()):
                await _say(talk, answer(peer, message))
            else:
                await talk.send(_too_many("That is too often."))

        return Service(scope, limited)

    def _join(self, peer: Peer, join: Join) -> list[Message]:
        return [self._admission.join(peer.node, join)]

    def _renew(self, peer: Peer, renew: Renew) -> list[Message]:
        return [self._admission.renew(peer.node, renew)]

    def _certify(self, peer: Peer, certify: Certify) -> list[Message]:
        return [self._admission.certify(peer.node, certify)]

    def _announce(self, peer: Peer, announce: Announce) -> list[Message]:
        return [self._catalogue.announce(_shown(peer), announce)]

    def _listed(self, peer: Peer, _question: AmIListed) -> list[Message]:
        return [self._catalogue.listed(_shown(peer))]

    def _pull(self, peer: Peer, pull: Pull) -> list[Message]:
        asker = None if peer.scope is Scope.ENTRY else peer.node
        pages = self._catalogue.changes(asker, pull)
        return [*self._verdicts.news(pull.verdicts), *self._membership.with_news(pages, pull)]

    def _reconcile(self, _peer: Peer, reconcile: Reconcile) -> list[Message]:
        self._membership.take_notices(reconcile.notices)
        return list(self._register.digests().pages(reconcile.digests))

    def _of_settler(self, settler: Settler) -> Services:
        def settle(peer: Peer, wanted: Settle) -> list[Message]:
            refusals = settler.settle(peer.node, wanted.claims)
            return [Settled(tuple(why or "" for why in refusals))]

        def account(peer: Peer, read: ReadAccount) -> list[Message]:
            return [settler.account(peer.node, read.first)]

        def over(peer: Peer, said: HandOver) -> list[Message]:
            now = self._clock.now()
            return [hand_over(settler, self._admission, peer.node, said, now)]

        return {
            HandOver: self._for_members(Scope.CHAT, over, self._claimers),
            Settle: self._for_members(Scope.SHARE, settle, self._claimers),
            ReadAccount: self._for_members(Scope.CHAT, account, self._claimers),
        }

    def _find(self, _peer: Peer, find: Find) -> list[Message]:
        return [self._catalogue.find(find)]


Answer = Callable[[Peer, Any], list[Message]]


async def _say(talk: Talk, messages: list[Message]) -> None:
    for message in messages:
        await talk.send(message)


def _place(address: str | None) -> str | None:
    """Whatever one subscriber has: an IPv4 address, or the first half of an IPv6 address."""
    if address is None:
        return None
    host, _ = split_socket_address(address)
    if ":" not in host:
        return host
    return str(ipaddress.ip_network((host, 64), strict=False))


def _too_many(reason: str) -> Refused:
    return Refused(RefusalCode.RATE_LIMITED, reason, RETRY_AFTER)


def _shown(peer: Peer) -> Certificate:
    """The certificate by which a peer was authorised."""
    if peer.credential is None:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "Say Hello first.")
    return peek(peer.credential.statement, Certificate)
