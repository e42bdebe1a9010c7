"""`closedmesh owner`: to whom credits belong; another computer of theirs, and the secret key, shown
or brought back."""

import getpass
import sys
from argparse import Namespace
from datetime import datetime

from closedmesh.cli.output import Output
from closedmesh.control import Control, InviteComputer, ShowOwner, UseOwner
from closedmesh.errors import BadRequest
from closedmesh.mesh.invites import LONGEST_OF_OWNER


async def run(control: Control, chosen: Namespace, output: Output) -> int:
    """`owner invite|show|use`; the exit code."""
    match chosen.action:
        case "invite":
            await _invite(control, chosen.expires, output)
        case "use":
            await _use(control, output)
        case _:
            await _show(control, output)
    return 0


async def _invite(control: Control, lifetime: float, output: Output) -> None:
    if lifetime > LONGEST_OF_OWNER:
        raise BadRequest("Such a link holds for a day at most.", "Choose --expires 1d or less.")
    made = await control.do(InviteComputer(lifetime))
    if output.as_json:
        output.data(made)
        return
    until = datetime.fromtimestamp(made.invite.expires).astimezone()
    output.say(made.link)
    output.note(
        f"For one computer of yours, until {until:%Y-%m-%d %H:%M}: `closedmesh join LINK` there."
        " Credits of both are counted together from then on; your key stays here. Give it to"
        " nobody else."
    )


async def _use(control: Control, output: Output) -> None:
    ask = getpass.getpass if sys.stdin.isatty() else lambda _: sys.stdin.readline()
    await control.do(UseOwner(ask("Key of the owner: ").strip()))
    output.note(
        "From the next start on, what this computer earns belongs to that owner, and what was"
        " earned under the key that was here goes along."
    )


async def _show(control: Control, output: Output) -> None:
    value = await control.do(ShowOwner())
    if output.as_json:
        output.data({"owner": value})
        return
    output.say(value)
    output.note(
        "Keep it safe: whoever has it has your credits, and with it `closedmesh owner use` brings"
        " them to a new computer. Credits are not money."
    )
