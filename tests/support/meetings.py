"""An entry, and peers behind routers that are connected to it."""

import asyncio
from contextlib import asynccontextmanager

from closedmesh.entry.meeting import Meeting as EntryMeeting
from closedmesh.mesh.membership import Scope
from closedmesh.node.meeting import Meeting
from tests.conftest import running
from tests.support.clock import settle
from tests.support.mesh import key
from tests.support.world import World

ENTRY = key("an entry of the meeting")


class Meetings:
    """An entry, and peers that know it."""

    def __init__(self):
        self.world = World()
        self.entry = None

    @asynccontextmanager
    async def open_entry(self):
        meeting = EntryMeeting(self._connected, self.world.clock)
        async with self.world.peer(ENTRY, Scope.ENTRY, services=meeting.services()) as self.entry:
            yield

    def _connected(self, node):
        return self.entry.get(node)

    @asynccontextmanager
    async def peer(self, who, scope=Scope.SHARE):
        """A peer behind a router, connected to the entry: its peers, its meeting, the entry."""
        meeting = Meeting(self.world.clock, lambda: [self.entry.transport.address()])
        async with self.world.peer(who, scope, services=meeting.services()) as peers:
            peers.transport.behind_router = True
            async with running(meeting.run(peers)):
                there = await peers.reach(self.entry.transport.address(), Scope.ENTRY)
                for _ in range(5):
                    await settle()
                yield peers, meeting, there

    async def wait(self, seconds):
        """Let time pass so slowly that everybody keeps up."""
        for _ in range(int(seconds * 2)):
            await self.world.clock.advance(0.5)
            await settle()

    async def meet(self, peers, meeting, address, seconds=20.0):
        task = asyncio.ensure_future(meeting.reach(peers, address, Scope.CHAT))
        return await self.world.until(task, seconds)
