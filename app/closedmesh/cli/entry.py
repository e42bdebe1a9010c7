"""`closedmesh entry` says that it is ready, `closedmesh invite` makes and withdraws invites, and
`closedmesh revoke` ends memberships."""

import asyncio
import sys
from argparse import Namespace
from contextlib import aclosing
from datetime import datetime

from closedmesh.cli.facts import current
from closedmesh.cli.output import Output
from closedmesh.control import Control, MakeInvite, RevokeInvite, RevokeMember
from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.mesh.ids import InviteId
from closedmesh.mesh.picture import IssuedInvite, MeshState
from closedmesh.status import Status

SHORTEST = 4
"""Digits of an id that name somebody."""

START_LIMIT = 60.0
"""Seconds in which the network must be open."""

FIRST_USES = 100
"""Of the invite that is shown at the start; whoever needs another makes one."""


LIFETIMES = {"chat": 7 * 86_400.0, "share": 7 * 86_400.0, "entry": 86_400.0}
"""Seconds that an invite holds, where nothing else is said."""


async def ready(control: Control, web: str | None, output: Output) -> None:
    """Say that an entry answers, where, and how to join."""
    status = await _open(control)
    mesh = status.mesh
    if mesh is None:
        raise ClosedMeshError("The entry is in no mesh.", "The log says more.")
    if output.as_json:
        made = await control.do(MakeInvite("share", FIRST_USES))
        output.data({
            "event": "ready", "api": status.api, "peer": status.peer, "web": web,
            "mesh": mesh.name, "mesh_id": mesh.id, "invite": made.link, "home": status.home,
            "pid": status.process, "version": status.version,
        })  # fmt: skip
        return
    output.say(f"The mesh {mesh.name} is open; ClosedMesh {status.version} (Ctrl-C ends it).")
    output.say(f"API     {status.api}/v1")
    output.say(f"Pages   {web}/status" if web else "Pages   none (--web serves them)")
    if sys.stdout.isatty():  # what is not a terminal may be a log, and an invite is a secret
        made = await control.do(MakeInvite("share", FIRST_USES))
        output.say(f"Invite  {made.link}\n        {_words(made.invite)}")
    else:
        output.say("Invite  `closedmesh invite new` makes one.")
    for item in status.health:
        output.note(f"{item.title} {item.advice}")


async def _open(control: Control) -> Status:
    """The status once the network is open. Raises `ClosedMeshError` when it does not open."""
    try:
        async with asyncio.timeout(START_LIMIT), aclosing(control.statuses()) as statuses:
            async for status in statuses:
                if status.mesh is not None and status.mesh.state is MeshState.CONNECTED:
                    return status
    except TimeoutError:
        pass
    health = " ".join(item.title for item in (await current(control)).health)
    raise ClosedMeshError(
        f"The network did not open within {START_LIMIT:.0f} seconds. {health}".strip(),
        "Look whether the address of --listen is free and is one of this computer's.",
    )


async def run(control: Control, chosen: Namespace, output: Output) -> int:
    """Carry out `invite` or `revoke`; the exit code."""
    if chosen.command == "revoke":
        return await revoke(control, chosen.peer, output)
    return await invite(control, chosen, output)


async def revoke(control: Control, peer: str, output: Output) -> int:
    """End somebody's membership; the exit code."""
    known = (await current(control)).peers
    found = [each for each in known if each.node.startswith(peer.lower())]
    if len(found) != 1 or len(peer) < SHORTEST:
        raise BadRequest(
            f"{len(found)} peers are called {peer!r}.",
            f"Name one by {SHORTEST} digits or more of its id; `closedmesh status` lists them.",
        )
    await control.do(RevokeMember(found[0].node))
    if output.as_json:
        output.data({"revoked": found[0].node})
    else:
        output.note(f"The membership of {found[0].short} is over; all know it within a minute.")
    return 0


async def invite(control: Control, chosen: Namespace, output: Output) -> int:
    """`invite new|list|revoke`; the exit code."""
    match chosen.action:
        case "new":
            lifetime = chosen.expires or LIFETIMES[chosen.scope]
            made = await control.do(MakeInvite(chosen.scope, chosen.uses, lifetime))
            if output.as_json:
                output.data(made)
            else:
                output.say(made.link)
                output.note(_words(made.invite))
        case "revoke":
            await control.do(RevokeInvite(InviteId(chosen.id)))
            output.note(f"Nobody can join by invite {chosen.id} any longer.")
        case _:
            invites = (await current(control)).invites
            if output.as_json:
                output.data(invites)
            else:
                output.table(
                    ("ID", "MAY", "USED", "EXPIRES"),
                    [(each.id, each.scope, _used(each), _end(each)) for each in invites],
                )
    return 0


def _used(each: IssuedInvite) -> str:
    return f"{each.used} of {each.uses}"


def _end(each: IssuedInvite) -> str:
    moment = datetime.fromtimestamp(each.expires).astimezone()
    return "revoked" if each.revoked else f"{moment:%Y-%m-%d %H:%M}"


def _words(made: IssuedInvite) -> str:
    purpose = "One more entry" if made.scope == "entry" else f"For {made.uses} to {made.scope}"
    return (
        f"{purpose}, until {_end(made)}. It is shown this once; "
        f"`closedmesh invite revoke {made.id}` withdraws it."
    )
