"""What an entry does for whoever connects, as services on the streams of `node.peers`.

Joining and renewing need no introduction, because whoever asks for them has none yet. They are
limited for all strangers together: a stranger's key costs nothing, so a limit for each would
limit nobody. Everything else is limited for each member.
"""

from collections.abc import Callable
from typing import Any

from closedmesh.entry.admission import Admission
from closedmesh.entry.catalogue import Catalogue
from closedmesh.mesh.allowance import Allowance
from closedmesh.mesh.allowances import Allowances
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
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
from closedmesh.mesh.signing import peek
from closedmesh.node.clock import Clock
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Service, Services
from closedmesh.node.talk import Talk

STRANGERS_A_SECOND = 10.0
STRANGERS_AT_ONCE = 100.0
"""Joining or renewing, of all together: each costs some signatures and a write to the disk."""

REQUESTS_A_SECOND = 1.0
REQUESTS_AT_ONCE = 20.0
"""Of one member: an announcement when something changes, a look every few seconds."""

MEMBERS_KNOWN = 20_000
"""Members whose allowances are remembered."""

RETRY_AFTER = 5000
"""Milliseconds, told to whoever is too quick."""


class Door:
    """What an entry answers to."""

    def __init__(self, admission: Admission, catalogue: Catalogue, clock: Clock) -> None:
        self._admission = admission
        self._catalogue = catalogue
        self._clock = clock
        self._strangers = Allowance(STRANGERS_A_SECOND, STRANGERS_AT_ONCE, clock.monotonic())
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
        }

    def _for_strangers(self, answer: "Answer") -> Service:
        async def limited(peer: Peer, talk: Talk, message: Any) -> None:
            if self._strangers.try_use(1.0, self._clock.monotonic()):
                await _say(talk, answer(peer, message))
            else:
                await talk.send(_too_many("Many want to join just now."))

        return Service(None, limited)

    def _for_members(self, scope: Scope, answer: "Answer") -> Service:
        async def limited(peer: Peer, talk: Talk, message: Any) -> None:
            if self._members.try_use(peer.node, self._clock.monotonic()):
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
        lists = (self._admission.revocation_list,)
        return [*self._catalogue.changes(peer.node, pull, lists)]

    def _find(self, _peer: Peer, find: Find) -> list[Message]:
        return [self._catalogue.find(find)]


Answer = Callable[[Peer, Any], list[Message]]


async def _say(talk: Talk, messages: list[Message]) -> None:
    for message in messages:
        await talk.send(message)


def _too_many(reason: str) -> Refused:
    return Refused(RefusalCode.RATE_LIMITED, reason, RETRY_AFTER)


def _shown(peer: Peer) -> Certificate:
    """The certificate by which a peer was authorised."""
    if peer.credential is None:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "Say Hello first.")
    return peek(peer.credential.statement, Certificate)
