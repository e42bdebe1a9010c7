"""`closedmesh ledger`: what the mesh has settled, checked from nothing or printed."""

from closedmesh.cli.output import Output
from closedmesh.cli.receipts import in_credits
from closedmesh.control import Control, ExportLedger, VerifyLedger
from closedmesh.trust.ledger_audit import LedgerAudit

NOT_MONEY = "Credits are not money."


async def run(control: Control, action: str, output: Output) -> int:
    """Carry out one of the two; the exit code."""
    return await (_export if action == "export" else _verify)(control, output)


async def _verify(control: Control, output: Output) -> int:
    """Check everything; 1 if something does not hold."""
    found = await control.do(VerifyLedger())
    if output.as_json:
        output.data(found)
        return int(bool(found.problems))
    output.say(_whole(found) if found.whole else _own(found))
    output.say(
        f"All accounts: {in_credits(found.issued)} credits paid by the pool so far,"
        f" {in_credits(found.burned)} burned."
    )
    for problem in found.problems:
        output.say(f"BAD  {problem}")
    output.note(NOT_MONEY)
    return int(bool(found.problems))


def _whole(found: LedgerAudit) -> str:
    return (
        f"{found.events} events, {found.receipts} receipts ({found.disputed} disputed),"
        f" {found.signatures} signatures, {found.heads} heads and {found.sheets} sheets were"
        f" checked.\nBalances of {found.accounts} accounts, made again from nothing:"
        f" {in_credits(found.balance)} credits, {in_credits(found.held)} held."
    )


def _own(found: LedgerAudit) -> str:
    return (
        f"{found.heads} signed heads and {found.sheets} proofs of this computer's account were"
        f" checked.\nProven: {in_credits(found.balance)} credits, {in_credits(found.held)} held."
    )


async def _export(control: Control, output: Output) -> int:
    """Print everything, one JSON object a line."""
    count = 0
    while lines := await control.do(ExportLedger(count)):
        for line in lines:
            output.say(line)
        count += len(lines)
    output.note(NOT_MONEY)
    return 0
