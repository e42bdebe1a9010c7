"""Keeps the receipts of this peer: signs those of its answers, and checks those of others.

Whatever is said to another peer is on the disk before: a kill at any moment loses nothing that
the other side was told. An answer never fails for its receipt.
"""

import asyncio
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import structs

from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.ids import MeshId, NodeId, short
from closedmesh.mesh.membership import CLOCK_SKEW
from closedmesh.mesh.messages import Ask, Finished, Started
from closedmesh.mesh.signing import PrivateKey, Sealed, peek, seal
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.chat import Prompt
from closedmesh.node.clock import Clock
from closedmesh.node.store import Store
from closedmesh.node.vouchers import Vouchers
from closedmesh.trust.book import Audit, Kept, Line, Side, audit, line
from closedmesh.trust.credits import Test
from closedmesh.trust.examining import examine
from closedmesh.trust.receipts import (
    ANSWERABLE,
    FIRST,
    IN_PLACE,
    MAX_BYTES,
    Fault,
    Seen,
    Served,
    check,
    countersign,
    most_read,
    owed,
    read_counted,
    read_served,
)
from closedmesh.trust.vouchers import Part, Voucher, check_voucher, part_of

log = logging.getLogger(__name__)

KEEP = 100_000
"""Receipts, about 170 MB; the oldest go first, disputed ones after twice as many."""

CHAIN_LIVES = 2 * 86_400
"""Seconds after which no chain goes on: its asker's key was for one day."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to a peer."""

    peer: NodeId
    request: str
    model: str
    prompt: Prompt
    at: float
    """Unix time, seconds."""
    begun: int = 0
    """Tokens of the answer that were there before."""

    def part(self, asker: NodeId) -> Part:
        """What is asked of this peer under the key of `asker`."""
        return Part(self.peer, asker, self.request, self.begun)


class Accounts:
    """The book of receipts."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it rests on
        self,
        store: Store,
        clock: Clock,
        key: PrivateKey,
        mesh: Callable[[], MeshId],
        catalogue: Catalogue,
        keep: int = KEEP,
    ) -> None:
        self._store = store
        self._clock = clock
        self._key = key
        self._mesh = mesh
        self._catalogue = catalogue
        self._keep_most = keep
        self.vouchers = Vouchers(store)

    def part(self, asker: NodeId, ask: Ask) -> Part:
        """What this peer answers of a question."""
        return Part(self._key.node, asker, ask.request, len(ask.begun))

    def served(self, asker: NodeId, ask: Ask, done: Finished, began: float) -> Sealed | None:
        """The signed receipt of an answer, kept; `None` if the disk refuses."""
        tokens = done.prompt_tokens, done.cached_tokens, done.completion_tokens
        said = Served(
            self._mesh(), self._key.node, asker, ask.request, ask.model, *tokens, done.trace_root,
            int(began), int(self._clock.now()), owed(self.active(ask.model), *tokens), 0, FIRST,
            len(ask.begun),
        )  # fmt: skip
        try:
            with self._store.transaction() as database:
                sealed = self._sign(database, said)
        except (ClosedMeshError, ValueError) as error:
            log.warning("an answer has no receipt: %s", error)
            return None
        return sealed

    def _sign(self, database: Any, said: Served, counted: Sealed | None = None) -> Sealed:
        """Put a receipt at the end of its chain, within a transaction."""
        head = database.execute(
            "SELECT sequence, digest, ended FROM receipts WHERE side = 'served'"
            " AND peer = ? AND asker = ? ORDER BY sequence DESC LIMIT 1",
            (said.peer, said.asker),
        ).fetchone()
        place, digest, before = head or (-1, FIRST, 0)
        said = structs.replace(
            said, sequence=place + 1, previous=digest, ended=max(said.ended, before)
        )
        sealed = seal(said, self._key)
        self._insert(database, _row(said, int(self._clock.now()), sealed, counted))
        return sealed

    def thanked(self, served: Sealed, counted: Sealed) -> None:
        """Keep what the asker says of a receipt; what it has not signed is passed over. It cannot
        take back what it has acknowledged before."""
        try:
            said = read_counted(counted, served)
            part = part_of(peek(served, Served))  # signed here
            with self._store.transaction() as database:
                voucher = self.vouchers.take(database, Side.SERVED, part)
                if voucher and peek(voucher, Voucher).completion_tokens > said.completion_tokens:
                    counted = voucher
                database.execute(
                    "UPDATE receipts SET counted = ? WHERE side = 'served' AND digest = ?"
                    " AND counted IS NULL",
                    (msgspec.msgpack.encode(counted), served.digest),
                )
        except (NotAuthorised, ValueError, ClosedMeshError) as error:
            log.info("a countersignature was not kept: %s", error)

    def received(self, key: PrivateKey, asked: Asked, done: Finished) -> Sealed | None:
        """Check and keep the receipt of an answer to a question under `key`; the countersignature
        to send, or `None` where there is nothing to sign under."""
        sealed, seen = done.receipt, self._seen(key, asked, done)
        try:
            with self._store.transaction() as database:
                fault = check(sealed, seen, self._neighbours(database, sealed, seen))
                if fault:
                    log.info("the receipt of peer %s is disputed: %s", short(asked.peer), fault)
                counted = None
                if sealed is not None and fault in ANSWERABLE:
                    counted = countersign(sealed, seen, fault, key)
                self.vouchers.take(database, Side.ASKED, asked.part(key.node))
                self._insert(database, _received(sealed, seen, counted, fault))
        except ClosedMeshError as error:
            log.warning("a receipt could not be kept: %s", error)
            return None
        return counted

    def acknowledge(
        self, key: PrivateKey, asked: Asked, started: Started, tokens: int
    ) -> Sealed | None:
        """Sign and keep that so many tokens have come of the answer to a question under `key`;
        `None` if that cannot be believed or the disk refuses."""
        if started.prompt_tokens > most_read(len(msgspec.json.encode(asked.prompt))):
            log.info("peer %s says that it has read too much", short(asked.peer))
            return None
        part, now = asked.part(key.node), int(self._clock.now())
        sealed = seal(_voucher(self._mesh(), part, asked.model, started, tokens, now), key)
        return sealed if self._keep(Side.ASKED, part, sealed) else None

    def acknowledged(
        self, asker: NodeId, ask: Ask, started: Started, sent: int, sealed: Sealed
    ) -> int:
        """Keep what the asker acknowledges of the `sent` tokens: how many of them, or 0 if it is
        not believed."""
        part, now = self.part(asker, ask), self._clock.now()
        most = _voucher(self._mesh(), part, ask.model, started, sent, int(now))
        try:
            said = check_voucher(sealed, asker, most)
            if abs(said.at - now) > CLOCK_SKEW:
                raise ValueError("it was not signed while the answer went on")  # noqa: TRY301
        except (NotAuthorised, ValueError) as error:
            log.info("a voucher of peer %s was not believed: %s", short(asker), error)
            return 0
        return said.completion_tokens if self._keep(Side.SERVED, part, sealed) else 0

    def _keep(self, side: Side, part: Part, voucher: Sealed) -> bool:
        try:
            self.vouchers.keep(side, part, voucher)
        except ClosedMeshError as error:
            log.warning("a voucher could not be kept: %s", error)
            return False
        return True

    def broke_off(self, side: Side, part: Part) -> None:
        """An answer is over. If it has no last word, its last voucher stands in for that."""
        try:
            with self._store.transaction() as database:
                if voucher := self.vouchers.take(database, side, part):
                    self._close(database, side, part, voucher)
        except (ClosedMeshError, ValueError) as error:
            log.warning("a voucher could not be kept: %s", error)

    def _close(self, database: Any, side: Side, part: Part, voucher: Sealed) -> None:
        said, now = peek(voucher, Voucher), int(self._clock.now())
        if side is Side.ASKED:
            self._insert(database, _acknowledged(said, voucher, part.asker, now))
            return
        found = database.execute(
            "UPDATE receipts SET counted = ? WHERE side = 'served' AND peer = ? AND asker = ?"
            " AND request = ? AND begun = ? AND counted IS NULL",
            (msgspec.msgpack.encode(voucher), *part),
        )
        if not found.rowcount:
            tokens = said.prompt_tokens, said.cached_tokens, said.completion_tokens
            receipt = Served(
                said.mesh, said.peer, part.asker, said.request, said.model, *tokens, None,
                said.at, said.at, said.owed(self.active(said.model)), 0, FIRST, said.begun,
            )  # fmt: skip
            self._sign(database, receipt, voucher)

    def recover(self) -> None:
        """Close what a kill has left open: after the start no answer goes on."""
        for side, part in self.vouchers.open():
            self.broke_off(side, part)

    async def lines(self, limit: int, before: int | None = None) -> tuple[Line, ...]:
        """The last receipts, those before number `before`, the newest first."""
        rows = self._store.rows(
            "SELECT * FROM receipts WHERE ? IS NULL OR id < ? ORDER BY id DESC LIMIT ?",
            before, before, limit,
        )  # fmt: skip
        kept = [_kept(row) for row in rows]
        return await asyncio.to_thread(
            lambda: tuple(
                line(each, self._name(each.model), self.active(each.model)) for each in kept
            )
        )

    async def open(self, number: int | None, request: str) -> tuple[Line, tuple[Test, ...]]:
        """One receipt and what can be checked of it. Raises `BadRequest` if there is none."""
        rows = self._store.rows(
            "SELECT * FROM receipts WHERE id = ? OR (? IS NULL AND request = ?)"
            " ORDER BY id DESC LIMIT 1", number, number, request,
        )  # fmt: skip
        if not rows:
            raise BadRequest(
                "There is no such receipt.", "`closedmesh credits` lists those that are kept."
            )
        kept = _kept(rows[0])
        near = self._store.rows(
            "SELECT receipt FROM receipts WHERE side = ? AND peer = ? AND asker = ?"
            " AND sequence BETWEEN ? AND ? AND receipt IS NOT NULL",
            kept.side, kept.peer, kept.asker,
            (rows[0]["sequence"] or 0) - 1, (rows[0]["sequence"] or 0) + 1,
        )  # fmt: skip
        beside = [msgspec.msgpack.decode(row["receipt"], type=Sealed) for row in near]
        active = self.active(kept.model)
        return line(kept, self._name(kept.model), active), examine(kept, beside, active)

    async def audit(self) -> Audit:
        """Look at all of them again, from nothing; takes about a second for 2,000."""
        return await asyncio.to_thread(audit, tuple(self._all()))

    def _all(self) -> Iterator[Kept]:
        last = 0
        while rows := self._store.rows(
            "SELECT * FROM receipts WHERE id > ? ORDER BY id LIMIT 500", last
        ):
            yield from map(_kept, rows)
            last = rows[-1]["id"]

    def active(self, model: str) -> int:
        """Weights that a token of a model uses; 0 if it is not known."""
        known = self._catalogue.by_hash(model)
        return (known.active or known.parameters) if known else 0

    def _name(self, model: str) -> str:
        known = self._catalogue.by_hash(model)
        return known.name if known else ""

    def _seen(self, key: PrivateKey, asked: Asked, done: Finished) -> Seen:
        return Seen(
            self._mesh(), asked.peer, key.node, self._key.node, asked.request, asked.model,
            done.prompt_tokens, done.cached_tokens, len(msgspec.json.encode(asked.prompt)),
            done.completion_tokens, done.trace_root, asked.at, self._clock.now(),
            self.active(asked.model), asked.begun,
        )  # fmt: skip

    @staticmethod
    def _neighbours(database: Any, sealed: Sealed | None, seen: Seen) -> list[Sealed]:
        """What is kept beside a receipt in its chain, and the receipt itself if it is."""
        try:
            said = read_served(sealed) if sealed else None
        except (NotAuthorised, ValueError):
            said = None
        if said is None:
            return []
        rows = database.execute(
            "SELECT receipt FROM receipts WHERE side = 'asked' AND peer = ? AND asker = ?"
            " AND sequence BETWEEN ? AND ?",
            (said.peer, seen.asker, said.sequence - 1, said.sequence + 1),
        ).fetchall()
        return [msgspec.msgpack.decode(row["receipt"], type=Sealed) for row in rows]

    def _insert(self, database: Any, row: tuple[Any, ...]) -> None:
        made = database.execute(
            "INSERT INTO receipts (side, peer, asker, model, request, at, sequence, ended, digest,"
            " receipt, counted, fault, begun) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row,
        )  # fmt: skip
        newest = made.lastrowid
        # The end of a chain that may still go on stays: the next receipt names it.
        database.execute(
            "DELETE FROM receipts WHERE id IN (SELECT id FROM receipts AS old"
            " WHERE id <= ? AND (fault IS NULL OR id <= ?) AND (at < ? OR EXISTS (SELECT 1"
            " FROM receipts AS new WHERE new.side = old.side AND new.peer = old.peer"
            " AND new.asker = old.asker AND new.sequence > old.sequence)) LIMIT 10)",
            (newest - self._keep_most, newest - 2 * self._keep_most,
             self._clock.now() - CHAIN_LIVES),
        )  # fmt: skip


def _voucher(  # noqa: PLR0913, PLR0917 - what it says
    mesh: MeshId, part: Part, model: str, started: Started, tokens: int, now: int
) -> Voucher:
    return Voucher(
        mesh, part.peer, part.request, model, part.begun, started.prompt_tokens,
        started.cached_tokens, tokens, now,
    )  # fmt: skip


def _row(said: Served, now: int, sealed: Sealed, counted: Sealed | None) -> tuple[Any, ...]:
    return (
        Side.SERVED, said.peer, said.asker, said.model, said.request, now, said.sequence,
        said.ended, sealed.digest, msgspec.msgpack.encode(sealed),
        msgspec.msgpack.encode(counted) if counted else None, None, said.begun,
    )  # fmt: skip


def _acknowledged(said: Voucher, voucher: Sealed, asker: str, now: int) -> tuple[Any, ...]:
    return (
        Side.ASKED, said.peer, asker, said.model, said.request, now, None, None, None, None,
        msgspec.msgpack.encode(voucher), None, said.begun,
    )  # fmt: skip


def _received(
    sealed: Sealed | None, seen: Seen, counted: Sealed | None, fault: Fault | None
) -> tuple[Any, ...]:
    short_enough = sealed if sealed is not None and len(sealed.body) <= MAX_BYTES else None
    said = read_served(sealed) if sealed is not None and fault in IN_PLACE else None
    return (
        Side.ASKED, seen.peer, seen.asker, seen.model, seen.request, int(seen.now),
        said.sequence if said else None, said.ended if said else None,
        sealed.digest if sealed else None,
        msgspec.msgpack.encode(short_enough) if short_enough else None,
        msgspec.msgpack.encode(counted) if counted else None, fault, seen.begun,
    )  # fmt: skip


def _kept(row: Any) -> Kept:
    return Kept(
        row["id"], Side(row["side"]), row["peer"], row["asker"], row["model"], row["request"],
        row["at"], _sealed(row["receipt"]), _sealed(row["counted"]),
        Fault(row["fault"]) if row["fault"] else None,
    )  # fmt: skip


def _sealed(data: bytes | None) -> Sealed | None:
    return msgspec.msgpack.decode(data, type=Sealed) if data else None
