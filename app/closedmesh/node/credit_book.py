"""What the receipts of this computer come to: a projection of the book, by day and by progress.

Rows of `claims` follow from receipts and from what the settler has said; they hold nothing that
could not be made again, but for the settler's words.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec
from msgspec import structs

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.settlement import MAX_CLAIMS, AccountPage, Claim
from closedmesh.mesh.signing import Sealed, peek
from closedmesh.node.clock import Clock
from closedmesh.node.diary import Diary
from closedmesh.node.head_chain import HeadChain
from closedmesh.node.store import Store
from closedmesh.node.vouchers import part_of_row
from closedmesh.trust.book import Line, Side
from closedmesh.trust.credits import Credits, Day, Progress
from closedmesh.trust.heads import HOUR, Sheet
from closedmesh.trust.ledger import WITHIN, Refusal
from closedmesh.trust.receipts import Counted, Fault, Served
from closedmesh.trust.vouchers import Voucher, is_voucher

AT_ONCE = 500
"""Receipts that are looked at in one step."""

_ON_THE_WAY = (Progress.AGREED, Progress.TAKEN)
_COUNTS = (*_ON_THE_WAY, Progress.SETTLED)


class CreditBook:
    """The tables `claims`, `heads` and `sheets`."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        day: Callable[[float], str],
        chain: HeadChain,
        active: Callable[[str], int] = lambda _: 0,
    ) -> None:
        """`day` gives the local date of a moment; `chain` is what the settler has signed; `active`
        are the weights that a token of a model uses."""
        self.chain = chain
        self._next_head: float | None = None
        self._store = store
        self._clock = clock
        self._day = day
        self._active = active
        self.is_own: Callable[[NodeId], bool] = lambda _: False
        """Whether a peer is another computer of this one's owner, as far as is known."""
        self._diary = Diary(store)

    def catch_up(self) -> None:
        """Take in receipts that are new, or newly countersigned."""
        while rows := self._news():
            with self._store.transaction() as database:
                for row in rows:
                    amount, progress = self._promise(row)
                    own = progress is Progress.AGREED and self._is_among_own(row)
                    database.execute(
                        "INSERT INTO claims"
                        " (receipt, digest, side, day, request, part, amount, progress, why)"
                        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (receipt) DO UPDATE SET"
                        " progress = excluded.progress, amount = excluded.amount",
                        (row["id"], row["digest"], row["side"], self._day(row["at"]),
                         row["request"], part_of_row(row).name.hex(), amount,
                         Progress.REFUSED if own else progress,
                         Refusal.SELF_DEALT if own else ""),
                    )  # fmt: skip

    def _is_among_own(self, row: Any) -> bool:
        """Whether an answer was asked of another computer of this one's owner. The settler pays
        nothing for it, and tells only the side that claims."""
        return bool(row["side"] == Side.ASKED and self.is_own(NodeId(row["peer"])))

    def _news(self) -> list[Any]:
        new = self._store.rows(
            "SELECT * FROM receipts WHERE id > (SELECT COALESCE(MAX(receipt), 0) FROM claims)"
            " ORDER BY id LIMIT ?", AT_ONCE,
        )  # fmt: skip
        return new or self._store.rows(
            "SELECT receipts.* FROM claims JOIN receipts ON receipts.id = claims.receipt"
            " WHERE claims.progress = ? AND receipts.counted IS NOT NULL LIMIT ?",
            Progress.WAITING, AT_ONCE,
        )  # fmt: skip

    def _promise(self, row: Any) -> tuple[int, Progress]:
        """Amount and progress of a receipt, by what was checked when it came."""
        try:
            word = None if row["counted"] is None else _sealed(row["counted"])
            if word is not None and is_voucher(word):
                said = peek(word, Voucher)
                return said.owed(self._active(said.model)), Progress.AGREED
            if row["receipt"] is None or row["fault"] in (Fault.ALTERED, Fault.REPLAYED):
                return 0, Progress.DISPUTED
            amount = peek(_sealed(row["receipt"]), Served).amount
            if word is None:
                return amount, Progress.DISPUTED if row["fault"] else Progress.WAITING
            counted = peek(word, Counted)
        except (NotAuthorised, msgspec.DecodeError):
            return 0, Progress.DISPUTED
        return amount, Progress.DISPUTED if counted.objection else Progress.AGREED

    def show(self) -> Credits:
        """The whole, for a status."""
        self.catch_up()
        pending = self._sums("progress IN (?, ?)", *_ON_THE_WAY)
        today = self._sums(
            "day = ? AND progress IN (?, ?, ?)", self._day(self._clock.now()), *_COUNTS
        )
        sheet, head = self.chain.sheet(), self.chain.last()
        return Credits(
            settled=sheet.balance if sheet else 0,
            held=sheet.held if sheet else 0,
            head=head[0].number if head else None,
            settles_at=self._next_head if any(pending.values()) else None,
            pending_earned=pending[Side.SERVED],
            pending_spent=pending[Side.ASKED],
            earned_today=today[Side.SERVED],
            spent_today=today[Side.ASKED],
        )

    def _sums(self, condition: str, *values: Any) -> dict[Side, int]:
        rows = self._store.rows(
            "SELECT side, SUM(CASE progress WHEN 'settled' THEN ABS(settled) ELSE amount END) AS n"
            f" FROM claims WHERE {condition} GROUP BY side", *values,
        )  # fmt: skip
        found = {Side(row["side"]): int(row["n"]) for row in rows}
        return {side: found.get(side, 0) for side in Side}

    def days(self, most: int) -> tuple[Day, ...]:
        """The last days on which anything happened, the newest first."""
        self.catch_up()
        energy = self._diary.energy_by_day(most)
        rows = self._store.rows(
            "SELECT day, side, progress = 'settled' AS done,"
            " SUM(CASE progress WHEN 'settled' THEN ABS(settled) ELSE amount END) AS n"
            " FROM claims WHERE progress IN (?, ?, ?) AND day IN"
            " (SELECT DISTINCT day FROM claims ORDER BY day DESC LIMIT ?) GROUP BY 1, 2, 3",
            *_COUNTS, most,
        )  # fmt: skip
        sums = {(row["day"], row["side"], bool(row["done"])): int(row["n"]) for row in rows}
        names = sorted({*energy, *(day for day, _, _ in sums)}, reverse=True)[:most]
        return tuple(_make_day(name, sums, energy.get(name, (0.0, 0.0))) for name in names)

    def cost(self, request: str) -> int:
        """What this computer has promised for the answers to a question."""
        self.catch_up()
        rows = self._store.rows(
            "SELECT COALESCE(SUM(amount), 0) AS n FROM claims"
            " WHERE receipt IN (SELECT id FROM receipts WHERE request = ?)"
            " AND side = ? AND progress IN (?, ?, ?)", request, Side.ASKED, *_COUNTS,
        )  # fmt: skip
        return int(rows[0]["n"])

    def with_progress(self, lines: Iterable[Line]) -> tuple[Line, ...]:
        """The lines of the book, each with how far it is."""
        self.catch_up()
        return tuple(self._with_progress(line) for line in lines)

    def _with_progress(self, line: Line) -> Line:
        found = self._store.rows("SELECT * FROM claims WHERE receipt = ?", line.number)
        if not found:
            return line
        row = found[0]
        due = self._next_head if row["progress"] in _ON_THE_WAY else None
        if row["progress"] == Progress.REFUSED:
            line = structs.replace(line, why=row["why"])
        return structs.replace(
            line, progress=row["progress"], settled=row["settled"], settles_at=due
        )

    def to_claim(self) -> tuple[list[int], tuple[Claim, ...]]:
        """The next receipts that this computer has earned by and the settler does not have, and
        their numbers."""
        self.catch_up()
        rows = self._store.rows(
            "SELECT receipts.id, receipts.receipt, receipts.counted FROM claims"
            " JOIN receipts ON receipts.id = claims.receipt WHERE claims.side = 'served'"
            " AND claims.why = '' AND claims.progress IN (?, ?)"
            " AND receipts.counted IS NOT NULL ORDER BY claims.receipt LIMIT ?",
            Progress.AGREED, Progress.DISPUTED, MAX_CLAIMS,
        )  # fmt: skip
        claims = (Claim(_sealed(row["receipt"]), _sealed(row["counted"])) for row in rows)
        return [row["id"] for row in rows], tuple(claims)

    def try_again(self) -> None:
        """Claim once more what the settler did not know the asker of: entries tell one another of
        new keys, and that takes a while."""
        with self._store.transaction() as database:
            database.execute(
                "UPDATE claims SET why = '' WHERE receipt IN (SELECT claims.receipt FROM claims"
                " JOIN receipts ON receipts.id = claims.receipt WHERE claims.why = ?"
                " AND claims.progress = ? AND receipts.at > ? LIMIT ?)",
                (Refusal.UNKNOWN_ASKER, Progress.AGREED, self._clock.now() - WITHIN, MAX_CLAIMS),
            )

    def claimed(self, numbers: Sequence[int], refusals: Sequence[str]) -> None:
        """What the settler said of them. One that it has already is as good as taken."""
        with self._store.transaction() as database:
            for number, refusal in zip(numbers, refusals, strict=False):
                refused = refusal not in ("", Refusal.REPLAYED, Refusal.UNKNOWN_ASKER)
                database.execute(
                    "UPDATE claims SET why = ?, progress = CASE WHEN progress = 'settled' THEN"
                    " progress WHEN ? THEN 'refused' WHEN ? OR progress = 'disputed'"
                    " THEN progress ELSE 'taken' END WHERE receipt = ?",
                    (refusal or "taken", refused, refusal == Refusal.UNKNOWN_ASKER, number),
                )

    def next_number(self) -> int:
        """Of the first head that is not here."""
        last = self.chain.last()
        return last[0].number + 1 if last else 0

    def take(self, page: AccountPage) -> bool:
        """Take in what the settler shows; whether all of it held."""
        self._next_head = float(page.next_head)
        for sheet in self.chain.take(page):
            self._settle(sheet)
        self._give_up()
        return not self.chain.problem

    def _give_up(self) -> None:
        """What nobody has claimed of this computer in time is no longer on the way. Should the
        settler have taken it all the same, its sheet says so."""
        with self._store.transaction() as database:
            database.execute(
                "UPDATE claims SET why = ?, progress = ? WHERE side = ? AND progress = ?"
                " AND receipt IN (SELECT id FROM receipts WHERE at < ?)",
                (Refusal.TOO_LATE, Progress.REFUSED, Side.ASKED, Progress.AGREED,
                 self._clock.now() - WITHIN - HOUR),
            )  # fmt: skip

    def _settle(self, sheet: Sheet) -> None:
        with self._store.transaction() as database:
            for item in sheet.items:
                if item.receipt:
                    progress = Progress.DISPUTED if item.objection else Progress.SETTLED
                    column = "part" if item.kind == "voucher" else "digest"
                    # What a voucher has settled, the asker's last word only completes.
                    database.execute(
                        "UPDATE claims SET progress = ?, settled = settled + ?, head = ?"
                        f" WHERE {column} = ?",
                        (progress, abs(item.change + item.held), sheet.head, item.receipt.hex()),
                    )


def _sealed(data: bytes) -> Sealed:
    return msgspec.msgpack.decode(data, type=Sealed)


def _make_day(
    name: str, sums: dict[tuple[str, str, bool], int], energy: tuple[float, float]
) -> Day:
    earned = {done: sums.get((name, Side.SERVED, done), 0) for done in (False, True)}
    spent = {done: sums.get((name, Side.ASKED, done), 0) for done in (False, True)}
    return Day(
        name, sum(earned.values()), sum(spent.values()), earned[False], spent[False], *energy
    )
