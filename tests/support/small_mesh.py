"""A mesh in one process: an entry and peers with homes of their own on a network that can break.

async with SmallMesh(folder) as mesh:
    asking = await mesh.peer("asking")
    await asking.do(Join(await mesh.invite()))
"""

import asyncio
from contextlib import AsyncExitStack, aclosing
from functools import partial

from closedmesh.control import ChangeSettings, ImportModel, Join, MakeInvite
from closedmesh.entry.authority import Signing
from closedmesh.entry.entry import Entry
from closedmesh.entry.ledger_file import LedgerFile
from closedmesh.host.paths import Paths, resources
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.chat import Conversation, Message, Piece, Question, Role, Route
from closedmesh.node.clock import SystemClock
from closedmesh.node.membership import Membership
from closedmesh.node.node import start_node
from closedmesh.node.parts import Parts
from closedmesh.node.shelf import public_web
from closedmesh.trust import phrases
from tests.support.gguf import gguf
from tests.support.machine import FakeMachine
from tests.support.network import FakeNetwork
from tests.support.scripted_worker import COMMAND

PATIENCE = 30.0
"""Seconds that anything may take on a slow machine; nothing needs more than a few."""


class SmallMesh:
    def __init__(self, folder, worker=COMMAND, *, model=None, catalogue=None, make_web=public_web):
        """`worker` is how workers start; `model` fills the entry's model file; peers know the
        models of `catalogue`, and reach the hub by `make_web`."""
        self._catalogue = catalogue or Catalogue()
        self._make_web = make_web
        self._worker = worker
        self._model = model
        self._stacks = {}
        self.clock = SystemClock()
        self.network = FakeNetwork(self.clock)
        self.entry = None
        self.settler = None
        """Of the first entry."""
        self._folder = folder
        self._stack = AsyncExitStack()
        self._opening = self._stack
        """Of the peer that is just started."""

    async def __aenter__(self):
        self.entry = await self.peer("entry", model=self._model, desk=self._desk)
        return self

    async def __aexit__(self, *failure):
        await self._stack.__aexit__(*failure)

    async def second_entry(self, name="second"):
        """Start another entry of the same mesh, by an invite of the first."""
        link = await self.invite("entry", uses=1, lifetime=3600.0)
        return await self.peer(name, model=self._model, desk=partial(self._desk, invite=link))

    async def again(self, name):
        """Start an entry that was ended in its home."""
        return await self.peer(name, desk=self._desk)

    async def _desk(self, identity, keychain, store, invite=None):
        membership = Membership(store, self.clock)
        signing = Signing(identity, keychain, store, membership, self.clock, self.network.open)
        authority = await signing.authority(None if invite else "Small", invite)
        known = phrases.parse((resources() / "probes.toml").read_text("utf-8"))
        ledger = LedgerFile.open(self._folder / f"{identity.node}.ledger")
        self._opening.callback(ledger.close)
        made = Entry(authority, store, self.clock, known, ledger, self._catalogue, membership)
        self.settler = self.settler or made.settler
        return made

    async def peer(self, name, *, model=None, opener=None, desk=None):
        """Start a peer; `model` is what its model file is filled with."""
        paths = Paths.find(self._folder / name)
        paths.create()
        paths.settings.write_text('[chat]\nmodel = "tiny"\n[sharing]\nidle_minutes = 0\n')
        parts = Parts(
            paths,
            self._catalogue,
            self._worker,
            self.clock,
            FakeMachine(),
            opener or self.network.open,
            desk=desk,
            make_web=self._make_web,
        )
        own = self._opening = await self._stack.enter_async_context(AsyncExitStack())
        node = await own.enter_async_context(start_node(parts))
        self._stacks[node] = own
        if model is not None:
            file = paths.home / "tiny.gguf"
            file.write_bytes(gguf(filling=model))
            await node.do(ImportModel(str(file)))
        return node

    async def end(self, node):
        """End a peer as Ctrl-C does."""
        await self._stacks.pop(node).aclose()

    async def invite(self, scope="share", uses=10, entry=None, lifetime=7 * 86400.0):
        """The link of a new invite."""
        entry = entry or self.entry
        await until(entry, lambda status: status.mesh.state == "connected")
        return (await entry.do(MakeInvite(scope, uses, lifetime))).link

    async def member(self, name, *, model=None):
        """Start a peer that joins."""
        node = await self.peer(name, model=model)
        await node.do(Join(await self.invite()))
        return node

    async def sharing(self, name, model=b"\1"):
        """Start a peer that joins and shares."""
        node = await self.member(name, model=model)
        await self.share(node)
        return node

    async def share(self, node):
        """Have a peer share, and wait until it is listed."""
        await node.do(ChangeSettings({"sharing.share": True}))
        await until(node, lambda status: status.mesh.listed)


async def until(node, holds):
    """The first status for which something holds."""
    async with asyncio.timeout(PATIENCE), aclosing(node.statuses()) as statuses:
        async for status in statuses:
            if holds(status):
                return status
    raise AssertionError("the peer ended")


def question(text, route=Route.MESH):
    return Question(Conversation((Message(Role.USER, text),)), route=route)


async def ask(node, text, route=Route.MESH):
    """All events of an answer."""
    async with asyncio.timeout(PATIENCE), aclosing(node.ask(question(text, route))) as events:
        return [event async for event in events]


def said(events):
    return "".join(event.text for event in events if isinstance(event, Piece))
