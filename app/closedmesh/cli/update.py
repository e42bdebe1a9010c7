"""The command `update`."""

from contextlib import aclosing

from closedmesh.cli.output import Output
from closedmesh.control import Control, FetchUpdate, LookForUpdate
from closedmesh.errors import ClosedMeshError, DownloadFailed
from closedmesh.models.releases import Update, UpdateState


async def run(control: Control, action: str, output: Output) -> int:
    """Look for a new version, and have it fetched if that is asked for."""
    found = await control.do(LookForUpdate())
    if action == "fetch" and found.state is UpdateState.AVAILABLE:
        await control.do(FetchUpdate())
        found = await _fetched(control, output)
    if output.as_json:
        output.data(found)
    else:
        output.say(_words(found))
    return 0


async def _fetched(control: Control, output: Output) -> Update:
    """Wait until it is ready. Raises `DownloadFailed`."""
    said = -1
    async with aclosing(control.statuses()) as statuses:
        async for status in statuses:
            now = status.update
            if now.state is UpdateState.READY:
                return now
            if now.problem:
                raise DownloadFailed(now.problem, "")
            percent = 100 * now.landed // max(1, now.size)
            if percent > said and not output.as_json:
                said = percent
                output.note(f"version {now.version}: {percent} % of {now.size / 1e6:.0f} MB")
    raise ClosedMeshError("The peer ended before the download did.", "Fetch it again to go on.")


def _words(found: Update) -> str:
    match found.state:
        case UpdateState.AVAILABLE if found.can_fetch:
            size = f"{found.size / 1e6:.0f} MB"
            return f"Version {found.version} is there ({size}): `closedmesh update fetch`."
        case UpdateState.AVAILABLE:
            return f"Version {found.version} is there. Get it where you got this one."
        case UpdateState.READY:
            return f"Version {found.version} is ready, and is started with the next start."
        case _:
            return "This is the latest version."
