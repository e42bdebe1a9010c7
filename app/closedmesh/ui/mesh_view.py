"""What the Mesh page says. No Qt here: a status goes in, words and flags come out.

Names and versions of other peers are what those peers say: they are cut and made plain here.
"""

from dataclasses import dataclass
from datetime import datetime

from closedmesh.mesh.ids import InviteId, NodeId
from closedmesh.mesh.picture import (
    Check,
    InviteFacts,
    IssuedInvite,
    Mesh,
    MeshState,
    NewInvite,
    Offer,
    Peer,
    Speed,
)
from closedmesh.status import Status
from closedmesh.ui.words_view import CHECKS, counted, line_of

NOTHING = "—"

COLUMNS = (
    ("Peer", "The short form of its id"),
    ("Model", "What it answers with"),
    ("How reached", "Measured here; a connection is opened when it is needed"),
    ("Alone", "Tokens a second of the engine by itself, measured on this computer (samples)"),
    ("Announced", "Tokens a second as the peer says of itself (samples): not checked here"),
    ("Measured here", "Tokens a second of answers to this computer, the way included (samples)"),
    ("Check", "What the questions that check the model showed (answers that were weighed)"),
    ("Version", "Of the program, as the peer says"),
)
"""Title and explanation of each column of the peers table."""

SCOPES = {
    "chat": "ask the mesh",
    "share": "ask the mesh, and answer others if this computer is shared",
    "entry": "run the mesh as one of its entries",
}
"""What a membership allows, after "may"."""

READERS = (
    "Whoever answers a question can read it: members are people with computers of their own. "
    "Nothing is asked of the mesh before you choose so in a chat."
)


@dataclass(frozen=True, slots=True)
class PeerLine:
    """A line of the peers table: one peer with one model."""

    node: NodeId
    cells: tuple[str, ...]
    """In the order of `COLUMNS`."""
    can_be_ended: bool
    """This computer may end that membership."""


@dataclass(frozen=True, slots=True)
class InviteLine:
    """An invite that this computer has made."""

    id: InviteId
    words: str
    can_be_revoked: bool


@dataclass(frozen=True, slots=True)
class MeshView:
    """The page of a member."""

    name: str
    connection: str
    good: bool
    """An entry answers, or this computer is one."""
    facts: tuple[str, ...]
    node: NodeId
    peers: tuple[PeerLine, ...]
    is_entry: bool
    invites: tuple[InviteLine, ...]


def mesh_view(status: Status) -> MeshView | None:
    """The view of a member; `None` where this computer is in no mesh."""
    mesh = status.mesh
    if mesh is None:
        return None
    is_entry = mesh.scope == "entry"
    return MeshView(
        name=line_of(mesh.name),
        connection=_connection(mesh, status.peers, is_entry=is_entry),
        good=mesh.state is MeshState.CONNECTED,
        facts=_facts(mesh, is_entry=is_entry),
        node=mesh.node,
        peers=tuple(line for peer in status.peers for line in _lines(peer, may_end=is_entry)),
        is_entry=is_entry,
        invites=tuple(_invite_line(invite) for invite in status.invites),
    )


def clock(moment: float) -> str:
    """Unix time as `3 May 2027, 14:10`."""
    when = datetime.fromtimestamp(moment).astimezone()
    return f"{when.day} {when:%B %Y, %H:%M}"


def facts_of_invite(facts: InviteFacts) -> str:
    """What an invite says, before anybody joins."""
    return (
        f"An invite to {line_of(facts.mesh_name)}. With it this computer may "
        f"{SCOPES.get(facts.scope, facts.scope)}. It can be used until {clock(facts.expires)}."
    )


def facts_of_new_invite(made: NewInvite) -> str:
    """What was just made, for whoever passes it on."""
    invite = made.invite
    times = "once" if invite.uses == 1 else f"{invite.uses:,} times"
    return (
        f"Whoever holds this link may {SCOPES.get(invite.scope, invite.scope)}. It can be used "
        f"{times} until {clock(invite.expires)}. It is shown only now."
    )


def _connection(mesh: Mesh, peers: tuple[Peer, ...], *, is_entry: bool) -> str:
    match mesh.state:
        case MeshState.CONNECTING:
            return "Connecting…"
        case MeshState.ALONE:
            return "No entry answers; known peers are still asked."
        case MeshState.EXCLUDED:
            return "The membership has ended. A new invite is needed."
        case MeshState.CONNECTED if is_entry:
            return "This computer is an entry of the mesh."
        case MeshState.CONNECTED:
            links = [peer.link for peer in peers if peer.entry and peer.link]
            best = min(links, key=lambda link: link.delay_ms or 0.0, default=None)
            return f"Connected: {best.words}" if best else "Connected"


def _facts(mesh: Mesh, *, is_entry: bool) -> tuple[str, ...]:
    facts = [f"This computer may {SCOPES.get(mesh.scope, mesh.scope)}."]
    if not is_entry:
        facts.append(f"The membership lasts until {clock(mesh.expires)} and renews itself.")
    if mesh.members is not None:
        facts.append(f"{counted(mesh.members, 'member')}, {mesh.connected} connected now.")
    else:
        facts.append(
            f"{counted(mesh.entries, 'entry', 'entries')} known, "
            f"{counted(mesh.connected, 'connection')} open."
        )
    if mesh.listed is not None:
        facts.append(
            "The mesh lists what this computer shares."
            if mesh.listed
            else "The mesh does not list this computer yet, so nobody asks it."
        )
    return tuple(facts)


def _lines(peer: Peer, *, may_end: bool) -> tuple[PeerLine, ...]:
    ends = may_end and not peer.this_computer and not peer.entry
    first = _peer_words(peer)
    last = line_of(peer.version) or NOTHING
    if not peer.offers:
        nothing = "admits members" if peer.entry else "shares nothing"
        cells = (first, nothing, _reached(peer), NOTHING, NOTHING, NOTHING, NOTHING, last)
        return (PeerLine(peer.node, cells, ends),)
    return tuple(
        PeerLine(peer.node, (first, *_offer_cells(peer, offer), last), ends)
        for offer in peer.offers
    )


def _offer_cells(peer: Peer, offer: Offer) -> tuple[str, ...]:
    return (
        line_of(offer.name),
        _reached(peer),
        _speed(offer.native),
        _speed(offer.announced),
        _speed(offer.measured),
        _check(offer.check),
    )


def _peer_words(peer: Peer) -> str:
    if peer.this_computer:
        return f"{peer.short} (this computer)"
    return f"{peer.short} (entry)" if peer.entry else peer.short


def _reached(peer: Peer) -> str:
    if peer.this_computer:
        return NOTHING
    if peer.link:
        return peer.link.words
    return "not connected" if peer.reachable else "did not answer"


def _speed(speed: Speed) -> str:
    if speed.decode_tps is None:
        return NOTHING
    return f"{speed.decode_tps:.1f} ({speed.samples})"


def _check(check: Check) -> str:
    words = CHECKS[check.verdict]
    if check.found.replace("-", " ") not in ("", check.verdict):
        words += f": {check.found.replace('-', ' ')}"
    if check.probes:
        words += f" ({check.probes})"
    if check.left_out:
        words += ", left out"
    return f"{words}; {check.resolution}" if check.resolution else words


def _invite_line(invite: IssuedInvite) -> InviteLine:
    allows = {"chat": "asking", "share": "asking and sharing"}.get(invite.scope, invite.scope)
    used_up = invite.used >= invite.uses
    end = "withdrawn" if invite.revoked else f"until {clock(invite.expires)}"
    return InviteLine(
        id=invite.id,
        words=f"{invite.id}  ·  for {allows}  ·  used {invite.used} of {invite.uses:,}  ·  {end}",
        can_be_revoked=not invite.revoked and not used_up,
    )
