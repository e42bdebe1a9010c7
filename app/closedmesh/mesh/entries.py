"""Where the entries of a mesh are: each says so itself, and everybody passes it on.

A notice is signed by the entry and travels with the certificate that makes it one, so a peer that
knows the mesh's id believes it from whomever it comes. The newest of each entry counts. One that
is not renewed is forgotten after a week: an entry that is gone for ever costs nobody anything.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from msgspec import Struct

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import MeshId, MeshIdField, NodeId
from closedmesh.mesh.invites import MAX_ENTRIES
from closedmesh.mesh.membership import CLOCK_SKEW, DAY, Endorsed, Revocations, Time, endorsed
from closedmesh.mesh.signing import PrivateKey, Sealed, peek, seal

NOTICE_LIFETIME = 7 * DAY
"""Seconds, as long as a member is believed that no entry renews."""

RENEW_NOTICE = DAY
"""Seconds after which an entry says again where it is."""


class EntryNotice(Struct, frozen=True, array_like=True, tag="entry-notice"):
    """The signer, an entry, can be reached here."""

    mesh: MeshIdField
    address: Address
    made: Time
    """The newest notice of an entry replaces older ones."""


@dataclass(frozen=True, slots=True)
class Entries:
    """The newest notice of each entry, signed."""

    notices: Mapping[NodeId, Endorsed] = field(default_factory=lambda: MappingProxyType({}))

    def made(self) -> dict[NodeId, int]:
        """How new each notice is."""
        return {node: _said(each).made for node, each in self.notices.items()}

    def addresses(self) -> tuple[Address, ...]:
        """Where the entries are."""
        return tuple(_said(each).address for each in self.notices.values())

    def newer(self, known: Mapping[NodeId, int]) -> tuple[Endorsed, ...]:
        """Those that are new to somebody who knows notices this new."""
        return tuple(
            each for node, each in self.notices.items() if _said(each).made > known.get(node, -1)
        )

    def take(self, news: Endorsed, mesh: MeshId, revocations: Revocations, now: float) -> "Entries":
        """With one more notice; the same if it is not newer.

        Raises `NotAuthorised` for one that no entry of this mesh signed of itself.
        """
        said = endorsed(news, EntryNotice, mesh, revocations, now)
        node = news.statement.signer
        if said.mesh != mesh or said.address.node != node:
            raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "An entry can only speak for itself.")
        if not now - NOTICE_LIFETIME <= said.made <= now + CLOCK_SKEW:
            raise NotAuthorised(RefusalCode.STALE, "The notice of an entry is too old or too new.")
        before = self.notices.get(node)
        if before is not None and _said(before).made >= said.made:
            return self
        if before is None and len(self.notices) >= MAX_ENTRIES:
            raise NotAuthorised(RefusalCode.BUSY, "The mesh has too many entries.")
        return Entries(MappingProxyType({**self.notices, node: news}))

    def still_hold(self, mesh: MeshId, revocations: Revocations, now: float) -> "Entries":
        """Without those that are too old or whose entry is none any longer. The last one stays,
        however old: it is the only way back."""
        kept = {node: each for node, each in self.notices.items() if
                _holds(each, mesh, revocations, now)}  # fmt: skip
        if not kept and self.notices:
            last = max(self.notices, key=lambda node: _said(self.notices[node]).made)
            kept = {last: self.notices[last]}
        return self if len(kept) == len(self.notices) else Entries(MappingProxyType(kept))


def notice(
    mesh: MeshId, address: Address, now: float, key: PrivateKey, authority: Sealed
) -> Endorsed:
    """What an entry says of itself."""
    return Endorsed(seal(EntryNotice(mesh, address, int(now)), key), authority)


def visited(node: NodeId, entries: Iterable[Address]) -> list[Address]:
    """The entries in the order in which a peer turns to them: another one for each peer, so that
    they share the work, and nearly the same one when others come and go."""
    return sorted(
        entries, key=lambda entry: hashlib.sha256(f"{node} {entry.node}".encode()).digest()
    )


def _said(signed: Endorsed) -> EntryNotice:
    return peek(signed.statement, EntryNotice)


def _holds(signed: Endorsed, mesh: MeshId, revocations: Revocations, now: float) -> bool:
    try:
        said = endorsed(signed, EntryNotice, mesh, revocations, now)
    except NotAuthorised:
        return False
    return now < said.made + NOTICE_LIFETIME
