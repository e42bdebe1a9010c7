"""What the Mesh page says. No Qt here: a status goes in, words and flags come out.

Names and versions of other peers are what those peers say: they are cut and made plain here.
"""

from dataclasses import dataclass

from closedmesh.mesh.ids import InviteId, MeshId, NodeId, short
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
from closedmesh.ui import words
from closedmesh.ui.words_view import check_words, found_words, line_of

NOTHING = "—"


def columns() -> tuple[tuple[str, str], ...]:
    """Title and explanation of each column of the peers table."""
    return (
        (words.tr("Peer"), words.tr("The short form of its id")),
        (words.tr("Model"), words.tr("What it answers with")),
        (
            words.tr("How reached"),
            words.tr("Measured here; a connection is opened when it is needed"),
        ),
        (
            words.tr("Alone"),
            words.tr(
                "Tokens a second of the engine by itself, measured on this computer (samples)"
            ),
        ),
        (
            words.tr("Announced"),
            words.tr("Tokens a second as the peer says of itself (samples): not checked here"),
        ),
        (
            words.tr("Measured here"),
            words.tr("Tokens a second of answers to this computer, the way included (samples)"),
        ),
        (
            words.tr("Check"),
            words.tr("What the questions that check the model showed (answers that were weighed)"),
        ),
        (words.tr("Version"), words.tr("Of the program, as the peer says")),
    )


def _may(scope: str) -> str:
    """What a membership allows, as a sentence."""
    match scope:
        case "chat":
            return words.tr("This computer may ask the mesh.")
        case "share":
            return words.tr(
                "This computer may ask the mesh, and answer others if this computer is shared."
            )
        case "entry":
            return words.tr("This computer may run the mesh as one of its entries.")
        case _:
            return words.tr("This computer may {scope}.", scope=line_of(scope))


def readers() -> str:
    """What to know before joining."""
    return words.tr(
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
    mesh: MeshId
    owner: str
    """Whose computer this is there, in words; empty while the mesh does not know it."""
    can_add: bool
    """The owner's key is here, so another computer can be added."""


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
        mesh=mesh.id,
        owner=_owner(mesh),
        can_add=mesh.owner is not None and not mesh.adopted and not is_entry,
    )


def _owner(mesh: Mesh) -> str:
    if mesh.owner is None:
        return ""
    if mesh.adopted:
        return words.tr(
            "This computer belongs to owner {owner}, whose key is on another computer. Credits of "
            "all computers of an owner are counted together; they are not money.",
            owner=short(mesh.owner),
        )
    return words.tr(
        "This computer belongs to owner {owner}, whose key is kept here. Credits of all computers "
        "of an owner are counted together; they are not money.",
        owner=short(mesh.owner),
    )


def facts_of_invite(facts: InviteFacts) -> str:
    """What an invite says, before anybody joins."""
    said = (
        words.tr("An invite to {mesh}.", mesh=line_of(facts.mesh_name)),
        _with_it(facts.scope),
        words.tr("It can be used until {moment}.", moment=words.moment(facts.expires)),
    )
    return " ".join((*said, becomes(facts)) if facts.owner else said)


def becomes(facts: InviteFacts) -> str:
    """What an owner's invite makes of the computer that uses it."""
    return words.tr(
        "This computer then belongs to owner {owner}: all that it earns, and what it has earned, "
        "is theirs. Use only a link that you made yourself on another computer of yours.",
        owner=short(facts.owner or NodeId("")),
    )


def facts_of_new_computer(made: NewInvite) -> str:
    """What was just made, for one's own other computer."""
    return words.tr(
        "Open this link on the other computer, once and until {moment}. It joins the mesh there, "
        "and credits of both are counted together. The owner's key stays here. Give the link to "
        "nobody else. It is shown only now.",
        moment=words.moment(made.invite.expires),
    )


def _with_it(scope: str) -> str:
    match scope:
        case "chat":
            return words.tr("With it this computer may ask the mesh.")
        case "share":
            return words.tr(
                "With it this computer may ask the mesh, and answer others if this computer is "
                "shared."
            )
        case _:
            return words.tr("With it this computer may {scope}.", scope=line_of(scope))


def facts_of_new_invite(made: NewInvite) -> str:
    """What was just made, for whoever passes it on."""
    invite = made.invite
    return " ".join(
        (
            _whoever(invite.scope),
            words.plural(
                "It can be used once until {moment}. It is shown only now.",
                "It can be used {n} times until {moment}. It is shown only now.",
                invite.uses,
                moment=words.moment(invite.expires),
            ),
        )
    )


def _whoever(scope: str) -> str:
    match scope:
        case "chat":
            return words.tr("Whoever holds this link may ask the mesh.")
        case "share":
            return words.tr(
                "Whoever holds this link may ask the mesh, and answer others if their computer is "
                "shared."
            )
        case _:
            return words.tr("Whoever holds this link may {scope}.", scope=line_of(scope))


def _connection(mesh: Mesh, peers: tuple[Peer, ...], *, is_entry: bool) -> str:
    match mesh.state:
        case MeshState.CONNECTING:
            return words.tr("Connecting…")
        case MeshState.ALONE:
            return words.tr("No entry answers; known peers are still asked.")
        case MeshState.EXCLUDED:
            return words.tr("The membership has ended. A new invite is needed.")
        case MeshState.CONNECTED if is_entry:
            return words.tr("This computer is an entry of the mesh.")
        case MeshState.CONNECTED:
            links = [peer.link for peer in peers if peer.entry and peer.link]
            best = min(links, key=lambda link: link.delay_ms or 0.0, default=None)
            if best is None:
                return words.tr("Connected")
            return words.tr("Connected: {way}", way=words.said(best.words))


def _facts(mesh: Mesh, *, is_entry: bool) -> tuple[str, ...]:
    facts = [_may(mesh.scope)]
    if not is_entry:
        until = words.moment(mesh.expires)
        facts.append(
            words.tr("The membership lasts until {moment} and renews itself.", moment=until)
        )
    if mesh.members is not None:
        facts.append(
            words.plural(
                "{n} member, {connected} connected now.",
                "{n} members, {connected} connected now.",
                mesh.members,
                connected=mesh.connected,
            )
        )
    else:
        facts.append(
            words.tr(
                "{entries} known, {connections} open.",
                entries=words.plural("{n} entry", "{n} entries", mesh.entries),
                connections=words.plural("{n} connection", "{n} connections", mesh.connected),
            )
        )
    if mesh.listed is not None:
        facts.append(
            words.tr("The mesh lists what this computer shares.")
            if mesh.listed
            else words.tr("The mesh does not list this computer yet, so nobody asks it.")
        )
    return tuple(facts)


def _lines(peer: Peer, *, may_end: bool) -> tuple[PeerLine, ...]:
    ends = may_end and not peer.this_computer and not peer.entry
    first = _peer_words(peer)
    last = line_of(peer.version) or NOTHING
    if not peer.offers:
        nothing = words.tr("admits members") if peer.entry else words.tr("shares nothing")
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
        return words.tr("{peer} (this computer)", peer=peer.short)
    return words.tr("{peer} (entry)", peer=peer.short) if peer.entry else peer.short


def _reached(peer: Peer) -> str:
    if peer.this_computer:
        return NOTHING
    if peer.link:
        return words.said(peer.link.words)
    return words.tr("not connected") if peer.reachable else words.tr("did not answer")


def _speed(speed: Speed) -> str:
    if speed.decode_tps is None:
        return NOTHING
    return f"{words.number(speed.decode_tps, 1)} ({speed.samples})"


def _check(check: Check) -> str:
    said = check_words(check.verdict)
    if found := found_words(check.found):
        said = f"{said}: {found}"
    if check.probes:
        said = f"{said} ({check.probes})"
    if check.left_out:
        said = words.tr("{verdict}, left out", verdict=said)
    return f"{said}; {words.said(check.resolution)}" if check.resolution else said


def _invite_line(invite: IssuedInvite) -> InviteLine:
    used_up = invite.used >= invite.uses
    parts = (
        invite.id,
        _allows(invite.scope),
        words.tr("used {used} of {uses}", used=invite.used, uses=invite.uses),
        words.tr("withdrawn")
        if invite.revoked
        else words.tr("until {moment}", moment=words.moment(invite.expires)),
    )
    return InviteLine(
        id=invite.id,
        words="  ·  ".join(parts),
        can_be_revoked=not invite.revoked and not used_up,
    )


def _allows(scope: str) -> str:
    match scope:
        case "chat":
            return words.tr("for asking")
        case "share":
            return words.tr("for asking and sharing")
        case _:
            return line_of(scope)
