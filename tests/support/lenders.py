"""A small mesh, a hub, and one model file that members hand on.

async with Lenders.running(folder) as lenders:
    giving = await lenders.giving("giving")
    asking = await lenders.asking(1)
"""

import hashlib
import os
from contextlib import asynccontextmanager

from closedmesh.control import ChangeSettings, ImportModel, PullModel
from closedmesh.models.blocks import BLOCK
from closedmesh.models.catalogue import Catalogue, HuggingFace, Known
from tests.support.certificates import Authority
from tests.support.gguf import gguf
from tests.support.hub_server import REVISION, HubServer, web_to
from tests.support.small_mesh import SmallMesh, until

REPO = "me/model"
HEAD = gguf(facts={"general.name": "Handed On"})
DATA = HEAD + os.urandom(3 * BLOCK + 1000 - len(HEAD))
SHA = hashlib.sha256(DATA).hexdigest()
FAST = 10_000.0
"""MB a second: no limit that a test would notice."""


class Lenders:
    def __init__(self, mesh, server, folder):
        self.mesh = mesh
        self.server = server
        self._folder = folder

    @classmethod
    @asynccontextmanager
    async def running(cls, folder, licence="MIT"):
        """The mesh and the hub for the length of a block."""
        known = Known(
            "known", "Known", "m.gguf", len(DATA), SHA, licence, "Q4_0", 192, 2048,
            (HuggingFace(REPO, "m.gguf", REVISION),),
        )  # fmt: skip
        authority = Authority.make(folder / "authority")
        async with HubServer(authority).running() as server:
            server.add(REPO, "m.gguf", DATA)

            def make_web(_mirror, _network):
                return web_to(server.reach, authority.client(), stall=30.0)

            catalogue = Catalogue((known,))
            async with SmallMesh(folder, catalogue=catalogue, make_web=make_web) as mesh:
                yield cls(mesh, server, folder)

    async def giving(self, name, limit=FAST):
        """Start a peer that shares the file."""
        node = await self.mesh.member(name)
        source = self._folder / f"{name}.gguf"
        source.write_bytes(DATA)
        await node.do(ImportModel(str(source)))
        await node.do(ChangeSettings({"sharing.files_limit": limit}))
        await self.mesh.share(node)
        return node

    async def asking(self, count):
        """Start a peer that knows `count` others who share."""
        node = await self.mesh.member("asking")
        await node.do(ChangeSettings({"models.mirror": self.server.base}))
        await until(node, lambda s: sum(bool(peer.offers) for peer in s.peers) == count)
        return node

    async def fetched(self, node):
        """Fetch the model, and wait until it is there; its path."""
        await node.do(PullModel("known"))
        status = await until(node, lambda s: any(m.sha256 == SHA for m in s.models))
        return next(model.path for model in status.models if model.sha256 == SHA)

    @property
    def from_the_hub(self):
        """Bytes of the file that the hub sent."""
        return sum(count for _, _, count in self.server.served)
