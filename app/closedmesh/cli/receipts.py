"""`closedmesh credits`: the receipts of answers, what they say, and whether they hold."""

from collections.abc import AsyncGenerator, Sequence
from datetime import datetime

from closedmesh.cli.facts import current
from closedmesh.cli.output import Output
from closedmesh.control import Control, ListReceipts, VerifyReceipts
from closedmesh.mesh.ids import SHORT_LENGTH
from closedmesh.trust import table
from closedmesh.trust.book import Line, Side
from closedmesh.trust.credits import Credits, Progress

NOT_MONEY = "Credits are not money. What is promised here counts once it is settled."
PAGE = 1000
SHOWN = 30
"""Lines that a terminal is shown; programs get a page."""

DIRECTIONS = {Side.SERVED: "answered", Side.ASKED: "asked"}


async def run(control: Control, action: str, output: Output) -> int:
    """Carry out one of the three; the exit code."""
    match action:
        case "verify":
            return await _verify(control, output)
        case "export":
            return await _export(control, output)
        case _:
            return await _list(control, output)


async def _list(control: Control, output: Output) -> int:
    if not output.as_json:
        _balance((await current(control)).credits, output)
    limit = PAGE if output.as_json else SHOWN
    lines = await control.do(ListReceipts(limit))
    if output.as_json:
        output.data(lines)
        return 0
    if not lines:
        output.say("No answer has gone through the mesh yet, so there are no receipts.")
    else:
        output.table(
            ("NUMBER", "WHEN", "HERE", "PEER", "MODEL", "PROMPT", "ANSWER", "PROMISED", "STATE"),
            [_row(line) for line in lines],
        )
    output.note(NOT_MONEY)
    return 0


def _balance(known: Credits, output: Output) -> None:
    when = ""
    if known.settles_at is not None:
        when = f", which settle about {datetime.fromtimestamp(known.settles_at).astimezone():%H:%M}"
    output.say(
        f"Settled {in_credits(known.settled)} credits, {in_credits(known.held)} held; pending"
        f" {in_credits(known.pending_earned)} earned and {in_credits(known.pending_spent)}"
        f" spent{when}."
    )


def _row(line: Line) -> Sequence[str]:
    when = datetime.fromtimestamp(line.at).astimezone()
    return (
        str(line.number), f"{when:%d %b %H:%M}", DIRECTIONS[line.side],
        (line.peer if line.side is Side.ASKED else line.asker)[:SHORT_LENGTH],
        line.name or line.model[:SHORT_LENGTH], str(line.prompt_tokens),
        str(line.completion_tokens), in_credits(line.amount),
        _state(line),
    )  # fmt: skip


def _state(line: Line) -> str:
    """What the two sides say, and how far it is on its way into a balance."""
    said = f"{line.state}: {line.fault}" if line.fault else str(line.state)
    if line.progress in (Progress.TAKEN, Progress.SETTLED):
        return f"{said}, {line.progress}"
    return f"{said}, refused: {line.why}" if line.progress == Progress.REFUSED else said


def in_credits(amount: int) -> str:
    """Thousandths of a credit, as people read them."""
    return f"{amount / 1000:,.3f}"


async def _verify(control: Control, output: Output) -> int:
    """Check everything; 1 if something does not hold."""
    found = await control.do(VerifyReceipts())
    if output.as_json:
        output.data(found)
        return int(bool(found.problems))
    output.say(
        f"{found.receipts} receipts: {found.agreed} agreed, {found.acknowledged} acknowledged"
        f" in part, {found.waiting} waiting for the asker, {found.disputed} disputed."
    )
    output.say(f"{found.signatures} signatures and {found.chains} chains were checked.")
    output.say(
        f"Agreed: {in_credits(found.served)} credits promised to this computer,"
        f" {in_credits(found.asked)} promised by it."
    )
    for problem in found.problems:
        output.say(f"BAD  receipt {problem.number}: {problem.what}")
    output.note(NOT_MONEY)
    return int(bool(found.problems))


async def _export(control: Control, output: Output) -> int:
    """Print everything as CSV, the newest first."""
    output.say(table.header(), end="")
    async for line in _all(control):
        output.say(table.rows([line]), end="")
    output.note(NOT_MONEY)
    return 0


async def _all(control: Control) -> AsyncGenerator[Line]:
    before: int | None = None
    while lines := await control.do(ListReceipts(PAGE, before)):
        for line in lines:
            yield line
        before = lines[-1].number
