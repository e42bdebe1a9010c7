"""Who is out there and what they offer: merged, expired, forgotten, and told on.

An entry and a peer keep the same table. The newest sequence of each peer wins; an older one is
refused even after the newer has expired, as long as it could still be believed. What changed is
told by cursor, so that a round costs only what is new; a peer whose cursor is not known (the
entry was started again, or it is another entry) sends the digests of 256 buckets and is told only
those that differ. In a large mesh a peer is told of a part (`neighbourhoods`), and asks for a
model that it misses (`find`).
"""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile
from operator import attrgetter

from closedmesh.mesh.announcements import MAX_LIFETIME, Announcement, read_announcement
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import Digest, MeshId, NodeId, Serial
from closedmesh.mesh.membership import CLOCK_SKEW
from closedmesh.mesh.messages import MAX_ANNOUNCEMENTS
from closedmesh.mesh.neighbourhoods import Neighbourhoods
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
        self._neighbourhoods = Neighbourhoods(epoch)

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
        self._neighbourhoods.put(said.node, (offer.sha256 for offer in said.offers))
        return said

    def revoke(self, serials: frozenset[Serial]) -> None:
        """Drop every peer that shares under one of these certificates, and take it no more."""
        self._revoked = serials
        for node, each in list(self._listings.items()):
            if each.announcement.certificate in serials:
                self._drop(node)

    def forget(self, now: float) -> None:
        """Drop what could not be believed any more if it came again."""
        # The longest lifetime and both clocks' errors: a replay would be refused as too old.
        old = now - MAX_LIFETIME - 2 * CLOCK_SKEW
        for node in [n for n, each in self._listings.items() if each.announcement.made < old]:
            self._drop(node)

    def _drop(self, node: NodeId) -> None:
        del self._listings[node]
        self._neighbourhoods.remove(node)

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
        return _buckets(each for each in self._listings.values() if _is_live(each, now))

    def pages(
        self, cursor: bytes, buckets: bytes, now: float, asker: NodeId | None = None
    ) -> list[Page]:
        """All that changed since a cursor, oldest first, at least one page. What a peer is told;
        an entry, which is `None`, is told everything."""
        since = self._position(cursor)
        if since is None:
            changed = _differing(self._newer(0, asker, now), buckets)
        else:
            changed = self._newer(since, asker, now)
        starts = range(0, max(1, len(changed)), MAX_ANNOUNCEMENTS)
        parts = [changed[start : start + MAX_ANNOUNCEMENTS] for start in starts]
        ends = [part[-1].change for part in parts[:-1]] + [self._changes]
        return [
            Page(tuple(each.sealed for each in part), self._cursor(end), part is parts[-1])
            for part, end in zip(parts, ends, strict=True)
        ]

    def find(self, model: Digest, now: float) -> Page:
        """Some who offer a model, for a peer that was told of none."""
        found = (self._listings[node] for node in self._neighbourhoods.offering(model))
        live = islice((each for each in found if _is_live(each, now)), MAX_ANNOUNCEMENTS)
        return Page(tuple(each.sealed for each in live), b"", complete=True)

    def _cursor(self, change: int) -> bytes:
        return self._epoch + change.to_bytes(_CHANGE_BYTES, "big")

    def _position(self, cursor: bytes) -> int | None:
        if len(cursor) != EPOCH_BYTES + _CHANGE_BYTES or not cursor.startswith(self._epoch):
            return None
        position = int.from_bytes(cursor[EPOCH_BYTES:], "big")
        return position if position <= self._changes else None

    def _newer(self, change: int, asker: NodeId | None, now: float) -> list[Listing]:
        """What somebody is told of all that changed after a change, oldest first."""
        newest_first: Iterable[Iterable[NodeId]] = (
            (reversed(self._listings),) if asker is None else self._neighbourhoods.known_to(asker)
        )
        newer = [
            listing
            for part in newest_first
            for listing in takewhile(
                lambda listing: listing.change > change, (self._listings[node] for node in part)
            )
            if _is_live(listing, now)
        ]
        return sorted(newer, key=attrgetter("change"))


def _differing(ours: list[Listing], theirs: bytes) -> list[Listing]:
    sums = _buckets(ours)
    differ = [
        _slice(sums, bucket) != _slice(theirs, bucket) or len(theirs) != len(sums)
        for bucket in range(BUCKETS)
    ]
    return [each for each in ours if differ[_bucket(each.announcement.node)]]


def _buckets(listings: Iterable[Listing]) -> bytes:
    sums = [0] * BUCKETS
    for listing in listings:
        sums[_bucket(listing.announcement.node)] ^= listing.digest
    return b"".join(each.to_bytes(_BUCKET_BYTES, "big") for each in sums)


def _is_live(listing: Listing, now: float) -> bool:
    return now < listing.announcement.expires + CLOCK_SKEW


def _bucket(node: NodeId) -> int:
    return int(node[:2], 16)


def _slice(buckets: bytes, bucket: int) -> bytes:
    return buckets[bucket * _BUCKET_BYTES : (bucket + 1) * _BUCKET_BYTES]


def _digest(said: Announcement) -> int:
    named = hashlib.sha256(f"{said.node} {said.sequence}".encode()).digest()
    return int.from_bytes(named[:_BUCKET_BYTES], "big")
