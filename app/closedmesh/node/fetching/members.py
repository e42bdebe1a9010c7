"""Members of the mesh who have the file that is wanted: they give blocks, the hub gives the rest.

A member gives whole blocks, one at a time, and must keep up; what it leaves out comes from the hub.
Nobody vouches for its bytes but the SHA-256 of the whole: it is remembered who gave what, so that
a file that is wrong is compared with the hub there first, and who lied is asked no more.
"""

import logging
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Protocol

from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.faults import NotAuthorised, ProtocolError, RemoteProtocolError
from closedmesh.mesh.ids import NodeId, short
from closedmesh.mesh.lending import FILE_PIECE, FileBytes, FileRead, ReadFile
from closedmesh.models.blocks import BLOCK, Run
from closedmesh.node.clock import Clock, within
from closedmesh.node.fetching.fetch import CONNECTIONS
from closedmesh.node.fetching.source import Source, Wanted
from closedmesh.node.peer import Peer
from closedmesh.node.talk import PeerRefused, talking
from closedmesh.node.transport import TransportError

log = logging.getLogger(__name__)

REACH_LIMIT = 10.0
"""Seconds in which a member must be reached."""

BLOCK_LIMIT = 30.0
"""Seconds that one block of a member may take; the hub is better then."""

REST = 60.0
"""Seconds for which a member that did not give what it has is left alone."""

AT_ONCE = CONNECTIONS - 1
"""Members that give at the same time: the hub always gives too."""

_FAULTS = (
    TransportError, ProtocolError, PeerRefused, NotAuthorised, TimeoutError, ClosedMeshError
)  # fmt: skip
"""What a member can do to us, our leaving the mesh included."""


class Roads(Protocol):
    """The mesh, as far as it is needed here."""

    def holders(self, sha256: str) -> Sequence[NodeId]:
        """Who shares the model of this hash."""
        ...

    async def reach(self, node: NodeId) -> Peer:
        """The connection to one of them."""
        ...


@dataclass(slots=True)
class Members:
    """The hub and the members. Implements `Helpers`."""

    hub: Source
    clock: Clock
    wanted: Callable[[], bool]
    """Whether members are to be asked at all."""
    roads: Roads | None = None
    """Set once this computer has a key."""
    _given: dict[str, dict[int, NodeId]] = field(default_factory=dict)
    """Who gave which block of which file."""
    _busy: set[NodeId] = field(default_factory=set)
    _resting: dict[NodeId, float] = field(default_factory=dict)
    _liars: set[NodeId] = field(default_factory=set)

    async def read(self, wanted: Wanted, run: Run) -> AsyncGenerator[bytes]:
        """The bytes of a run. Raises what the hub raises."""
        start = run.start
        while start < run.end and (node := self._choose(wanted, start)):
            end = min(start + BLOCK, run.end)
            self._busy.add(node)
            try:
                async with aclosing(self._from(node, wanted, start, end)) as pieces:
                    async for piece in pieces:
                        self._given.setdefault(wanted.sha256, {})[start // BLOCK] = node
                        start += len(piece)
                        yield piece
            except _FAULTS as error:
                log.info("peer %s gives no block: %s", short(node), error)
                self._resting[node] = self.clock.monotonic() + REST
            finally:
                self._busy.discard(node)
        if start < run.end:
            for block in range(-(-start // BLOCK), run.blocks.stop):
                self._given.get(wanted.sha256, {}).pop(block, None)
            rest = Run(range(start // BLOCK, run.blocks.stop), start, run.end)
            async with aclosing(self.hub.read(wanted, rest)) as chunks:
                async for chunk in chunks:
                    yield chunk

    def _choose(self, wanted: Wanted, start: int) -> NodeId | None:
        """Who gives the next block; `None` if the hub does, which ends what others began."""
        if start % BLOCK or not self.roads or not self.wanted() or len(self._busy) >= AT_ONCE:
            return None
        now = self.clock.monotonic()
        for node in self.roads.holders(wanted.sha256):
            if node not in self._busy | self._liars and self._resting.get(node, now) <= now:
                return node
        return None

    async def _from(
        self, node: NodeId, wanted: Wanted, start: int, end: int
    ) -> AsyncGenerator[bytes]:
        """Bytes of one block from a member."""
        assert self.roads
        peer = await within(self.clock, REACH_LIMIT, self.roads.reach(node))
        until = self.clock.monotonic() + BLOCK_LIMIT
        async with talking(await peer.connection.open(), opener=True) as talk:
            await talk.send(ReadFile(wanted.sha256, start, end - start))
            while start < end:
                left = until - self.clock.monotonic()
                piece = await within(self.clock, left, talk.expect(FileBytes))
                if len(piece.data) != min(FILE_PIECE, end - start):
                    raise RemoteProtocolError("a piece of another length than agreed")
                start += len(piece.data)
                yield piece.data
            await within(self.clock, BLOCK_LIMIT, talk.expect(FileRead))

    def given(self, wanted: Wanted) -> tuple[tuple[int, ...], ...]:
        """Blocks by who gave them."""
        givers = self._given.get(wanted.sha256, {})
        return tuple(
            tuple(block for block, giver in givers.items() if giver == node)
            for node in dict.fromkeys(givers.values())
        )

    def lied(self, wanted: Wanted, block: int) -> None:
        """Ask the giver of a block no more."""
        node = self._given[wanted.sha256].pop(block)
        if node not in self._liars:
            log.warning("peer %s gave wrong bytes of %s", short(node), wanted.name)
        self._liars.add(node)
