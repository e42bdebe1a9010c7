"""`closedmesh join`, `leave` and `check`, and what `status` says of the mesh."""

from argparse import Namespace
from datetime import datetime

from closedmesh.cli.output import Output
from closedmesh.control import CheckPeer, Control, Join, Leave
from closedmesh.mesh.picture import Mesh, MeshState, Offer, Peer, Speed
from closedmesh.models.chat import CheckState
from closedmesh.status import Status

STATES = {
    MeshState.CONNECTING: "connecting",
    MeshState.CONNECTED: "connected",
    MeshState.ALONE: "no entry answers; known peers are still asked",
    MeshState.EXCLUDED: "the membership was ended",
}


async def run(control: Control, chosen: Namespace, output: Output) -> int:
    """Carry out `join`, `leave` or `check`; the exit code."""
    match chosen.command:
        case "join":
            return await join(control, chosen.invite, output)
        case "leave":
            return await leave(control, output)
        case _:
            return await check(control, chosen.peer, chosen.model, output)


async def join(control: Control, invite: str, output: Output) -> int:
    """Use an invite; the exit code."""
    mesh = await control.do(Join(invite))
    if output.as_json:
        output.data(mesh)
    else:
        output.say(f"This computer is now a member of {mesh.name}; it may {mesh.scope}.")
        output.note("What you ask there is read by the peer that answers.")
    return 0


async def leave(control: Control, output: Output) -> int:
    """End the membership; the exit code."""
    await control.do(Leave())
    if output.as_json:
        output.data({"mesh": None})
    else:
        output.say("This computer is in no mesh any longer.")
    return 0


async def check(control: Control, peer: str, model: str | None, output: Output) -> int:
    """Check a peer; the exit code says whether everything is as claimed."""
    found = await control.do(CheckPeer(peer, model))
    if output.as_json:
        output.data(found)
    else:
        output.table(
            ("PEER", "MODEL", "VERDICT", "ANSWERS", "WHAT COULD BE TOLD"),
            [
                (one.peer, one.model, one.check.found or "not answered", str(one.check.probes),
                 one.check.resolution)
                for one in found
            ],
        )  # fmt: skip
    return int(any(one.check.verdict is CheckState.MISMATCH for one in found))


def show(status: Status, output: Output) -> None:
    """The mesh and its peers, for a terminal."""
    if status.mesh is None:
        output.say("Mesh     none; `closedmesh join INVITE` joins one")
        return
    output.say(f"Mesh     {_in_words(status.mesh)}")
    peers = [peer for peer in status.peers if not peer.this_computer]
    if not peers:
        return
    output.say("")
    output.table(
        ("PEER", "CONNECTION", "MODEL", "FREE", "ANNOUNCED", "AS MEASURED HERE"),
        [row for peer in peers for row in _rows(peer)],
    )


def _in_words(mesh: Mesh) -> str:
    until = datetime.fromtimestamp(mesh.expires).astimezone()
    listed = {None: "", True: ", listed", False: ", not listed"}[mesh.listed]
    return (
        f"{mesh.name}: {STATES[mesh.state]}{listed}; may {mesh.scope}, renewed before"
        f" {until:%d %b %Y}; {mesh.connected} connected"
    )


def _rows(peer: Peer) -> list[tuple[str, ...]]:
    link = peer.link.words if peer.link else "not connected"
    name = f"{peer.short} (entry)" if peer.entry else peer.short
    if not peer.offers:
        return [(name, link, "", "", "", "")]
    return [(name, link, *_offer(offer)) for offer in peer.offers]


def _offer(offer: Offer) -> tuple[str, ...]:
    measured = speed(offer.measured)
    if offer.measured.first_token_ms is not None:
        measured += f", first word after {offer.measured.first_token_ms:.0f} ms"
    return (offer.name, f"{offer.free} of {offer.slots}", speed(offer.announced), measured)


def speed(known: Speed) -> str:
    """A figure with the number of answers that it comes from."""
    if known.decode_tps is None:
        return "not yet"
    return f"{known.decode_tps:.1f} tokens/s ({known.samples})"
