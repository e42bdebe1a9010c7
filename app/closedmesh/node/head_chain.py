"""The signed heads of the mesh's ledger as this peer has seen them, and its own sheets in them.

Every head is kept. One that does not follow the last, or that says something else than one of the
same number, is no news but evidence: it is kept apart, and people are told.
"""

import logging
from collections.abc import Callable, Iterable

import msgspec
from msgspec import structs

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.membership import Endorsed, endorsed
from closedmesh.mesh.settlement import AccountPage, Proved
from closedmesh.mesh.signing import Sealed, peek
from closedmesh.node.clock import Clock
from closedmesh.node.peers import Standing
from closedmesh.node.store import Store
from closedmesh.trust.heads import Contradiction, Head, Sheet, check_next, check_sheet
from closedmesh.trust.ledger_audit import LedgerAudit, audit_account

PAGE = 500
"""Heads of one page of an export."""

MAX_HEARD = 64
"""Heads of others that are remembered until the settler shows its own of that number."""

log = logging.getLogger(__name__)


class HeadChain:
    """The tables `heads`, `sheets` and `contradictions`."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        standing: Standing,
        accounts: Callable[[], Iterable[str]],
    ) -> None:
        """`accounts` are the names under which this computer may have an account."""
        self._store = store
        self._clock = clock
        self._standing = standing
        self._accounts = accounts
        self._heard: dict[int, Endorsed] = {}
        self.problem = ""
        """Why what the settler last told was not believed; empty if it was."""

    def last(self) -> tuple[Head, Sealed] | None:
        """The newest head; `None` before the first."""
        rows = self._store.rows("SELECT data FROM heads ORDER BY number DESC LIMIT 1")
        if not rows:
            return None
        signed = _endorsed(rows[0]["data"]).statement
        return peek(signed, Head), signed

    def sheet(self) -> Sheet | None:
        """The newest sheet of this computer's account."""
        rows = self._store.rows("SELECT data FROM sheets ORDER BY head DESC LIMIT 1")
        if not rows:
            return None
        proved = msgspec.msgpack.decode(rows[0]["data"], type=Proved)
        return msgspec.msgpack.decode(proved.sheet, type=Sheet)

    def has_credits(self) -> bool:
        """Whether there is anything on this computer's account, by the last proof."""
        sheet = self.sheet()
        return sheet is not None and sheet.balance > 0

    def contradicted(self) -> bool:
        """Whether the settler has ever told two stories."""
        return bool(self._store.rows("SELECT 1 FROM contradictions LIMIT 1"))

    def take(self, page: AccountPage) -> list[Sheet]:
        """Believe what holds of a page; the sheets that are new. Stops at the first thing that
        does not hold, which `problem` names."""
        news: list[Sheet] = []
        self.problem = ""
        for head in page.heads:
            try:
                sheet = self._take(head, page)
            except Contradiction as error:
                self._accuse(head, str(error))
                break
            except (ValueError, NotAuthorised) as error:
                self.problem = str(error)
                log.warning("what the settler says does not hold: %s", error)
                break
            news += [sheet] if sheet else []
        return news

    def _take(self, signed: Endorsed, page: AccountPage) -> Sheet | None:
        standing, now = self._standing, self._clock.now()
        head = endorsed(signed, Head, standing.mesh, standing.revocations, now)
        if head.mesh != standing.mesh:
            raise ValueError("a head of another mesh")
        before = self.last()
        if before and before[1].signer != signed.statement.signer:
            raise ValueError("another entry than before says that it is the settler")
        check_next(before, head, signed.statement)
        proved = page.sheets.get(head.number)
        heard = self._heard.pop(head.number, None)
        if heard and heard.statement.digest != signed.statement.digest:
            raise Contradiction(f"others were shown another head of number {head.number}")
        sheet = check_sheet(proved, head) if proved else None
        if sheet:
            self._check_account(sheet, page.account)
        with self._store.transaction() as database:
            database.execute(
                "INSERT INTO heads VALUES (?, ?, ?)",
                (head.number, signed.statement.digest, msgspec.msgpack.encode(signed)),
            )
            if sheet:
                database.execute(
                    "INSERT INTO sheets VALUES (?, ?)",
                    (head.number, msgspec.msgpack.encode(proved)),
                )
        return sheet

    def _check_account(self, sheet: Sheet, account: str) -> None:
        if sheet.account != account or account not in self._accounts():
            raise ValueError("a sheet of somebody else's account")
        last = self.sheet()
        if last is None or last.account != account:
            return
        if (last.balance, last.held) != (sheet.balance_before, sheet.held_before):
            raise Contradiction(f"head {sheet.head} begins with another balance than was proven")

    def compare(self, signed: Endorsed) -> None:
        """Look at a head that somebody else has seen. Whoever signs two of one number is found
        out by any two of those whom it tells different stories."""
        try:
            standing, now = self._standing, self._clock.now()
            head = endorsed(signed, Head, standing.mesh, standing.revocations, now)
        except NotAuthorised as error:
            log.info("a head was not believed: %s", error.reason)
            return
        last = self.last()
        if last is None or last[1].signer != signed.statement.signer:
            return  # an entry may keep a ledger that is nobody's here
        rows = self._store.rows("SELECT data FROM heads WHERE number = ?", head.number)
        if not rows and len(self._heard) < MAX_HEARD:
            self._heard[head.number] = signed
        if rows and _endorsed(rows[0]["data"]).statement.digest != signed.statement.digest:
            self._accuse(signed, f"there are two heads of number {head.number}")

    def _accuse(self, signed: Endorsed, why: str) -> None:
        self.problem = why
        log.error("the settler contradicts itself: %s", why)
        with self._store.transaction() as database:
            database.execute(
                "INSERT OR IGNORE INTO contradictions VALUES (?, ?)",
                (signed.statement.digest, msgspec.msgpack.encode(signed)),
            )

    def audit(self) -> LedgerAudit:
        """Look at every head and every proof again, from nothing."""
        if not self._store.rows("SELECT 1 FROM heads LIMIT 1"):
            return LedgerAudit()
        rows = self._store.rows("SELECT data FROM heads ORDER BY number")
        heads = [_endorsed(row["data"]) for row in rows]
        rows = self._store.rows("SELECT * FROM sheets")
        proofs = {
            int(row["head"]): msgspec.msgpack.decode(row["data"], type=Proved) for row in rows
        }
        found = audit_account(self._standing.mesh, heads, proofs, self._clock.now())
        if self.contradicted():
            problems = (*found.problems, "the settler has signed two stories; both are kept")
            found = structs.replace(found, problems=problems)
        return found

    def export(self, after: int) -> tuple[str, ...]:
        """The next heads, each with this computer's sheet, as JSON texts."""
        rows = self._store.rows(
            "SELECT heads.number, heads.digest, heads.data, sheets.data AS sheet FROM heads"
            " LEFT JOIN sheets ON sheets.head = heads.number WHERE heads.number >= ?"
            " ORDER BY heads.number LIMIT ?", after, PAGE,
        )  # fmt: skip
        return tuple(
            msgspec.json.encode({
                "head": row["number"], "digest": row["digest"],
                "says": peek(_endorsed(row["data"]).statement, Head),
                "signed": row["data"], "proof": row["sheet"],
            }).decode()
            for row in rows
        )  # fmt: skip

    def newest(self) -> Endorsed | None:
        """The newest head, to be shown to others."""
        rows = self._store.rows("SELECT data FROM heads ORDER BY number DESC LIMIT 1")
        return _endorsed(rows[0]["data"]) if rows else None


def _endorsed(data: bytes) -> Endorsed:
    return msgspec.msgpack.decode(data, type=Endorsed)
