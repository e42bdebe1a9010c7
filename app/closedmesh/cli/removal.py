"""`closedmesh remove-everything`: lists what it will remove, asks once, and removes it."""

import sys
from argparse import Namespace
from dataclasses import asdict

from closedmesh import assembly
from closedmesh.cli.output import Output

REMOVED, NOT_REMOVED = 0, 1


async def run(chosen: Namespace, output: Output) -> int:
    """Remove everything of a home; the exit code."""
    found = await assembly.look_for_everything(chosen.home)
    if not chosen.yes and not (sys.stdin.isatty() and not output.as_json):
        _list(found, output, removed=False)
        output.note("Nothing was removed. Say --yes to remove it.")
        return NOT_REMOVED
    if not chosen.yes:
        _list(found, output, removed=False)
        output.say("Chats, keys and membership cannot be brought back. Type yes to remove it all: ",
                   end="")  # fmt: skip
        if sys.stdin.readline().strip().lower() != "yes":
            output.say("Nothing was removed.")
            return NOT_REMOVED
    await assembly.remove_everything(chosen.home, found)
    _list(found, output, removed=True)
    return REMOVED


def _list(found: assembly.Removal, output: Output, *, removed: bool) -> None:
    if output.as_json:
        output.data({"removed": removed} | asdict(found))
        return
    output.say("Removed:" if removed else "This will be removed:")
    for path in found.paths:
        output.say(f"  {path}")
    for name in found.secrets:
        output.say(f"  the secret {name}")
    if found.service:
        output.say(f"  the service {found.service}")
    for place in found.opened_by:
        output.say(f"  what opens the window: {place}")
    for path in found.kept:
        output.say(f"Kept, because you chose it: {path}")
