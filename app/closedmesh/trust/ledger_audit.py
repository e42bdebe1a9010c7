"""A ledger, looked at from nothing: every signature, every link, every sum, every head.

    auditor = LedgerAuditor(mesh, active_of)
    for each head: auditor.event(...) for its events, then auditor.head(...)
    found = auditor.finish(kept_balances)

Nothing that is kept is believed: balances, names, sheets and roots are made again from the bodies
of events, and compared.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import msgspec
from msgspec import Struct, structs

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.ids import MeshId
from closedmesh.mesh.membership import Endorsed, Revocations, endorsed
from closedmesh.mesh.settlement import Claim, Proved
from closedmesh.mesh.signing import Sealed, peek
from closedmesh.trust.heads import Head, Sheet, check_next, check_sheet, encode_sheet, make_sheets
from closedmesh.trust.ledger import (
    BURN,
    BURNED,
    DAILY_POOL,
    GENESIS,
    PER_PAYEE,
    POOL,
    Event,
    Move,
    Paid,
    Unpayable,
    assess,
    balanced,
    decode,
    draws,
    link,
    pool_day,
    postings,
)
from closedmesh.trust.merkle import Tree
from closedmesh.trust.receipts import Served
from closedmesh.trust.vouchers import Part, part_of

MAX_PROBLEMS = 100
"""That are named; the others are counted."""


class LedgerAudit(Struct, frozen=True):
    """What became of looking at everything. Amounts are thousandths of a credit."""

    whole: bool = False
    """Of the whole ledger, as only its settler can; otherwise of this computer's own account."""
    events: int = 0
    receipts: int = 0
    disputed: int = 0
    acknowledged: int = 0
    """That were settled by a voucher, for want of the asker's last word."""
    signatures: int = 0
    """That were checked and hold."""
    heads: int = 0
    sheets: int = 0
    """Proofs that lead to their heads."""
    accounts: int = 0
    balance: int = 0
    """Of this computer's account, or all members' together."""
    held: int = 0
    issued: int = 0
    burned: int = 0
    problems: tuple[str, ...] = ()


class LedgerAuditor:
    """Takes a whole ledger in order."""

    def __init__(self, mesh: MeshId, active_of: Callable[[str], int]) -> None:
        """`active_of` gives the weights that a token of a model uses."""
        self._mesh = mesh
        self._active_of = active_of
        self._tip, self._count = GENESIS, 0
        self._balances: Counter[str] = Counter()
        self._at_head: dict[str, int] = {}
        self._since_head: list[Event] = []
        self._drawn: Counter[tuple[int, str]] = Counter()
        self._seen: dict[tuple[Part, bool], int] = {}
        self._last: tuple[Head, Sealed] | None = None
        self._found = LedgerAudit(whole=True)
        self._problems: list[str] = []

    def event(self, number: int, body: bytes, name: bytes, kept: Sequence[Move]) -> None:
        """The next event, and what it moves as it is kept."""
        self._tip, self._count = link(self._tip, body), self._count + 1
        if number != self._count or name != self._tip:
            self._complain(f"event {number} does not follow the one before")
        try:
            event = decode(body)
        except (msgspec.DecodeError, ValueError) as error:
            self._complain(f"event {number} cannot be read: {error}")
            return
        moves = postings(event)
        if sorted(moves) != sorted(kept) or not balanced(moves):
            self._complain(f"event {number} moves something else than is kept")
        for account, delta in moves:
            self._balances[account] += delta
            if self._balances[account] < 0 and account != POOL:
                self._complain(f"event {number} leaves an account below zero")
        self._since_head.append(event)
        if isinstance(event, Paid):
            self._paid(number, event)

    def _paid(self, number: int, paid: Paid) -> None:
        try:
            said = peek(paid.receipt, Served)
            claim = Claim(paid.receipt, paid.counted)
            held = assess(claim, self._mesh, said.peer, self._active_of(said.model), paid.at)
        except (Unpayable, NotAuthorised, ValueError) as error:
            self._complain(f"event {number}: its receipt does not hold: {error}")
            return
        self._count_found(
            receipts=1, signatures=2, disputed=int(held.word.objection is not None),
            acknowledged=int(not held.word.last),
        )  # fmt: skip
        part = part_of(said)
        if (part, True) in self._seen or (part, held.word.last) in self._seen:
            self._complain(f"event {number} pays a receipt again")
        due = max(0, held.owed - self._seen.get((part, False), 0))
        self._seen[part, held.word.last] = due
        net = paid.from_payer + paid.from_pool - paid.burned
        right = (
            (paid.owed, paid.objection) == (due, held.word.objection)
            and paid.from_payer + paid.from_pool <= paid.owed
            and paid.burned == -(-paid.from_payer // BURN)
            and paid.held in (0, net // 2)
            and paid.payer != paid.payee
        )
        if not right:
            self._complain(f"event {number} pays something else than its receipt is worth")
        self._check_limits(number, paid)

    def _check_limits(self, number: int, paid: Paid) -> None:
        day = pool_day(paid.at)
        for name, amount in draws(paid)[:2]:
            self._drawn[day, name] += amount
            if self._drawn[day, name] > (PER_PAYEE if name else DAILY_POOL):
                self._complain(f"event {number} is beyond the day's limits")

    def head(self, signed: Endorsed, sheets: Sequence[bytes], now: float) -> None:
        """A head, after all events that it covers, with its sheets in their places."""
        try:
            head = endorsed(signed, Head, self._mesh, Revocations(), now)
            check_next(self._last, head, signed.statement)
        except (NotAuthorised, ValueError) as error:
            self._complain(f"a head does not hold: {error}")
            return
        self._last = head, signed.statement
        self._count_found(heads=1, signatures=1, sheets=len(sheets))
        stated = (head.events, head.tip, head.issued, head.burned, head.sheets)
        totals = (-self._balances[POOL], self._balances[BURNED])
        if stated != (self._count, self._tip, *totals, len(sheets)):
            self._complain(f"head {head.number} states other totals than follow")
        if not sheets or Tree(sheets).root != head.root:
            self._complain(f"head {head.number} commits to other sheets")
        made = make_sheets(head.number, self._since_head, self._at_head, b"")
        kept = [msgspec.msgpack.decode(sheet, type=Sheet) for sheet in sheets]
        if [_unsalted(each) for each in made] != [_unsalted(each) for each in kept]:
            self._complain(f"the sheets of head {head.number} say something else than events")
        self._at_head, self._since_head = dict(self._balances), []

    def finish(self, kept: Mapping[str, int]) -> LedgerAudit:
        """What was found; `kept` are all balances that are kept."""
        made = {name: amount for name, amount in self._balances.items() if amount}
        if made != {name: amount for name, amount in kept.items() if amount}:
            self._complain("the balances that are kept do not follow from the events")
        if sum(made.values()):
            self._complain("the sum of all accounts is not zero")
        own = {name: n for name, n in made.items() if name not in (POOL, BURNED)}
        return structs.replace(
            self._found, events=self._count, issued=-made.get(POOL, 0),
            burned=made.get(BURNED, 0), problems=tuple(self._problems[:MAX_PROBLEMS]),
            accounts=len({name.removeprefix("held/") for name in own}),
            balance=sum(n for name, n in own.items() if not name.startswith("held/")),
            held=sum(n for name, n in own.items() if name.startswith("held/")),
        )  # fmt: skip

    def _count_found(self, **more: int) -> None:
        added = {name: getattr(self._found, name) + count for name, count in more.items()}
        self._found = structs.replace(self._found, **added)

    def _complain(self, problem: str) -> None:
        self._problems.append(problem)


def _unsalted(sheet: Sheet) -> bytes:
    return encode_sheet(structs.replace(sheet, salt=b""))


def audit_account(
    mesh: MeshId, heads: Sequence[Endorsed], proofs: Mapping[int, Proved], now: float
) -> LedgerAudit:
    """One account, by the heads and proofs that its owner has kept."""
    last: tuple[Head, Sealed] | None = None
    sheet: Sheet | None = None
    problems: list[str] = []
    checked = 0
    for signed in heads:
        try:
            head = endorsed(signed, Head, mesh, Revocations(), now)
            check_next(last, head, signed.statement)
            last = head, signed.statement
            proved = proofs.get(head.number)
            if proved is None:
                continue
            fresh = check_sheet(proved, head)
            checked += 1
            if sheet is not None and sheet.account == fresh.account:
                stated = (fresh.balance_before, fresh.held_before)
                if stated != (sheet.balance, sheet.held):
                    problems.append(f"head {head.number} begins with another balance")
            sheet = fresh
        except (NotAuthorised, ValueError) as error:
            problems.append(str(error))
    return LedgerAudit(
        heads=len(heads), signatures=len(heads), sheets=checked, accounts=int(sheet is not None),
        balance=sheet.balance if sheet else 0, held=sheet.held if sheet else 0,
        events=last[0].events if last else 0, issued=last[0].issued if last else 0,
        burned=last[0].burned if last else 0, problems=tuple(problems[:MAX_PROBLEMS]),
    )  # fmt: skip
