"""What entries of one mesh tell each other: invites and their uses, members, and asking keys.

Each entry writes down what it did itself, at any time, also while it hears of no other. `merged`
brings two versions of a record together, and it does not matter in which order or how often: a
use of an invite is counted for each entry, what was revoked stays revoked, the newest certificate
counts. So entries that hear one another again agree after one exchange: the one says digests of
256 parts of what it knows (`Reconcile`), the other sends the parts that differ (`Records`).

While two entries cannot hear each other, an invite may be used as often at either as it may be
used at all; nothing can prevent that without asking both each time.
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Annotated, assert_never

import msgspec
from msgspec import Meta, Struct, structs

from closedmesh.mesh.ids import InviteId, NodeIdField, SerialField
from closedmesh.mesh.invites import MAX_ENTRIES, MAX_USES
from closedmesh.mesh.membership import Endorsed, Scope, Time

MAX_RECORDS = 256
"""Of each kind in one message."""

BUCKETS = 256
DIGEST_BYTES = 8

Moment = Annotated[float, Meta(ge=0, le=2**53)]
InviteIdField = Annotated[InviteId, Meta(pattern=r"\A[0-9a-f]{12}\Z")]
Uses = Annotated[int, Meta(ge=0, le=MAX_USES)]


class InviteRecord(Struct, frozen=True, array_like=True, tag="invite"):
    """An invite, without its secret."""

    id: InviteIdField
    secret_hash: Annotated[str, Meta(pattern=r"\A[0-9a-f]{64}\Z")]
    scope: Scope
    uses: Annotated[int, Meta(ge=1, le=MAX_USES)]
    made: Moment
    expires: Time
    revoked: bool
    used: Annotated[dict[NodeIdField, Uses], Meta(max_length=64)]
    """How often at which entry."""


class MemberRecord(Struct, frozen=True, array_like=True, tag="member"):
    """A membership."""

    node: NodeIdField
    serial: SerialField
    scope: Scope
    owner: NodeIdField | None
    invite: InviteIdField | None
    """By which it joined last; `None` for whoever founded the mesh."""
    joined: Moment
    """When the membership of this number began."""
    expires: Time
    revoked: Moment | None


class KeyRecord(Struct, frozen=True, array_like=True, tag="key"):
    """An asking key of a member."""

    serial: SerialField
    key: NodeIdField
    day: Annotated[int, Meta(ge=0, le=2**31)]
    member: NodeIdField


Record = InviteRecord | MemberRecord | KeyRecord


class Reconcile(Struct, frozen=True, array_like=True):
    """What do you know that I do not? `digests` are those of what I know (`Digests`)."""

    digests: Annotated[
        bytes, Meta(min_length=BUCKETS * DIGEST_BYTES, max_length=BUCKETS * DIGEST_BYTES)
    ]
    notices: Annotated[tuple[Endorsed, ...], Meta(max_length=MAX_ENTRIES)] = ()
    """Where entries are (`entries`), the sender first of all: it may be new to the other one."""


class Records(Struct, frozen=True, array_like=True):
    """All records of parts that differ. Comes as often as needed; the last one has `complete`."""

    records: Annotated[tuple[Record, ...], Meta(max_length=MAX_RECORDS)]
    complete: bool


def merged(ours: Record, theirs: Record) -> Record:
    """What is known once both versions are. Raises `ValueError` for two different things."""
    if name_of(ours) != name_of(theirs):
        raise ValueError("two different records")
    match ours, theirs:
        case InviteRecord(), InviteRecord():
            return _merged_invites(ours, theirs)
        case MemberRecord(), MemberRecord():
            return _merged_members(ours, theirs)
        case _:
            return max(ours, theirs, key=msgspec.msgpack.encode)


def _merged_invites(ours: InviteRecord, theirs: InviteRecord) -> InviteRecord:
    used = {
        entry: max(ours.used.get(entry, 0), theirs.used.get(entry, 0))
        for entry in sorted({*ours.used, *theirs.used})
    }
    facts = max(ours, theirs, key=lambda each: (each.made, each.expires, each.uses, each.scope))
    return structs.replace(facts, used=used, revoked=ours.revoked or theirs.revoked)


def _merged_members(ours: MemberRecord, theirs: MemberRecord) -> MemberRecord:
    if ours.serial != theirs.serial:
        # It joined anew: after its membership was ended, or at two entries at once.
        return max(ours, theirs, key=lambda each: (each.joined, each.serial))
    newest = max(ours, theirs, key=lambda each: (each.expires, each.owner or "", each.invite or ""))
    ends = [each.revoked for each in (ours, theirs) if each.revoked is not None]
    return structs.replace(
        newest,
        scope=ours.scope if ours.scope.covers(theirs.scope) else theirs.scope,
        joined=max(ours.joined, theirs.joined),
        revoked=min(ends, default=None),
    )


def name_of(record: Record) -> str:
    """What a record is about: two of the same name are versions of one."""
    match record:
        case InviteRecord():
            return f"invite {record.id}"
        case MemberRecord():
            return f"member {record.node}"
        case KeyRecord():
            return f"key {record.serial}"
        case _:
            assert_never(record)


class Digests:
    """Of all that an entry knows, in 256 parts."""

    def __init__(self, records: Iterable[Record]) -> None:
        parts: dict[int, list[Record]] = {}
        sums = [0] * BUCKETS
        for record in records:
            part = _part(record)
            parts.setdefault(part, []).append(record)
            sums[part] ^= _digest(record)
        self._parts: Mapping[int, list[Record]] = MappingProxyType(parts)
        self.sums = b"".join(each.to_bytes(DIGEST_BYTES, "big") for each in sums)
        """8 bytes for each part."""

    def pages(self, theirs: bytes) -> Iterator[Records]:
        """What somebody with these digests is told, at least one page."""
        differ = [
            part for part in range(BUCKETS) if _slice(self.sums, part) != _slice(theirs, part)
        ]
        found = [record for part in differ for record in self._parts.get(part, ())]
        for start in range(0, max(1, len(found)), MAX_RECORDS):
            page = tuple(found[start : start + MAX_RECORDS])
            yield Records(page, complete=start + MAX_RECORDS >= len(found))


def _part(record: Record) -> int:
    return hashlib.sha256(name_of(record).encode()).digest()[0]


def _digest(record: Record) -> int:
    digest = hashlib.sha256(msgspec.msgpack.encode(record)).digest()
    return int.from_bytes(digest[:DIGEST_BYTES], "big")


def _slice(sums: bytes, part: int) -> bytes:
    return sums[part * DIGEST_BYTES : (part + 1) * DIGEST_BYTES]
