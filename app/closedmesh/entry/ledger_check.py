"""`ledger verify` and `ledger export` on the settler's own computer: the whole file, from nothing.

Both read the file through a connection of their own, so the settler goes on meanwhile.
"""

import base64
import json
from collections.abc import Callable
from pathlib import Path

from closedmesh.entry.ledger_file import LedgerFile
from closedmesh.mesh.ids import MeshId
from closedmesh.mesh.signing import peek
from closedmesh.trust.heads import Head
from closedmesh.trust.ledger import decode, postings
from closedmesh.trust.ledger_audit import LedgerAudit, LedgerAuditor

PAGE = 500
"""Events of one page of an export."""


def verify(path: Path, mesh: MeshId, active_of: Callable[[str], int], now: float) -> LedgerAudit:
    """Look at everything in the file; for a thread of its own. Raises `ClosedMeshError`."""
    ledger = LedgerFile.open(path)
    try:
        with ledger.transaction():  # one moment of a file that goes on
            return _verify(ledger, LedgerAuditor(mesh, active_of), now)
    finally:
        ledger.close()


def _verify(ledger: LedgerFile, auditor: LedgerAuditor, now: float) -> LedgerAudit:
    done = 0
    for signed in ledger.heads(0, 2**53):
        head = peek(signed.statement, Head)
        _events(ledger, auditor, done, head.events - done)
        auditor.head(signed, ledger.sheets(head.number), now)
        done = head.events
    _events(ledger, auditor, done, None)
    return auditor.finish(ledger.balances())


def _events(ledger: LedgerFile, auditor: LedgerAuditor, after: int, most: int | None) -> None:
    for number, body, name in ledger.events(after, most):
        auditor.event(number, body, name, ledger.postings(number))


def export(ledger: LedgerFile, after: int) -> tuple[str, ...]:
    """The next events as JSON texts: number, name, what was moved, and the body as it is hashed."""
    return tuple(
        json.dumps({
            "event": number, "name": name.hex(), "kind": type(decode(body)).__name__.lower(),
            "postings": dict(postings(decode(body))), "body": base64.b64encode(body).decode(),
        })
        for number, body, name in ledger.events(after, PAGE)
    )  # fmt: skip
