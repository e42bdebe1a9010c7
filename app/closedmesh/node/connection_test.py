"""The connection test: tries entries and a few peers, and says what happened in words."""

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, ProtocolError
from closedmesh.mesh.ids import short
from closedmesh.mesh.membership import Scope
from closedmesh.node.clock import Clock, within
from closedmesh.node.membership import not_a_member
from closedmesh.node.network import Network
from closedmesh.node.peers import Peers
from closedmesh.node.talk import PeerRefused
from closedmesh.node.transport import TransportError
from closedmesh.status import Finding

LIMIT = 15.0
"""Seconds for one peer."""

PEERS = 3
"""Sharing peers that are tried."""


async def look_at(network: Network, clock: Clock) -> tuple[Finding, ...]:
    """One finding for each that was tried. Raises `NotAMember`."""
    member, session = network.membership.member, network.session
    if member is None:
        raise not_a_member()
    if session is None:
        problem = str(network.problem) if network.problem else "It is being opened."
        return (Finding("Network", ok=False, detail=problem),)
    own = network.identity.node
    findings = [_own_address(session.peers)]
    for entry in network.membership.entries():
        if entry.node != own:
            findings.append(await _try(session.peers, entry, Scope.ENTRY, clock))
    said = [each for each in session.finding.directory.live(clock.now()) if each.node != own]
    peers = session.answers.peers if session.answers else session.peers
    for each in said[:PEERS]:
        findings.append(await _try(peers, each.address, Scope.SHARE, clock))
    return tuple(findings)


def _own_address(peers: Peers) -> Finding:
    address = peers.transport.address()
    ways = [*address.direct, *([address.relay] if address.relay else [])]
    return Finding("This computer", ok=bool(ways), detail=f"Listens at {', '.join(ways)}.")


async def _try(peers: Peers, address: Address, scope: Scope, clock: Clock) -> Finding:
    title = f"{'Entry' if scope is Scope.ENTRY else 'Peer'} {short(address.node)}"
    try:
        peer = await within(clock, LIMIT, peers.reach(address, scope))
        await within(clock, LIMIT, peer.ping())
    except TimeoutError:
        return Finding(title, ok=False, detail=f"No answer within {LIMIT:.0f} s.")
    except PeerRefused as refused:
        return Finding(title, ok=False, detail=f"It refused: {refused.code}.")
    except (TransportError, ProtocolError, NotAuthorised) as error:
        return Finding(title, ok=False, detail=f"It failed: {error}.")
    return Finding(title, ok=True, detail=f"{peer.link.words.capitalize()}.")
