"""Brings receipts to the settler of the mesh, and fetches what it has signed.

An entry does the same with itself, without a network in between.
"""

import logging
from collections.abc import Callable, Iterable

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, ProtocolError
from closedmesh.mesh.ids import short
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.settlement import AccountPage, ReadAccount, Settle, Settled
from closedmesh.node.clock import Clock, within
from closedmesh.node.credit_book import CreditBook
from closedmesh.node.handing_over import HandingOver
from closedmesh.node.peers import Peers
from closedmesh.node.talk import Ask, PeerRefused
from closedmesh.node.transport import TransportError

log = logging.getLogger(__name__)

EVERY = 20.0
"""Seconds between two visits."""

VISIT_LIMIT = 60.0
"""Seconds that one may take."""

MAX_ROUNDS = 16
"""Messages of one kind in a visit; an entry allows a member so many at once."""

_FAULTS = (TransportError, ProtocolError, PeerRefused, NotAuthorised, TimeoutError)


class Claiming:
    """The service."""

    def __init__(
        self,
        book: CreditBook,
        clock: Clock,
        entries: Callable[[], Iterable[Address]],
        handing_over: HandingOver,
        own: Ask | None = None,
    ) -> None:
        """`own` asks the settler of this process, where there is one."""
        self._book = book
        self._clock = clock
        self._entries = entries
        self._handing_over = handing_over
        self._own = own

    async def run(self, peers: Peers) -> None:
        """Visit the settler again and again, until cancelled."""
        while True:
            if self._own:
                await self.visit(self._own)
            if address := self._settler():
                try:
                    await within(self._clock, VISIT_LIMIT, self._call(peers, address))
                except _FAULTS as error:
                    log.debug("settler %s: %s", short(address.node), error)
            await self._clock.sleep(EVERY)

    def _settler(self) -> Address | None:
        """The entry whose heads are kept; before the first of them, the one that is known
        longest."""
        entries = list(self._entries())
        last = self._book.chain.last()
        if last is None:
            return entries[0] if entries else None
        return next((each for each in entries if each.node == last[1].signer), None)

    async def _call(self, peers: Peers, address: Address) -> None:
        entry = await peers.reach(address, Scope.ENTRY)
        await self.visit(entry.ask)

    async def visit(self, ask: Ask) -> None:
        """Bring everything, and fetch everything. Raises what `ask` raises."""
        self._book.try_again()
        for _ in range(MAX_ROUNDS):
            numbers, claims = self._book.to_claim()
            if not claims:
                break
            settled: Settled = await ask(Settle(claims), Settled)
            self._book.claimed(numbers, settled.refusals)
        for _ in range(MAX_ROUNDS):
            page: AccountPage = await ask(ReadAccount(self._book.next_number()), AccountPage)
            if not self._book.take(page) or page.complete:
                break
        await self._handing_over.visit(ask)
