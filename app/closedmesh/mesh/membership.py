"""Membership: who belongs to a mesh, what for, how long, and who no longer does.

The mesh's own key makes entries: it signs a certificate of scope `ENTRY` for each. Entries sign
the certificates of members, and lists of certificates that no longer hold. A statement of an
entry travels together with the certificate that makes it one (`Endorsed`), so that anybody who
knows the mesh's id can check the whole chain without asking somebody.

A member's certificate stands for its node key and is renewed as long as it lives. Asking is done
under a key of its own that is changed every day: its certificate has no owner, and its times are
those of the day, so it says nothing about the member but that an entry knows it. Keys of the
coming days are certified ahead.

`authorise` is the one question that every stream is put to.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import (
    MeshId,
    MeshIdField,
    NodeId,
    NodeIdField,
    Serial,
    SerialField,
    short,
)
from closedmesh.mesh.signing import PrivateKey, Sealed, Statement, seal, unseal

DAY = 24 * 3600
MEMBER_LIFETIME = 7 * DAY
"""Seconds: how long a member that was revoked can deceive somebody whom no entry reaches."""
RENEW_BEFORE = 5 * DAY
"""Seconds before expiry from which a member asks for a new certificate: two days after the last,
so that an entry may be away for five."""
RENEWAL_GRACE = 180 * DAY
"""Seconds after expiry in which a member that was switched off is still renewed."""
ENTRY_LIFETIME = 3650 * DAY
"""Seconds: the mesh's key may be kept away from every computer, so entries last."""
ASKING_DAYS = 7
"""Days, today included, whose keys are certified: a member needs no entry for a week."""
ASKING_OVERLAP = 2 * 3600
"""Seconds that a day's asking key outlives its day, for answers in progress."""
CLOCK_SKEW = 300
"""Seconds by which two computers' clocks may differ."""
MAX_REVOKED = 10_000
"""Revocations on one list; one is dropped when its certificate would have expired anyway."""
MAX_ISSUERS = 64
"""Entries whose lists are kept."""

Time = Annotated[int, Meta(ge=0, le=2**53)]
"""Unix time, whole seconds."""


class Scope(StrEnum):
    """What a member may do; each includes those before it."""

    CHAT = "chat"
    """Ask."""
    SHARE = "share"
    """Offer models and answer."""
    ENTRY = "entry"
    """Admit members, keep the directory."""

    def covers(self, wanted: "Scope") -> bool:
        """Whether this scope is enough for `wanted`."""
        order = list(Scope)
        return order.index(wanted) <= order.index(self)


class Certificate(Struct, frozen=True, array_like=True, tag="certificate"):
    """The holder of the key `node` is a member."""

    mesh: MeshIdField
    node: NodeIdField
    scope: Scope
    serial: SerialField
    issued: Time
    expires: Time
    owner: NodeIdField | None = None
    """Key of the person who showed that this peer is theirs; caps and credits count owners."""
    credit: bool = False
    """The holder had credits when this was issued; where places are short it goes before those
    who have none. It says no more, so that a day's key stays nobody's."""


class Ownership(Struct, frozen=True, array_like=True, tag="ownership"):
    """The signer, a person's key, says that a peer is theirs."""

    mesh: MeshIdField
    node: NodeIdField


class Redemption(Struct, frozen=True, array_like=True, tag="redemption"):
    """The signer, a peer, wants to become a member by an invite's secret. Names the entry, so
    that nobody who sees it can redeem it elsewhere."""

    mesh: MeshIdField
    entry: NodeIdField
    secret: Annotated[bytes, Meta(min_length=16, max_length=16)]


class AskingKey(Struct, frozen=True, array_like=True, tag="asking-key"):
    """The signer, a key made for one day, wants a certificate from this entry."""

    mesh: MeshIdField
    entry: NodeIdField
    member: NodeIdField
    day: Annotated[int, Meta(ge=0, le=2**31)]
    """Days since 1970, UTC."""


class Revoked(Struct, frozen=True, array_like=True):
    """One certificate that no longer holds."""

    serial: SerialField
    expires: Time
    """When it would have expired."""


class RevocationList(Struct, frozen=True, array_like=True, tag="revocations"):
    """Everything that the signer has revoked and that has not expired. A higher sequence
    replaces a lower one."""

    mesh: MeshIdField
    sequence: Annotated[int, Meta(ge=1, le=2**53)]
    issued: Time
    revoked: Annotated[tuple[Revoked, ...], Meta(max_length=MAX_REVOKED)] = ()


class Endorsed(Struct, frozen=True, array_like=True):
    """A statement of an entry, with what makes its signer an entry."""

    statement: Sealed
    authority: Sealed | None = None
    """The entry's certificate, signed by the mesh's key; `None` if that key signed itself."""


@dataclass(frozen=True, slots=True)
class Revocations:
    """The newest list of each issuer."""

    lists: Mapping[NodeId, RevocationList] = field(default_factory=lambda: MappingProxyType({}))
    serials: frozenset[Serial] = frozenset()
    """Of members, on any list."""

    def sequences(self) -> dict[NodeId, int]:
        """How new each list is."""
        return {issuer: known.sequence for issuer, known in self.lists.items()}


def issue(certificate: Certificate, key: PrivateKey, authority: Sealed | None) -> Endorsed:
    """Sign a certificate with an entry's key (`authority` is its own certificate), or with the
    mesh's key (`None`)."""
    return Endorsed(seal(certificate, key), authority)


def member_certificate(  # noqa: PLR0913 - each field once
    *,
    mesh: MeshId,
    node: NodeId,
    scope: Scope,
    serial: Serial,
    owner: NodeId | None,
    now: float,
) -> Certificate:
    """What a member gets when it joins and when it renews."""
    lifetime = ENTRY_LIFETIME if scope is Scope.ENTRY else MEMBER_LIFETIME
    return Certificate(mesh, node, scope, serial, int(now), int(now) + lifetime, owner)


def asking_certificate(
    mesh: MeshId, key: NodeId, serial: Serial, day: int, *, credit: bool = False
) -> Certificate:
    """What the key of a day gets: the times are the day's, not the moment's."""
    begins = day * DAY
    ends = begins + DAY + ASKING_OVERLAP
    return Certificate(mesh, key, Scope.CHAT, serial, begins, ends, credit=credit)


def day_of(now: float) -> int:
    """The day whose asking key is used, in days since 1970, UTC."""
    return int(now) // DAY


def needs_renewal(certificate: Certificate, now: float) -> bool:
    """Whether a member should ask for a new certificate."""
    return now >= certificate.expires - RENEW_BEFORE


def authorise(  # noqa: PLR0913 - the whole question
    credential: Endorsed,
    *,
    mesh: MeshId,
    node: NodeId,
    wanted: Scope,
    revocations: Revocations,
    now: float,
) -> Certificate:
    """The certificate by which the peer `node`, whose key the transport has proven, may do what
    `wanted` says.

    Raises `NotAuthorised` otherwise.
    """
    certificate = endorsed(credential, Certificate, mesh, revocations, now)
    if certificate.mesh != mesh:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "The certificate is of another mesh.")
    if certificate.node != node:
        raise NotAuthorised(
            RefusalCode.NOT_A_MEMBER, f"The certificate does not belong to peer {short(node)}."
        )
    if certificate.scope is Scope.ENTRY and credential.authority is not None:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "Only the mesh itself makes entries.")
    _check_holds(certificate, mesh, revocations, now)
    if not certificate.scope.covers(wanted):
        raise NotAuthorised(
            RefusalCode.WRONG_SCOPE,
            f"The membership allows {certificate.scope}, not {wanted}.",
        )
    return certificate


def endorsed(
    statement: Endorsed, kind: type[Statement], mesh: MeshId, revocations: Revocations, now: float
) -> Statement:
    """A statement that an entry of this mesh, or the mesh's own key, has signed.

    Raises `NotAuthorised`.
    """
    signer, root = statement.statement.signer, NodeId(mesh)
    if statement.authority is None:
        if signer != root:
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "It is not signed by this mesh.")
    else:
        if statement.authority.signer != root:
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "It is signed for another mesh.")
        entry = unseal(statement.authority, Certificate)
        if (entry.mesh, entry.node, entry.scope) != (mesh, signer, Scope.ENTRY):
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "Its signer is no entry of this mesh.")
        _check_holds(entry, mesh, revocations, now)
    return unseal(statement.statement, kind)


def add_list(
    known: Revocations, news: Endorsed, mesh: MeshId, now: float
) -> tuple[Revocations, bool]:
    """The revocations with one more list, and whether it was new.

    Raises `NotAuthorised` for a list that no entry of this mesh signed.
    """
    arrived = endorsed(news, RevocationList, mesh, known, now)
    if arrived.mesh != mesh:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "The list is of another mesh.")
    signer = news.statement.signer
    before = known.lists.get(signer)
    if before is not None and before.sequence >= arrived.sequence:
        return known, False
    if before is None and len(known.lists) >= MAX_ISSUERS:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "The mesh has too many entries.")
    lists = {**known.lists, signer: arrived}
    return Revocations(MappingProxyType(lists), _serials(lists.values())), True


def _serials(lists: Iterable[RevocationList]) -> frozenset[Serial]:
    return frozenset(revoked.serial for each in lists for revoked in each.revoked)


def _check_holds(
    certificate: Certificate, mesh: MeshId, revocations: Revocations, now: float
) -> None:
    if _is_revoked(certificate, mesh, revocations):
        raise NotAuthorised(RefusalCode.REVOKED, "The membership was revoked.")
    if now >= certificate.expires + CLOCK_SKEW:
        raise NotAuthorised(RefusalCode.EXPIRED, "The membership has expired.")
    if now < certificate.issued - CLOCK_SKEW:
        raise NotAuthorised(
            RefusalCode.EXPIRED,
            "The membership does not hold yet. One of the two clocks is wrong.",
        )


def _is_revoked(certificate: Certificate, mesh: MeshId, revocations: Revocations) -> bool:
    if certificate.scope is not Scope.ENTRY:
        return certificate.serial in revocations.serials
    # One entry must not be able to depose another.
    by_mesh = revocations.lists.get(NodeId(mesh))
    return by_mesh is not None and certificate.serial in _serials([by_mesh])
