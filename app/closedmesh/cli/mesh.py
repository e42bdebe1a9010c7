"""`closedmesh join`, `leave` and `check`, and what `status` says of the mesh."""

import hashlib
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from closedmesh.cli.output import Output
from closedmesh.control import CheckPeer, Control, Join, JudgeTranscript, Leave, ListTranscripts
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.ids import short
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
            return await check_command(control, chosen, output)


async def join(control: Control, invite: str, output: Output) -> int:
    """Use an invite; the exit code."""
    mesh = await control.do(Join(invite))
    if output.as_json:
        output.data(mesh)
    else:
        output.say(f"This computer is now a member of {mesh.name}; it may {mesh.scope}.")
        if mesh.adopted and mesh.owner:
            output.say(f"It belongs to owner {short(mesh.owner)}: credits are counted together.")
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


async def check_command(control: Control, chosen: Namespace, output: Output) -> int:
    """`check PEER [MODEL] [--keep FOLDER]` and `check --transcript FILE`; the exit code."""
    if chosen.transcript:
        return await judge(control, chosen.transcript, output)
    if not chosen.peer:
        raise ClosedMeshError("Nobody is named.", "Write `closedmesh check PEER`.")
    code = await check(control, chosen.peer, chosen.model, output)
    if chosen.keep:
        _keep(chosen.keep, await control.do(ListTranscripts(chosen.peer, chosen.model)))
    return code


def _keep(folder: Path, texts: tuple[str, ...]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for text in texts:
        name = hashlib.sha256(text.encode()).hexdigest()
        (folder / f"{name}.json").write_text(text, "utf-8")


def _read(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ClosedMeshError(f"{file} cannot be read: {error}", "Choose another file.") from None


async def judge(control: Control, file: Path, output: Output) -> int:
    """Judge an answer of a check again; the exit code says whether it fails."""
    found = await control.do(JudgeTranscript(_read(file)))
    if output.as_json:
        output.data(found)
        return int(found.failed)
    spread = "none" if found.spread is None else f"{found.spread:.2f}"
    output.say(f"Answer   {found.transcript[:12]} of peer {short(found.peer)}, {found.model}")
    output.say(f"Tokens   {found.tokens}; {found.missed} missed, {found.outside} impossible")
    output.say(f"Shown    {found.opened}; {found.contradicted} contradict; spread {spread}")
    output.say("Fails: no honest peer answers so." if found.failed else "Nothing against the peer.")
    return int(found.failed)


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
    if status.mesh.owner:
        where = "whose key is on another computer" if status.mesh.adopted else "whose key is here"
        output.say(f"Owner    {short(status.mesh.owner)}, {where}")
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
