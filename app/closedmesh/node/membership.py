"""What this peer is in its mesh: the certificate, what the mesh has revoked, and where entries are.

Kept in the database, so that a peer that was switched off is a member when it comes back. The
invite itself is used and forgotten.
"""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

import msgspec
from msgspec import Struct, structs

from closedmesh.errors import InviteRefused, MeshUnreachable, NotAMember
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.entries import Entries
from closedmesh.mesh.faults import NotAuthorised, ProtocolError, RefusalCode
from closedmesh.mesh.ids import MeshId, NodeId, short
from closedmesh.mesh.invites import Invite
from closedmesh.mesh.membership import (
    ASKING_DAYS,
    AskingKey,
    Certificate,
    Endorsed,
    Redemption,
    Revocations,
    Scope,
    add_list,
    authorise,
    day_of,
)
from closedmesh.mesh.messages import Certified, Certify, Delta, Join, Joined, MeshInfo, Pull
from closedmesh.mesh.signing import Sealed, peek, seal
from closedmesh.node.clock import Clock
from closedmesh.node.identity import Identity
from closedmesh.node.store import Store
from closedmesh.node.talk import PeerRefused, ask_once
from closedmesh.node.transport import Transport, TransportError

log = logging.getLogger(__name__)

INVITE_VARIABLE = "CLOSEDMESH_INVITE"
"""In the environment: an invite that is used at the first start."""

_KEPT = "membership"
_LISTS = "revocation-lists"
_NOTICES = "entry-notices"

TELL_CREDITS = 3600.0
"""Seconds between two certificates that are only wanted because the balance is another: as often
as it can be proven."""

Kept = TypeVar("Kept")

MAX_NEWS = 8
"""Lists, and notices of entries, that are told at once; the rest with the next pull."""

EXCLUDED = frozenset({RefusalCode.NOT_A_MEMBER, RefusalCode.REVOKED})
"""With which an entry says that a membership is over."""


class Adoption(Struct, frozen=True):
    """This computer was joined to an owner whose key is on another one."""

    owner: NodeId
    instead_of: NodeId | None
    """The owner whose key is here; with another key here the adoption is over."""


class Member(Struct, frozen=True):
    """A membership as it is kept."""

    info: MeshInfo
    credential: Endorsed
    asking: dict[int, Endorsed] = {}
    """Certificates of asking keys, by day."""
    adoption: Adoption | None = None


class Membership:
    """The membership of this home, if there is one. Implements `peers.Standing`."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self.member = _read(store, _KEPT, Member)
        self.lists: dict[NodeId, Endorsed] = {}
        """The signed revocation lists, to be passed on."""
        self.revocations = Revocations()
        self.notices = Entries()
        """Where entries say they are, to be passed on."""
        self.has_credits: Callable[[], bool] = lambda: False
        """By the last proof of its balance; the mesh side tells."""
        self._told_credits = float("-inf")
        self.excluded = ""
        """Why entries no longer take this peer for a member; empty while one does."""
        if self.member:
            self.take_lists(_read(store, _LISTS, tuple[Endorsed, ...]) or ())
            self.take_notices(_read(store, _NOTICES, tuple[Endorsed, ...]) or ())

    @property
    def mesh(self) -> MeshId:
        """The mesh. Raises `NotAMember`."""
        return self._known().info.mesh

    @property
    def credential(self) -> Endorsed:
        """What shows the membership. Raises `NotAMember`."""
        return self._known().credential

    @property
    def certificate(self) -> Certificate:
        """What the credential says. Raises `NotAMember`."""
        return peek(self.credential.statement, Certificate)

    def is_adopted(self, identity: Identity) -> bool:
        """Whether this computer belongs to an owner whose key is on another one."""
        adoption = self.member.adoption if self.member else None
        own = identity.owner.node if identity.owner else None
        return adoption is not None and own in (adoption.instead_of, None)

    def ownership(self, identity: Identity) -> Sealed | None:
        """What shows an entry whose this computer is; `None` where the entry knows it better."""
        return None if self.is_adopted(identity) else identity.ownership(self.mesh)

    def _known(self) -> Member:
        if self.member is None:
            raise not_a_member()
        return self.member

    def become(self, member: Member) -> None:
        """Be a member from now on, also after the next start."""
        _write(self._store, _KEPT, member)
        self.member = member
        self.excluded = ""

    def leave(self) -> None:
        """Forget the membership."""
        self._store.remember(_KEPT, "")
        self._store.remember(_LISTS, "")
        self._store.remember(_NOTICES, "")
        self.member, self.lists, self.revocations, self.excluded = None, {}, Revocations(), ""
        self.notices = Entries()

    def take_lists(self, lists: Iterable[Endorsed]) -> bool:
        """Believe revocation lists of this mesh's entries; whether any was new."""
        news = False
        for each in lists:
            try:
                self.revocations, new = add_list(
                    self.revocations, each, self.mesh, self._clock.now()
                )
            except NotAuthorised as error:
                log.info("a revocation list was not believed: %s", error.reason)
                continue
            if new:
                self.lists[each.statement.signer] = each
                news = True
        if news:
            _write(self._store, _LISTS, tuple(self.lists.values()))
            self.take_notices(())
        return news

    def take_notices(self, notices: Iterable[Endorsed]) -> bool:
        """Believe what entries of this mesh say of where they are, and forget those that are none
        any longer; whether anything is different."""
        known, now = self.notices, self._clock.now()
        for each in notices:
            try:
                known = known.take(each, self.mesh, self.revocations, now)
            except NotAuthorised as error:
                log.info("a notice of an entry was not believed: %s", error.reason)
        known = known.still_hold(self.mesh, self.revocations, now)
        if known is self.notices:
            return False
        self.notices = known
        _write(self._store, _NOTICES, tuple(known.notices.values()))
        return True

    def entries(self) -> tuple[Address, ...]:
        """Where the entries of the mesh are; none while there is no membership. Those that were
        told when this peer joined count until another one says itself where it is."""
        if self.member is None:
            return ()
        heard, own = self.notices.addresses(), self.certificate.node
        if any(each.node != own for each in heard):
            return heard
        return (*heard, *(each for each in self.member.info.entries if each.node != own))

    def with_news(self, pages: Sequence[Delta], pull: Pull) -> list[Delta]:
        """The pages that somebody who pulls is told, with what is new of lists and entries."""
        first, *others = pages
        lists = tuple(
            each
            for issuer, each in self.lists.items()
            if self.revocations.lists[issuer].sequence > pull.revocations.get(issuer, 0)
        )
        notices = self.notices.newer(pull.entries)
        first = structs.replace(first, revocations=lists[:MAX_NEWS], entries=notices[:MAX_NEWS])
        return [first, *others]

    def take(self, node: NodeId, joined: Joined, adoption: Adoption | None = None) -> None:
        """Take up what an entry gave: a certificate, and where the mesh is; from an owner's invite
        also whose this computer is now. Raises `NotAuthorised` if it is not ours or not
        genuine."""
        mesh = joined.info.mesh
        before = self.member
        certificate = authorise(
            joined.credential,
            mesh=before.info.mesh if before else mesh,
            node=node,
            wanted=Scope.CHAT,
            revocations=self.revocations,
            now=self._clock.now(),
        )
        if adoption and certificate.owner != adoption.owner:
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "It names another owner.")
        asking = before.asking if before else {}
        adoption = adoption or (before.adoption if before else None)
        self.become(Member(joined.info, joined.credential, asking, adoption))
        self.take_lists(joined.revocations)

    def asking_request(self, identity: Identity, entry: NodeId) -> Certify | None:
        """What to have certified for the coming days; `None` while everything is."""
        today = day_of(self._clock.now())
        days = range(today, today + ASKING_DAYS)
        missing = [day for day in days if not self._is_certified(day)]
        if not missing:
            return None
        if all(day in self._known().asking for day in missing):
            self._told_credits = self._clock.now()
        keys = (Identity.of(identity.asking_secret(self.mesh, day)).key for day in missing)
        return Certify(
            tuple(
                seal(AskingKey(self.mesh, entry, identity.node, day), key)
                for day, key in zip(missing, keys, strict=True)
            )
        )

    def _is_certified(self, day: int) -> bool:
        """Whether there is a certificate for a day, which says whether this member has credits."""
        known = self._known().asking.get(day)
        if known is None:
            return False
        told = peek(known.statement, Certificate).credit
        recently = self._clock.now() - self._told_credits < TELL_CREDITS
        return recently or told == self.has_credits()

    def take_asking(self, request: Certify, certified: Certified) -> None:
        """Keep the certificates of asking keys that an entry gave."""
        today = day_of(self._clock.now())
        asking = {day: each for day, each in self._known().asking.items() if day >= today - 1}
        for sealed, credential in zip(request.keys, certified.credentials, strict=False):
            day = peek(sealed, AskingKey).day
            authorise(
                credential,
                mesh=self.mesh,
                node=sealed.signer,
                wanted=Scope.CHAT,
                revocations=self.revocations,
                now=max(self._clock.now(), day * 86400.0),
            )
            asking[day] = credential
        self.become(structs.replace(self._known(), asking=asking))


@dataclass(frozen=True, slots=True)
class AskingStanding:
    """What this peer is under the key of a day."""

    membership: Membership
    day: int

    @property
    def mesh(self) -> MeshId:
        return self.membership.mesh

    @property
    def credential(self) -> Endorsed:
        member = self.membership.member
        if member is None or self.day not in member.asking:
            raise not_a_member()
        return member.asking[self.day]

    @property
    def revocations(self) -> Revocations:
        return self.membership.revocations


_ELSEWHERE = frozenset({RefusalCode.INVITE_UNKNOWN, RefusalCode.RATE_LIMITED})
"""With which an entry refuses what another one may grant."""


async def redeem(
    transport: Transport, identity: Identity, invite: Invite, shown: Sealed | None
) -> Joined:
    """Use an invite at the first of its entries that answers; `shown` is what is shown with it: an
    `Ownership`, or the invite itself where an owner wrote it. Raises `InviteRefused`, or
    `MeshUnreachable` when none does."""
    problem, refusal = "", None
    for address in invite.entries:
        redemption = Redemption(invite.mesh, address.node, invite.secret)
        try:
            connection = await transport.dial(address)
            try:
                joined = await ask_once(
                    connection, _join(redemption, identity, invite, shown), Joined
                )
            finally:
                connection.close(0, "done")
        except PeerRefused as refused:
            refusal = refused
            if refused.code in _ELSEWHERE:
                continue
            break
        except (TransportError, ProtocolError) as error:
            problem = str(error) or type(error).__name__
            log.info("entry %s: %s", short(address.node), problem)
            continue
        if joined.info.mesh != invite.mesh:
            raise InviteRefused("The entry belongs to another mesh.", "Ask for a new invite.")
        return joined
    if refusal:
        raise _refused(invite, refusal)
    raise MeshUnreachable(
        f"No entry of {invite.mesh_name} answers ({problem}).",
        "Look whether this computer is online, and try again in a minute.",
    )


def _join(redemption: Redemption, identity: Identity, invite: Invite, shown: Sealed | None) -> Join:
    sealed = seal(redemption, identity.key)
    return Join(sealed, invite=shown) if invite.owner else Join(sealed, shown)


def _refused(invite: Invite, refused: PeerRefused) -> InviteRefused:
    titles = {
        RefusalCode.INVITE_USED: "has been used as often as it may be",
        RefusalCode.INVITE_EXPIRED: "has expired",
        RefusalCode.INVITE_REVOKED: "was withdrawn",
        RefusalCode.INVITE_UNKNOWN: "is not known to the mesh",
        RefusalCode.REVOKED: "does not admit this computer, whose membership was ended",
        RefusalCode.RATE_LIMITED: "cannot be used just now: too many tried",
    }
    why = titles.get(refused.code, f"was refused ({refused.code})")
    return InviteRefused(
        f"This invite to {invite.mesh_name} {why}.", "Ask the person who sent it for a new one."
    )


def not_a_member() -> NotAMember:
    """The error of whoever wants something of the mesh without being in one."""
    return NotAMember(
        "This computer is in no mesh.", "Join one with an invite, or ask this computer."
    )


def _read(store: Store, name: str, kind: type[Kept]) -> Kept | None:
    kept = store.fact(name)
    if not kept:
        return None
    try:
        return msgspec.json.decode(kept, type=kind)
    except (msgspec.DecodeError, ValueError):
        log.warning("what was kept as %s cannot be read", name)
        return None


def _write(store: Store, name: str, value: object) -> None:
    store.remember(name, msgspec.json.encode(value).decode())
