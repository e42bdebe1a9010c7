import asyncio
from contextlib import aclosing

import pytest
from msgspec import structs

from closedmesh.errors import ContextTooLong, MeshUnreachable, ModelNotFound, NotAMember
from closedmesh.host.paths import resources
from closedmesh.models.catalogue import Catalogue, parse
from closedmesh.models.chat import (
    Accepted,
    Conversation,
    FallbackReason,
    Finished,
    FinishReason,
    Message,
    ModelHash,
    Piece,
    Question,
    Receipt,
    RequestId,
    Role,
    Route,
    ServedBy,
)
from closedmesh.node.falling_back import FallingBack
from closedmesh.node.provider import Provider
from closedmesh.settings import FallbackSettings
from tests.support.clock import settle
from tests.support.provider import FakeProvider

ASKED = Question(
    Conversation((Message(Role.USER, "Hi"),)), model="ours", route=Route.MESH_THEN_FALLBACK
)
REQUEST = RequestId("r1")
HASH = ModelHash("a" * 64)


class ScriptedMesh:
    """Says what it is told to, or fails."""

    def __init__(self, clock, *, after=0.0, error=None, breaks=False):
        self.clock, self.after, self.error, self.breaks = clock, after, error, breaks
        self.left = False

    async def answer(self, question, ref, request):
        try:
            if self.error:
                raise self.error
            yield Accepted(request, ref, HASH, ServedBy.MESH, "peer")
            if self.after:
                await self.clock.sleep(self.after)
            yield Piece("from the mesh")
            if self.breaks:
                raise MeshUnreachable("It broke.", "Ask again.")
            yield Finished(
                Receipt(
                    request, ref, HASH, question.route, ServedBy.MESH, "peer",
                    FinishReason.STOP, 1, 1,
                )
            )  # fmt: skip
        finally:
            self.left = True


@pytest.fixture
def catalogue():
    return parse((resources() / "catalogue.toml").read_text("utf-8"))


@pytest.fixture
async def company():
    company = FakeProvider()
    async with company.serving() as address:
        company.address = address
        yield company


def falling_back(company, clock, mesh, *, tier="daily_driver", catalogue=None):
    settings = FallbackSettings(enabled=True, address=company.address, models=("ours = theirs",))

    async def key():
        return "secret"

    known = catalogue.model[0]
    ours = structs.replace(known, name="ours", tier=tier)
    provider = Provider(lambda: settings, key, clock)
    return FallingBack(mesh, provider, Catalogue((ours,)), clock)


async def ask(way, question=ASKED):
    async with aclosing(way.answer(question, "ours", REQUEST)) as events:
        return [event async for event in events]


async def test_the_mesh_answers_where_it_can(company, clock, catalogue):
    way = falling_back(company, clock, ScriptedMesh(clock), catalogue=catalogue)
    events = await ask(way)

    assert events[0].served_by is ServedBy.MESH
    assert events[1] == Piece("from the mesh")
    assert events[-1].receipt.fallback_reason is None
    assert company.requests == []


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (ModelNotFound("None.", "Try."), FallbackReason.NO_REPLICA),
        (NotAMember("None.", "Join."), FallbackReason.NO_REPLICA),
        (MeshUnreachable("Gone.", "Wait."), FallbackReason.MESH_ERROR),
    ],
)
async def test_a_mesh_that_cannot_is_stood_in_for(company, clock, catalogue, error, reason):
    way = falling_back(company, clock, ScriptedMesh(clock, error=error), catalogue=catalogue)
    events = await ask(way)

    assert events[0] == Accepted(
        REQUEST, "theirs", ModelHash(""), ServedBy.FALLBACK, "127.0.0.1", reason
    )
    assert events[-1].receipt.fallback_reason is reason


async def test_a_mesh_that_is_late_is_left_and_stood_in_for(company, clock, catalogue):
    mesh = ScriptedMesh(clock, after=100.0)
    asking = asyncio.ensure_future(ask(falling_back(company, clock, mesh, catalogue=catalogue)))
    for _ in range(5):
        await settle()
        await clock.advance(1.0)
    events = await asking

    assert mesh.left
    assert events[0].fallback_reason is FallbackReason.LATENCY_TARGET
    assert all(event != Piece("from the mesh") for event in events)


async def test_in_no_mesh_there_is_no_replica(company, clock, catalogue):
    events = await ask(falling_back(company, clock, None, catalogue=catalogue))

    assert events[-1].receipt.fallback_reason is FallbackReason.NO_REPLICA


async def test_an_answer_that_the_mesh_has_begun_is_its_own(company, clock, catalogue):
    way = falling_back(company, clock, ScriptedMesh(clock, breaks=True), catalogue=catalogue)

    with pytest.raises(MeshUnreachable):
        await ask(way)
    assert company.requests == []


async def test_a_question_that_is_wrong_is_wrong_everywhere(company, clock, catalogue):
    mesh = ScriptedMesh(clock, error=ContextTooLong("Too long.", "Shorten it."))

    with pytest.raises(ContextTooLong):
        await ask(falling_back(company, clock, mesh, catalogue=catalogue))
    assert company.requests == []


@pytest.mark.parametrize("route", [Route.MESH, Route.AUTO])
async def test_no_other_route_leads_outside(company, clock, catalogue, route):
    mesh = ScriptedMesh(clock, error=MeshUnreachable("Gone.", "Wait."))
    question = structs.replace(ASKED, route=route)

    with pytest.raises(MeshUnreachable):
        await ask(falling_back(company, clock, mesh, catalogue=catalogue), question)
    assert company.requests == []


async def test_only_models_of_every_day_have_stand_ins(company, clock, catalogue):
    mesh = ScriptedMesh(clock, error=MeshUnreachable("Gone.", "Wait."))
    way = falling_back(company, clock, mesh, tier="experimental", catalogue=catalogue)

    with pytest.raises(MeshUnreachable):
        await ask(way)
    assert company.requests == []


async def test_in_no_mesh_and_without_a_stand_in_nobody_answers(company, clock, catalogue):
    way = falling_back(company, clock, None, tier="experimental", catalogue=catalogue)

    with pytest.raises(NotAMember):
        await ask(way)
