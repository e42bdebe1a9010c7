"""An entry, and peers behind routers that are connected to it."""

import asyncio
from contextlib import asynccontextmanager

from closedmesh.entry.meeting import Meeting as EntryMeeting
from closedmesh.mesh.membership import Scope
from closedmesh.node.meeting import Meeting
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
        """A peer behind a router, connected to the entry; its peers and its meeting."""
        services = {}
        async with (
            self.world.peer(who, scope, services=services) as peers,
            asyncio.TaskGroup() as group,
        ):
            there = await peers.reach(self.entry.transport.address(), Scope.ENTRY)
            meeting = Meeting(
                peers, lambda: [p for p in [there] if p.alive], self.world.clock, group
            )
            # As `open_peers` is given them where everything is joined.
            peers._services = {**peers._services, **meeting.services()}
            peers.transport.behind_router = True
            await settle()
            yield peers, meeting, there

    async def meet(self, meeting, address, seconds=20.0):
        task = asyncio.ensure_future(meeting.reach(address, Scope.CHAT))
        return await self.world.until(task, seconds)
