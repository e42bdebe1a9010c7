"""The settler of a mesh: takes receipts, decides what they move, and signs a head every hour.

    refusals = settler.settle(peer, claims)       # one for each: `None` was written down
    page = settler.account(peer, first_head)      # heads, and this peer's own sheets

What it learns of a question is who asked whom and how many tokens, never a word of it.
"""

import asyncio
import hashlib
import hmac
import logging
import sqlite3
from typing import Protocol

import msgspec

from closedmesh.entry.authority import Authority
from closedmesh.entry.ledger_check import export, verify
from closedmesh.entry.ledger_file import LedgerFile
from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.membership import Endorsed
from closedmesh.mesh.settlement import MAX_HEADS, MAX_SHEET, AccountPage, Claim, Proved
from closedmesh.mesh.signing import Sealed, peek, seal
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.chat import CheckState
from closedmesh.node.clock import Clock
from closedmesh.node.verdicts import Verdicts
from closedmesh.trust.credits import Totals
from closedmesh.trust.heads import HOUR, MAX_EVENTS, Head, Sheet, encode_sheet, make_sheets
from closedmesh.trust.ledger import (
    BURNED,
    DAILY_POOL,
    NEW_FOR,
    POOL,
    PROVEN_BY,
    STANDS_FOR,
    Assessed,
    Event,
    Forfeited,
    Moved,
    Paid,
    Party,
    Refusal,
    Released,
    Room,
    Unpayable,
    assess,
    check_day,
    decode,
    held,
    pay,
)
from closedmesh.trust.ledger_audit import LedgerAudit
from closedmesh.trust.merkle import Tree
from closedmesh.trust.receipts import FIRST, Served

log = logging.getLogger(__name__)

LOOK = 15.0
"""Seconds between two looks whether a head is due."""

PAGE_BYTES = 2 * MAX_SHEET
"""Of the sheets of one page; one sheet always fits."""


HEADS_SHOWN = 24
"""On the public page: a day."""

TREES_KEPT = 4
"""Heads whose trees are at hand; everybody asks for the last."""


class Members(Protocol):
    """Who is who."""

    def account_of(self, node: NodeId) -> str | None:
        """The owner of a member, or its own key where it has stated none; `None` for a
        stranger."""
        ...

    def asker_of(self, key: NodeId) -> tuple[str, int] | None:
        """The account of whoever asks under a key, and the day of the key."""
        ...

    def nodes_of(self, account: str) -> tuple[NodeId, ...]:
        """The peers of an account."""
        ...


class Settler:
    """The one settler of a mesh."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it rests on
        self,
        ledger: LedgerFile,
        authority: Authority,
        members: Members,
        verdicts: Verdicts,
        catalogue: Catalogue,
        clock: Clock,
    ) -> None:
        self.ledger = ledger
        self._authority = authority
        self._members = members
        self._verdicts = verdicts
        self._catalogue = catalogue
        self._clock = clock
        self._hour = int(clock.now()) // HOUR
        self._convictions: dict[str, float] = {}
        """Since when a peer of an account is known to be convicted. A settler that was started anew
        waits anew."""
        self._trees: dict[int, tuple[list[bytes], Tree]] = {}

    async def run(self) -> None:
        """Sign a head when one is due, until cancelled."""
        while True:
            self.close_if_due()
            await self._clock.sleep(LOOK)

    def next_head(self) -> int:
        """When the next head is due, if anything happens before; Unix time, seconds."""
        return (int(self._clock.now()) // HOUR + 1) * HOUR

    async def verify(self) -> LedgerAudit:
        """Look at the whole ledger, from nothing."""
        return await asyncio.to_thread(
            verify, self.ledger.path, self._authority.mesh, self._weights, self._clock.now()
        )

    def export(self, after: int) -> tuple[str, ...]:
        """The next events of the ledger, as JSON texts."""
        return export(self.ledger, after)

    def settle(self, peer: NodeId, claims: tuple[Claim, ...]) -> tuple[Refusal | None, ...]:
        """Write down what holds, all of it or, if the disk refuses, nothing."""
        self._join_owner(peer)
        with self.ledger.transaction() as database:
            outcomes: list[Refusal | None] = []
            for claim in claims:
                try:
                    self.ledger.append(database, self._decide(database, peer, claim))
                except Unpayable as unpayable:
                    outcomes.append(unpayable.why)
                else:
                    outcomes.append(None)
        refused = [why for why in outcomes if why]
        if refused:
            log.info("peer %s: %s", short(peer), ", ".join(sorted(set(refused))))
        self.close_if_due()
        return tuple(outcomes)

    def _decide(self, database: sqlite3.Connection, peer: NodeId, claim: Claim) -> Paid:
        now = self._clock.now()
        active = self._active(claim)
        assessed = assess(claim, self._authority.mesh, peer, active, now)
        said = assessed.served
        asker, payee = self._members.asker_of(NodeId(said.asker)), self._members.account_of(peer)
        if asker is None or payee is None:
            raise Unpayable(Refusal.UNKNOWN_ASKER)
        payer, day = asker
        check_day(said, day)
        if payer == payee:
            raise Unpayable(Refusal.SELF_DEALT)
        known = self.ledger.known(said, claim.receipt.digest, last=assessed.word.last)
        if isinstance(known, Refusal):
            if known is Refusal.FORKED:
                self.ledger.keep_evidence(
                    database, claim.receipt.digest, known, msgspec.msgpack.encode(claim)
                )
            raise Unpayable(known)
        if self._verdicts.convicted(peer, said.model):
            raise Unpayable(Refusal.CONVICTED)
        return self._pay(assessed, payer, payee, now, known)

    def _pay(self, assessed: Assessed, payer: str, payee: str, now: float, before: int) -> Paid:
        room = self.ledger.room(payer, payee, now)
        if payer == self._members.account_of(self._authority.key.node):
            # Checks are drawn by lot, and the peer cannot choose them.
            room = Room(room.pool, room.payee, DAILY_POOL, DAILY_POOL)
        party = Party(payer, self.ledger.balance(payer))
        return pay(assessed, party, Party(payee, new=self._is_new(payee, now)), room, now, before)

    def _active(self, claim: Claim) -> int:
        try:
            return self._weights(peek(claim.receipt, Served).model)
        except NotAuthorised:  # `assess` says so
            return 0

    def _weights(self, model: str) -> int:
        known = self._catalogue.by_hash(model)
        return (known.active or known.parameters) if known else 0

    def _is_new(self, account: str, now: float) -> bool:
        since = self.ledger.since(account)
        return since is None or now < since + NEW_FOR or not self._is_proven(account)

    def _is_proven(self, account: str) -> bool:
        found = [
            self._verdicts.check(node, model)
            for node in self._members.nodes_of(account)
            for model in self._verdicts.models_of(node)
        ]
        right = sum(check.probes for check in found if check.verdict is CheckState.MATCH)
        wrong = any(check.verdict is CheckState.MISMATCH for check in found)
        return right >= PROVEN_BY and not wrong

    def _join_owner(self, peer: NodeId) -> None:
        """What a peer had earned before it stated its owner is its owner's."""
        account = self._members.account_of(peer)
        if account in (None, peer):
            return
        assert account is not None
        amount, kept = self.ledger.balance(peer), self.ledger.balance(held(peer))
        if amount or kept:
            self.move(peer, account)

    def move(self, source: str, target: str) -> Moved:
        """Give everything of an account to another: for keys that were lost or replaced."""
        event = Moved(
            int(self._clock.now()), source, target, self.ledger.balance(source),
            self.ledger.balance(held(source)),
        )  # fmt: skip
        self._write(event)
        return event

    def _write(self, event: Event) -> None:
        with self.ledger.transaction() as database:
            self.ledger.append(database, event)

    def _release(self, now: float) -> None:
        """Let go of what accounts have earned that have proven themselves since; what those hold
        of whom a peer is convicted for a day is lost. All of it or nothing."""
        with self.ledger.transaction() as database:
            for name, amount in self.ledger.balances().items():
                account = name.removeprefix("held/")
                if name == account or not amount:
                    continue
                if event := self._decide_held(account, amount, now):
                    self.ledger.append(database, event)

    def _decide_held(self, account: str, amount: int, now: float) -> Event | None:
        convicted = self.convicted(account)
        if convicted is None:
            self._convictions.pop(account, None)
            return None if self._is_new(account, now) else Released(int(now), account, amount)
        if now - self._convictions.setdefault(account, now) < STANDS_FOR:
            return None
        return Forfeited(int(now), account, amount, *convicted)

    def convicted(self, account: str) -> tuple[NodeId, str] | None:
        """A peer of an account and the model that it does not serve as it says."""
        found = (
            (node, model)
            for node in self._members.nodes_of(account)
            for model in self._verdicts.models_of(node)
            if self._verdicts.convicted(node, model)
        )
        return next(found, None)

    def close_if_due(self) -> bool:
        """Sign a head if an hour in which something happened is over, or much has happened."""
        now = self._clock.now()
        turned = int(now) // HOUR > self._hour
        if turned:
            self._hour = int(now) // HOUR
            self._release(now)
        last = self.ledger.last_head()
        closed = last[1] if last else 0
        first = next(self.ledger.events(closed, 1), None)
        if first is None:
            return False
        over = decode(first[1]).at // HOUR < self._hour
        if not (over or turned or self.ledger.tip()[0] - closed >= MAX_EVENTS):
            return False
        self.close(now)
        return True

    def close(self, now: float) -> Head:
        """Sign a head of everything so far, save it, and only then show it."""
        last = self.ledger.last_head()
        number, closed = (last[0] + 1, last[1]) if last else (0, 0)
        events, tip = self.ledger.tip()
        sheets = self._sheets(number, closed)
        tree = Tree(encode_sheet(sheet) for sheet in sheets)
        balances = self.ledger.balances()
        head = Head(
            self._authority.mesh, number, last[2].statement.digest if last else FIRST, int(now),
            events, tip, len(sheets), tree.root, -balances[POOL], balances[BURNED],
        )  # fmt: skip
        signed = Endorsed(self.sign(head), self._authority.credential.statement)
        with self.ledger.transaction() as database:
            self.ledger.keep_head(database, number, events, signed, sheets)
        log.info("head %d: %d events, %d accounts", number, events - closed, len(sheets))
        return head

    def sign(self, head: Head) -> Sealed:
        """The head, signed by this entry."""
        return seal(head, self._authority.key)

    def _sheets(self, number: int, closed: int) -> list[Sheet]:
        happened = [decode(body) for _, body, _ in self.ledger.events(closed)]
        before = self.ledger.balances()
        after = make_sheets(number, happened, {}, self._salt)
        for sheet in after:  # from nothing they hold the changes; what was before is the rest
            before[sheet.account] = before.get(sheet.account, 0) - sheet.balance
            before[held(sheet.account)] = before.get(held(sheet.account), 0) - sheet.held
        return make_sheets(number, happened, before, self._salt)

    @property
    def _salt(self) -> bytes:
        return hmac.digest(self._authority.key.sign(b"sheets"), b"salt", hashlib.sha256)

    def account(self, peer: NodeId, first: int) -> AccountPage:
        """Heads from a number on, with the sheets of a peer's account in them."""
        self._join_owner(peer)
        account = self._members.account_of(peer) or peer
        heads = self.ledger.heads(first, MAX_HEADS)
        shown: dict[int, Proved] = {}
        size = 0
        for count, head in enumerate(heads):
            number = peek(head.statement, Head).number
            proved = self.proof(account, number)
            if proved is None:
                continue
            size += len(proved.sheet)
            if shown and size > PAGE_BYTES:
                heads = heads[:count]
                break
            shown[number] = proved
        last = self.ledger.last_head()
        told = first + len(heads)
        complete = last is None or told > last[0]
        return AccountPage(NodeId(account), tuple(heads), shown, self.next_head(), complete)

    def has_credits(self, account: str) -> bool:
        """Whether there is anything on an account, by its last sheet."""
        sheet = self.ledger.last_sheet(account)
        return sheet is not None and sheet.balance > 0

    def totals(self) -> tuple[Totals, ...]:
        """The last heads, the newest first, for everybody to see."""
        last = self.ledger.last_head()
        first = max(0, last[0] - HEADS_SHOWN + 1) if last else 0
        return tuple(_totals(signed) for signed in reversed(self.ledger.heads(first, HEADS_SHOWN)))

    def proof(self, account: str, head: int) -> Proved | None:
        """The sheet of an account in a head, with its way to the root; `None` if it has none."""
        place = self.ledger.sheet_place(account, head)
        if place is None:
            return None
        if head not in self._trees:
            leaves = self.ledger.sheets(head)
            kept = list(self._trees.items())[: TREES_KEPT - 1]
            self._trees = {head: (leaves, Tree(leaves)), **dict(kept)}
        leaves, tree = self._trees[head]
        return Proved(leaves[place], place, tree.path(place))


def _totals(signed: Endorsed) -> Totals:
    head = peek(signed.statement, Head)
    return Totals(
        head.number, head.at, signed.statement.digest, head.previous, head.events, head.issued,
        head.burned, msgspec.msgpack.encode(signed),
    )  # fmt: skip
