"""`closedmesh owner`: the secret key that credits belong to, shown or brought from elsewhere."""

import getpass
import sys

from closedmesh.cli.output import Output
from closedmesh.control import Control, ShowOwner, UseOwner


async def run(control: Control, action: str, output: Output) -> int:
    """Show the key that credits belong to, or use that of another computer."""
    if action == "use":
        ask = getpass.getpass if sys.stdin.isatty() else lambda _: sys.stdin.readline()
        await control.do(UseOwner(ask("Key of the owner: ").strip()))
        output.note(
            "From the next start on, what this computer earns belongs to that owner. What it has"
            " earned so far stays with its old key; the mesh's settler can move it."
        )
        return 0
    value = await control.do(ShowOwner())
    if output.as_json:
        output.data({"owner": value})
    else:
        output.say(value)
        output.note("Keep it safe: whoever has it has your credits. Credits are not money.")
    return 0
