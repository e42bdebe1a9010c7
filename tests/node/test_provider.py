import asyncio
from contextlib import aclosing

import pytest

from closedmesh.errors import FallbackFailed
from closedmesh.models.chat import (
    Accepted,
    Conversation,
    FallbackReason,
    Finished,
    FinishReason,
    Message,
    Piece,
    Question,
    RawText,
    RequestId,
    Role,
    Route,
    ServedBy,
)
from closedmesh.node.provider import Provider
from closedmesh.settings import FallbackSettings
from tests.support.processes import until
from tests.support.provider import FakeProvider

QUESTION = Question(
    Conversation((Message(Role.USER, "How are you?"),)), route=Route.MESH_THEN_FALLBACK
)


@pytest.fixture
async def company():
    company = FakeProvider()
    async with company.serving() as address:
        company.address = address
        yield company


def provider(company, clock, **changes):
    settings = FallbackSettings(
        **{"enabled": True, "address": company.address, "models": ("ours = theirs",), **changes}
    )

    async def key():
        return "secret"

    return Provider(lambda: settings, key, clock)


async def ask(company, clock):
    outside = provider(company, clock)
    answer = outside.answer(QUESTION, "theirs", RequestId("r1"), FallbackReason.NO_REPLICA)
    async with aclosing(answer) as events:
        return [event async for event in events]


async def test_an_answer_from_outside_is_labelled(company, clock):
    accepted, *pieces, finished = await ask(company, clock)

    assert accepted == Accepted(
        RequestId("r1"), "theirs", "", ServedBy.FALLBACK, "127.0.0.1", FallbackReason.NO_REPLICA
    )
    assert pieces == [Piece("Good "), Piece("morning"), Piece(".")]
    assert isinstance(finished, Finished)
    receipt = finished.receipt
    assert receipt.served_by is ServedBy.FALLBACK
    assert receipt.fallback_reason is FallbackReason.NO_REPLICA
    assert (receipt.prompt_tokens, receipt.completion_tokens) == (11, 3)
    assert receipt.finish is FinishReason.STOP
    assert (receipt.model, receipt.model_sha256) == ("theirs", "")


async def test_the_key_and_the_question_go_to_the_provider(company, clock):
    await ask(company, clock)

    ((key, body),) = company.requests
    assert key == "Bearer secret"
    assert body["model"] == "theirs"
    assert body["messages"] == [{"role": "user", "content": "How are you?"}]


async def test_a_provider_that_does_not_count_is_counted_by_pieces(company, clock):
    company.usage = None

    assert (await ask(company, clock))[-1].receipt.completion_tokens == 3


@pytest.mark.parametrize(
    ("status", "words"), [(401, "accept the key"), (500, "refused"), (302, "refused")]
)
async def test_a_refusal_is_explained_and_no_redirect_followed(company, clock, status, words):
    company.status = status

    with pytest.raises(FallbackFailed, match=words):
        await ask(company, clock)


async def test_an_answer_that_breaks_off_fails(company, clock):
    company.break_after = 2

    with pytest.raises(FallbackFailed, match="to the end"):
        await ask(company, clock)


async def test_a_provider_that_is_not_there_fails(company, clock):
    company.address = "http://127.0.0.1:9/v1"

    with pytest.raises(FallbackFailed):
        await ask(company, clock)


async def test_who_stops_listening_ends_the_answer_there(company, clock):
    company.wait = asyncio.Event()
    outside = provider(company, clock)
    answer = outside.answer(QUESTION, "theirs", RequestId("r1"), FallbackReason.MESH_ERROR)
    async with aclosing(answer) as events:
        assert isinstance(await anext(events), Accepted)
        assert await anext(events) == Piece("Good ")
    await until(lambda: company.left == 1, "the provider noticed")


def test_a_stand_in_is_used_only_as_configured(clock):
    class Nowhere:
        address = "https://api.example.com/v1"

    assert provider(Nowhere, clock).model("ours", QUESTION) == "theirs"
    assert provider(Nowhere, clock).model("other", QUESTION) is None
    assert provider(Nowhere, clock).model("ours", Question(RawText("x"))) is None
    assert provider(Nowhere, clock, enabled=False).model("ours", QUESTION) is None
