"""How an entry helps two peers behind routers to meet: says where it sees them, and tells one to
dial while the other does."""

from collections.abc import Callable

from closedmesh.mesh.allowances import Allowances
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.meeting import passed_on
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.messages import (
    Dialling,
    DialNow,
    DialRequest,
    Observed,
    Refused,
    WhereAmI,
)
from closedmesh.node.clock import Clock
from closedmesh.node.peer import Peer
from closedmesh.node.peers import Service, Services
from closedmesh.node.talk import PeerRefused, Talk, ask_once, refuse
from closedmesh.node.transport import TransportError

MEETINGS_PER_SECOND = 1.0
MEETINGS_AT_ONCE = 20.0
"""That one peer may ask for: it dials a peer once and then stays connected."""

REMEMBERED = 4096
"""Peers whose requests are counted."""


class Meeting:
    """The services of an entry by which peers meet."""

    def __init__(self, connected: Callable[[NodeId], Peer | None], clock: Clock) -> None:
        """`connected` gives the peer that is connected here under an id."""
        self._connected = connected
        self._clock = clock
        self._requests = Allowances(MEETINGS_PER_SECOND, MEETINGS_AT_ONCE, REMEMBERED)

    def services(self) -> Services:
        """What is done with which message."""
        return {
            WhereAmI: Service(None, self._where),
            DialRequest: Service(Scope.CHAT, self._arrange),
        }

    async def _where(self, peer: Peer, talk: Talk, _: WhereAmI) -> None:
        await talk.send(Observed(seen_at(peer)))

    async def _arrange(self, peer: Peer, talk: Talk, request: DialRequest) -> None:
        if request.me.node != peer.node:
            await refuse(talk, Refused(RefusalCode.BAD_REQUEST, "That is not your address."))
            return
        if not self._requests.try_use(peer.node, self._clock.monotonic()):
            await refuse(talk, Refused(RefusalCode.BUSY, "Too many meetings.", retry_after=5000))
            return
        target = self._connected(request.target)
        if target is None:
            await refuse(talk, Refused(RefusalCode.UNREACHABLE, "It is not connected here."))
            return
        dial = DialNow(passed_on(request.me, seen_at(peer)))
        try:
            answer = await ask_once(target.connection, dial, Dialling)
        except (TransportError, PeerRefused):
            await refuse(talk, Refused(RefusalCode.UNREACHABLE, "It does not answer."))
            return
        await talk.send(Dialling(passed_on(answer.target, seen_at(target))))


def seen_at(peer: Peer) -> str | None:
    """From where a peer's packets come, `ip:port`; `None` when they come through a relay."""
    path = peer.connection.path()
    return path.address if path and path.direct else None
