"""Some peers of one mesh, on a network that a test can break and under a clock that it moves."""

from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field

from closedmesh.mesh.ids import MeshId
from closedmesh.mesh.membership import Endorsed, Revocations, Scope
from closedmesh.node.peers import open_peers
from tests.support.clock import FakeClock, settle
from tests.support.mesh import MESH, NOW
from tests.support.network import FakeNetwork


@dataclass
class FixedStanding:
    mesh: MeshId
    credential: Endorsed
    revocations: Revocations = field(default_factory=Revocations)


class World:
    """Some peers on one network."""

    def __init__(self):
        self.clock = FakeClock(NOW)
        self.network = FakeNetwork(self.clock)
        self.standings = {}
        self._stack = AsyncExitStack()

    @asynccontextmanager
    async def peer(self, key, scope=Scope.SHARE, mesh=MESH, services=None):
        made = mesh.make_entry(key) if scope is Scope.ENTRY else mesh.credential(key.node, scope)
        standing = FixedStanding(mesh.mesh, made)
        self.standings[key.node] = standing
        with self.network.peer(key.node) as transport:
            async with open_peers(transport, self.clock, standing, services or {}) as peers:
                yield peers

    async def until(self, task, seconds=10.0, step=0.25):
        """Let time pass in steps until a task is done; what it gives."""
        for _ in range(int(seconds / step)):
            await settle()
            if task.done():
                break
            await self.clock.advance(step)
        await settle()
        assert task.done()
        return task.result()
