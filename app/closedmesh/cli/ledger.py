"""`closedmesh ledger`: what the mesh has settled, checked from nothing or printed."""

from argparse import Namespace

from closedmesh.cli.output import Output
from closedmesh.cli.receipts import in_credits
from closedmesh.control import Control, ExportLedger, MoveAccount, VerifyLedger
from closedmesh.errors import BadRequest
from closedmesh.mesh.ids import parse_node_id
from closedmesh.trust.ledger_audit import LedgerAudit

NOT_MONEY = "Credits are not money."


async def run(control: Control, chosen: Namespace, output: Output) -> int:
    """Carry out one of the three; the exit code."""
    match chosen.action, chosen.accounts:
        case "move", [source, target]:
            return await _move(control, source, target, output)
        case "move", _:
            raise BadRequest(
                "An account is moved to another.", "Name both: closedmesh ledger move OLD NEW."
            )
        case "export", _:
            return await _export(control, output)
        case _:
            return await _verify(control, output)


async def _move(control: Control, source: str, target: str, output: Output) -> int:
    try:
        await control.do(MoveAccount(parse_node_id(source), parse_node_id(target)))
    except ValueError as error:
        raise BadRequest(f"{error}.".capitalize(), "Copy the whole id of the account.") from None
    output.note(f"Moved; `closedmesh ledger export` shows it. {NOT_MONEY}")
    return 0


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
