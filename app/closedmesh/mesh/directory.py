"""Who is out there and what they offer: merged, expired, forgotten, and told on.

An entry and a peer keep the same table. The newest sequence of each peer wins; an older one is
refused even after the newer has expired, as long as it could still be believed. What changed is
told by cursor, so that a round costs only what is new; a peer whose cursor is not known (the
entry was started again, or it is another entry) sends the digests of 256 buckets and is told only
those that differ.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from closedmesh.mesh.announcements import MAX_LIFETIME, Announcement, read_announcement
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import MeshId, NodeId, Serial
from closedmesh.mesh.membership import CLOCK_SKEW
from closedmesh.mesh.messages import MAX_ANNOUNCEMENTS
from closedmesh.mesh.signing import Sealed

MAX_PEERS = 12_000
"""Peers in the table; about 40 MB. A full table takes no new ones until some expire."""

BUCKETS = 256
_BUCKET_BYTES = 8
EPOCH_BYTES = 8
_CHANGE_BYTES = 8


@dataclass(frozen=True, slots=True)
class Listing:
    """One peer's newest announcement."""

    announcement: Announcement
    sealed: Sealed
    change: int
    """Number of the change by which it came here."""
    digest: int


@dataclass(frozen=True, slots=True)
class Page:
    """A part of what changed."""

    announcements: tuple[Sealed, ...]
    cursor: bytes
    complete: bool


class Directory:
    """The table of one mesh. Not more than `limit` peers, whatever arrives."""

    def __init__(self, mesh: MeshId, epoch: bytes, limit: int = MAX_PEERS) -> None:
        """`epoch` are 8 random bytes that tell this table's cursors from those of others."""
        if len(epoch) != EPOCH_BYTES:
            raise ValueError(f"an epoch has {EPOCH_BYTES} bytes")
        self._mesh = mesh
        self._epoch = epoch
        self._limit = limit
        self._changes = 0
        self._revoked: frozenset[Serial] = frozenset()
        # In the order of their changes: the last is the newest.
        self._listings: dict[NodeId, Listing] = {}

    def __len__(self) -> int:
        return len(self._listings)

    def merge(self, sealed: Sealed, now: float) -> Announcement | None:
        """Take up an announcement. `None` if exactly this one was known.

        Raises `NotAuthorised` when it is not genuine, of somebody else, of another mesh, revoked,
        too old or older than what is known, or when there is no room.
        """
        known = self._listings.get(sealed.signer)
        if known is not None and known.sealed == sealed:
            return None
        said = read_announcement(sealed, self._mesh, now)
        if said.certificate in self._revoked:
            raise NotAuthorised(RefusalCode.REVOKED, "The membership of this peer was revoked.")
        if known is not None and said.sequence <= known.announcement.sequence:
            raise NotAuthorised(RefusalCode.STALE, "A newer announcement of this peer is known.")
        if known is None and len(self._listings) >= self._limit:
            self.forget(now)
            if len(self._listings) >= self._limit:
                raise NotAuthorised(RefusalCode.BUSY, "The directory is full.")
        self._listings.pop(said.node, None)
        self._changes += 1
        self._listings[said.node] = Listing(said, sealed, self._changes, _digest(said))
        return said

    def revoke(self, serials: frozenset[Serial]) -> None:
        """Drop every peer that shares under one of these certificates, and take it no more."""
        self._revoked = serials
        for node, each in list(self._listings.items()):
            if each.announcement.certificate in serials:
                del self._listings[node]

    def forget(self, now: float) -> None:
        """Drop what could not be believed any more if it came again."""
        # The longest lifetime and both clocks' errors: a replay would be refused as too old.
        old = now - MAX_LIFETIME - 2 * CLOCK_SKEW
        for node in [n for n, each in self._listings.items() if each.announcement.made < old]:
            del self._listings[node]

    def get(self, node: NodeId, now: float) -> Announcement | None:
        """What a peer says of itself, if it is believed now."""
        listing = self._listings.get(node)
        return listing.announcement if listing and _is_live(listing, now) else None

    def live(self, now: float) -> Iterator[Announcement]:
        """Every peer that shares now."""
        for listing in self._listings.values():
            if _is_live(listing, now) and listing.announcement.offers:
                yield listing.announcement

    def buckets(self, now: float) -> bytes:
        """Digest of what is here, 8 bytes for each of 256 parts."""
        sums = [0] * BUCKETS
        for node, listing in self._listings.items():
            if _is_live(listing, now):
                sums[_bucket(node)] ^= listing.digest
        return b"".join(each.to_bytes(_BUCKET_BYTES, "big") for each in sums)

    def pages(self, cursor: bytes, buckets: bytes, now: float) -> list[Page]:
        """All that changed since a cursor, oldest first, at least one page."""
        since = self._position(cursor)
        changed = self._differing(buckets, now) if since is None else self._since(since, now)
        starts = range(0, max(1, len(changed)), MAX_ANNOUNCEMENTS)
        parts = [changed[start : start + MAX_ANNOUNCEMENTS] for start in starts]
        ends = [part[-1].change for part in parts[:-1]] + [self._changes]
        return [
            Page(tuple(each.sealed for each in part), self._cursor(end), part is parts[-1])
            for part, end in zip(parts, ends, strict=True)
        ]

    def _cursor(self, change: int) -> bytes:
        return self._epoch + change.to_bytes(_CHANGE_BYTES, "big")

    def _position(self, cursor: bytes) -> int | None:
        if len(cursor) != EPOCH_BYTES + _CHANGE_BYTES or not cursor.startswith(self._epoch):
            return None
        position = int.from_bytes(cursor[EPOCH_BYTES:], "big")
        return position if position <= self._changes else None

    def _since(self, change: int, now: float) -> list[Listing]:
        newest_first = takewhile(
            lambda listing: listing.change > change, reversed(self._listings.values())
        )
        return [listing for listing in newest_first if _is_live(listing, now)][::-1]

    def _differing(self, theirs: bytes, now: float) -> list[Listing]:
        ours = self.buckets(now)
        differ = [
            _slice(ours, bucket) != _slice(theirs, bucket) or len(theirs) != len(ours)
            for bucket in range(BUCKETS)
        ]
        return [
            listing
            for node, listing in self._listings.items()
            if differ[_bucket(node)] and _is_live(listing, now)
        ]


def _is_live(listing: Listing, now: float) -> bool:
    return now < listing.announcement.expires + CLOCK_SKEW


def _bucket(node: NodeId) -> int:
    return int(node[:2], 16)


def _slice(buckets: bytes, bucket: int) -> bytes:
    return buckets[bucket * _BUCKET_BYTES : (bucket + 1) * _BUCKET_BYTES]


def _digest(said: Announcement) -> int:
    named = hashlib.sha256(f"{said.node} {said.sequence}".encode()).digest()
    return int.from_bytes(named[:_BUCKET_BYTES], "big")
