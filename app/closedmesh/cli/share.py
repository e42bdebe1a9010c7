"""`closedmesh share`: whether others may ask this computer, and pauses."""

from argparse import Namespace
from datetime import datetime

from closedmesh.cli.facts import current, show_sharing
from closedmesh.cli.output import Output
from closedmesh.control import ChangeSettings, Control, PauseSharing, ResumeSharing


async def run(control: Control, chosen: Namespace, output: Output) -> int:
    """`share on|off|pause|status`; the exit code."""
    match chosen.action:
        case "on":
            await control.do(ResumeSharing())
            await control.do(ChangeSettings({"sharing.share": True}))
        case "off":
            await control.do(ChangeSettings({"sharing.share": False}))
        case "pause":
            await control.do(PauseSharing(_end(chosen.span)))
        case _:
            pass
    status = await current(control)
    if output.as_json:
        output.data({"share": status.settings.sharing.share, "sharing": status.sharing,
                     "energy": status.energy})  # fmt: skip
    else:
        show_sharing(status, output)
    return 0


def _end(span: float | None) -> float | None:
    return None if span is None else datetime.now().astimezone().timestamp() + span
