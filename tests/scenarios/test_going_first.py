"""Who is answered first where there is one place: whole peers around the real engine."""

import asyncio
import shutil
from contextlib import aclosing
from functools import partial

import pytest
from msgspec import structs

from closedmesh.control import ChangeSettings, ImportModel
from closedmesh.mesh.ids import short
from closedmesh.models.chat import Piece, Route
from closedmesh.node import claiming
from tests.scenarios.test_credits import says_credit, settled, taken
from tests.support.program import PROGRAM
from tests.support.small_mesh import PATIENCE, SmallMesh, question, until

pytestmark = pytest.mark.model

MODEL = "smollm2-135m-instruct.q4_1"
"""As its file calls it."""

LONG, BRIEF = 2_000, 8
"""Tokens of the answer that has the place until everybody waits for it, and of the others."""


@pytest.fixture
async def mesh(tmp_path, monkeypatch):
    monkeypatch.setattr(claiming, "EVERY", 0.7)
    async with SmallMesh(tmp_path / "mesh", (*PROGRAM, "engine-worker")) as mesh:
        mesh.settler.close_if_due = lambda: False
        yield mesh


async def answer(node, tokens, began=lambda: None, route=Route.MESH):
    asked = structs.replace(question("Tell me about ships.", route), max_tokens=tokens)
    async with asyncio.timeout(PATIENCE), aclosing(node.ask(asked)) as events:
        async for event in events:
            if isinstance(event, Piece):
                began()


async def share(node, model):
    await node.do(ImportModel(str(model)))
    await node.do(ChangeSettings({"sharing.share": True}))
    await until(node, lambda status: status.mesh.listed)


async def sees_only(node, other):
    """Wait until the only peer that shares, as far as a node knows, is another one."""
    wanted = [short(other.mesh._network.identity.node)]
    await until(node, lambda status: wanted == [p.short for p in status.peers if p.offers])


async def with_credits(mesh, node, model, asking):
    """Have a node answer something, and the entry write into its keys that it has credits."""
    await share(node, model)
    await sees_only(asking, node)
    await answer(asking, BRIEF)
    await taken(node, 1)
    await settled(mesh, node)
    network = node.mesh._network
    async with asyncio.timeout(PATIENCE):
        while not all(map(says_credit, network.membership.member.asking.values())):
            await network.session.finding.round(network.session.peers)
    await node.do(ChangeSettings({"sharing.share": False}))


async def test_the_own_user_goes_first_then_who_has_credits_then_everybody(
    mesh, tmp_path, starter_model
):
    model = tmp_path / "tiny.gguf"
    shutil.copy(starter_model, model)
    rich, poor, busy = [await mesh.member(name) for name in ("rich", "poor", "busy")]
    for node in (rich, poor, busy):
        await node.do(ChangeSettings({"chat.model": MODEL}))
    await with_credits(mesh, rich, model, poor)
    await busy.do(ChangeSettings({"engine.slots": 1}))
    await share(busy, model)
    for node in (rich, poor):
        await sees_only(node, busy)

    answered, taken_up = [], asyncio.Event()
    async with asyncio.TaskGroup() as group:
        first = group.create_task(answer(poor, LONG, taken_up.set))
        await taken_up.wait()
        waiting = (
            ("poor", poor, Route.MESH),
            ("rich", rich, Route.MESH),
            ("own", busy, Route.LOCAL),
        )
        for count, (name, node, route) in enumerate(waiting, 1):
            group.create_task(answer(node, BRIEF, partial(answered.append, name), route))
            await until(busy, lambda status, count=count: status.models[0].queued >= count)
        first.cancel()
    assert list(dict.fromkeys(answered)) == ["own", "rich", "poor"]
