"""Brings an entry's register and those of the other entries together, and says where it is.

Every few seconds each entry says digests of what it knows to each other one, and is told what it
does not know. The directory needs nothing of the kind: an entry pulls it as every peer does.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable

from closedmesh.entry.authority import Authority
from closedmesh.entry.register import Register
from closedmesh.entry.revoking import Revoking
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.entries import RENEW_NOTICE, notice
from closedmesh.mesh.faults import NotAuthorised, ProtocolError
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.records import KeyRecord, MemberRecord, Reconcile, Record, Records
from closedmesh.node.clock import Clock, within
from closedmesh.node.membership import Membership
from closedmesh.node.peers import Peers
from closedmesh.node.store import Store
from closedmesh.node.talk import PeerRefused
from closedmesh.node.transport import TransportError

log = logging.getLogger(__name__)

RECONCILE_EVERY = 5.0
"""Seconds between two exchanges with each other entry: a revocation made at one is on the others'
lists before their members look the next time."""

EXCHANGE_LIMIT = 25.0
"""Seconds that one exchange may take."""

LONGEST_PAUSE = 120.0
"""Seconds until an entry that does not answer is tried again; doubles until then."""

MAX_PAGES = 4000
"""Of one exchange: a million records."""

_FAULTS = (TransportError, ProtocolError, PeerRefused, NotAuthorised, TimeoutError)
"""What another entry can do to us."""


class Reconciling:
    """Of one entry. `address` says where it can be reached."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it joins
        self,
        store: Store,
        register: Register,
        revoking: Revoking,
        authority: Authority,
        membership: Membership,
        clock: Clock,
        address: Callable[[], Address],
        over: Callable[[Iterable[NodeId]], None],
    ) -> None:
        """`over` is told whose membership ended at another entry."""
        self._store = store
        self._register = register
        self._revoking = revoking
        self._authority = authority
        self._membership = membership
        self._clock = clock
        self._address = address
        self._over = over

    async def run(self, peers: Peers) -> None:
        """Agree with all other entries, as they come and go, until cancelled."""
        pauses: dict[NodeId, float] = {}
        due: dict[NodeId, float] = {}
        while True:
            self.say_where()
            now = self._clock.monotonic()
            entries = [each for each in self.others() if due.get(each.node, now) <= now]
            answered = await asyncio.gather(*(self._visit(peers, each) for each in entries))
            for entry, did in zip(entries, answered, strict=True):
                longer = min(2 * pauses.get(entry.node, RECONCILE_EVERY), LONGEST_PAUSE)
                pauses[entry.node] = RECONCILE_EVERY if did else longer
                due[entry.node] = now + (0.0 if did else longer)
            await self._clock.sleep(RECONCILE_EVERY)

    def others(self) -> tuple[Address, ...]:
        """Where the other entries of the mesh are."""
        own = self._authority.key.node
        return tuple(each for each in self._membership.entries() if each.node != own)

    def say_where(self) -> None:
        """Sign a new notice of where this entry is, when it has moved or the last one is old."""
        address, now = self._address(), self._clock.now()
        if not address.direct and address.relay is None:
            return
        known = self._membership.notices
        made = known.made().get(address.node)
        if made is not None and address in known.addresses() and now < made + RENEW_NOTICE:
            return
        authority = self._authority
        moment = max(now, made + 1.0) if made is not None else now
        said = notice(
            authority.mesh, address, moment, authority.key, authority.credential.statement
        )
        self._membership.take_notices((said,))

    async def _visit(self, peers: Peers, entry: Address) -> bool:
        """Whether it answered."""
        try:
            await within(self._clock, EXCHANGE_LIMIT, self._exchange(peers, entry))
        except _FAULTS as error:
            log.info("entry %s: %s %s", short(entry.node), type(error).__name__, error)
            return False
        return True

    async def _exchange(self, peers: Peers, entry: Address) -> None:
        peer = await peers.reach(entry, Scope.ENTRY)
        async with peer.talk() as talk:
            notices = tuple(self._membership.notices.notices.values())
            await talk.send(Reconcile(self._register.digests().sums, notices))
            for _ in range(MAX_PAGES):
                told = await talk.expect(Records)
                if told.records:
                    self._over(self.take(told.records))
                if told.complete:
                    return

    def take(self, records: Iterable[Record]) -> list[NodeId]:
        """Take up what another entry says; who is no longer a member by that."""
        over: list[NodeId] = []
        with self._store.transaction() as database:
            for told in records:
                known = self._register.merge(database, told)
                if isinstance(known, KeyRecord):  # of somebody whose membership is over already?
                    known = self._register.member(database, known.member)
                if isinstance(known, MemberRecord) and known.revoked is not None:
                    self._revoking.end(database, known)
                    over.append(known.node)
        self._register.touch()
        self._revoking.publish()
        return over
