"""The mesh as a status shows it. What peers say of themselves and what was measured stay apart."""

from collections.abc import Callable

from msgspec import structs

from closedmesh.mesh import announcements
from closedmesh.mesh.announcements import Announcement
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.picture import Check, Mesh, MeshState, Offer, Peer, Speed
from closedmesh.models.chat import ModelHash
from closedmesh.node.head_chain import HeadChain
from closedmesh.node.network import Network, Session
from closedmesh.node.offers import NativeSpeeds
from closedmesh.node.peer import Peer as Connected
from closedmesh.status import Health, Severity

MAX_SHOWN = 200
"""Peers of one status; a mesh may have thousands."""


def mesh_of(network: Network, members: int | None, now: float) -> Mesh | None:
    """The membership; `None` where there is none."""
    member = network.membership.member
    if member is None:
        return None
    certificate, session = network.membership.certificate, network.session
    return Mesh(
        id=member.info.mesh,
        name=member.info.name,
        state=session.finding.state if session else MeshState.CONNECTING,
        scope=certificate.scope,
        expires=certificate.expires,
        node=network.identity.node,
        members=members,
        listed=session.finding.listed if session else None,
        entries=len(network.membership.entries()),
        connected=len(_connected(session)) if session else 0,
        sharing=sum(1 for _ in session.finding.directory.live(now)) if session else 0,
        owner=certificate.owner,
        adopted=network.membership.is_adopted(network.identity),
    )


CheckOf = Callable[[NodeId, str], Check]
"""What is known of a peer's model."""


def peers_of(
    network: Network, speeds: NativeSpeeds, now: float, check: CheckOf
) -> tuple[Peer, ...]:
    """Those that are known: this computer, entries, then whoever shares."""
    session, member = network.session, network.membership.member
    if session is None or member is None:
        return ()
    links = _connected(session)
    said = {each.node: each for each in session.finding.directory.live(now)}
    entries = {address.node for address in network.membership.entries()}
    own = network.identity.node
    if network.membership.certificate.scope is Scope.ENTRY:
        entries.add(own)
    nodes = dict.fromkeys((own, *sorted(entries), *said, *links))
    return tuple(
        _peer(
            node,
            said.get(node),
            links.get(node),
            session=session,
            speeds=speeds if node == own else None,
            entry=node in entries,
            check=check,
        )
        for node in list(nodes)[:MAX_SHOWN]
    )


def _connected(session: Session) -> dict[NodeId, Connected]:
    """Open connections; those under the key of the day go before, for they are what answers."""
    found = {peer.node: peer for peer in session.peers.connected() if _is_member(peer)}
    if session.answers:
        found |= {peer.node: peer for peer in session.answers.peers.connected()}
    return found


def _is_member(peer: Connected) -> bool:
    """Not one who asks under a key of the day: nobody can tell who that is."""
    return peer.connection.dialled or peer.scope is not Scope.CHAT


def _peer(  # noqa: PLR0913 - a line of a table
    node: NodeId,
    said: Announcement | None,
    connected: Connected | None,
    *,
    session: Session,
    speeds: NativeSpeeds | None,
    entry: bool,
    check: CheckOf,
) -> Peer:
    return Peer(
        node=node,
        short=short(node),
        this_computer=speeds is not None,
        entry=entry,
        link=connected.link if connected else None,
        version=said.version if said else connected.version if connected else "",
        backend=said.backend if said else "",
        hardware=said.hardware if said else "",
        heard=said.made if said else None,
        since=said.since if said and said.offers else None,
        offers=tuple(
            structs.replace(_offer(node, each, session, speeds), check=check(node, each.sha256))
            for each in (said.offers if said else ())
        ),
    )


def _offer(
    node: NodeId, said: announcements.Offer, session: Session, speeds: NativeSpeeds | None
) -> Offer:
    sha256 = ModelHash(said.sha256)
    return Offer(
        name=said.name,
        sha256=sha256,
        quantisation=said.quantisation,
        context=said.context,
        slots=said.slots,
        free=said.free,
        native=speeds.of(sha256) if speeds else Speed(),
        announced=Speed(
            decode_tps=said.decode.tokens_per_second if said.decode else None,
            prefill_tps=said.prefill.tokens_per_second if said.prefill else None,
            samples=said.decode.samples if said.decode else 0,
        ),
        measured=session.choosing.measured(node, sha256),
    )


def health_of(network: Network) -> tuple[Health, ...]:
    """What lasts and needs to be known."""
    member, session = network.membership.member, network.session
    if member is None:
        return ()
    if network.problem:
        problem = network.problem
        return (_warning("network", problem.title, problem.advice),)
    if network.membership.excluded:
        return (
            _warning(
                "membership-ended",
                f"This computer is no longer a member of {member.info.name}.",
                "Ask the person who runs the mesh for a new invite, or leave the mesh.",
            ),
        )
    return _health_of_session(session, member.info.name) if session else ()


def health_of_ledger(chain: HeadChain) -> tuple[Health, ...]:
    """Whether what the settler of the mesh says can be believed."""
    if chain.contradicted():
        return (
            _warning(
                "ledger-contradicts",
                "The mesh's ledger tells two stories, both signed by its settler.",
                "Both are kept here as proof; ask the person who runs the mesh.",
            ),
        )
    if chain.problem:
        return (
            _warning(
                "ledger-unproven",
                f"What the mesh's ledger says of this computer does not hold: {chain.problem}.",
                "Nothing of it is believed; it is asked again by itself.",
            ),
        )
    return ()


def _health_of_session(session: Session, name: str) -> tuple[Health, ...]:
    if session.finding.state is MeshState.ALONE:
        return (
            _warning(
                "no-entry",
                f"No entry of {name} answers; the peers that are known are still asked.",
                "Look whether this computer is online; it tries again by itself.",
            ),
        )
    if session.finding.listed is False:
        return (
            _warning(
                "not-listed",
                f"{name} does not list this computer, so nobody asks it.",
                "It announces itself again by itself; if this stays, look at the clock and the"
                " network of this computer.",
            ),
        )
    return ()


def _warning(code: str, title: str, advice: str) -> Health:
    return Health(code, Severity.WARNING, title, advice)
