import asyncio

import openai
import pytest
from msgspec import structs

from closedmesh.api import streams
from closedmesh.control import EmbedTexts
from closedmesh.errors import (
    ContextTooLong,
    EngineBusy,
    EngineDied,
    NotEnoughMemory,
    RouteUnavailable,
)
from closedmesh.models.chat import Conversation, Message, RawText, Role, Route, ToolCall
from closedmesh.status import ModelState
from tests.support.control import HASH, MODEL, STATUS, FakeControl

HELLO = [{"role": "user", "content": "Hello?"}]


def chat(client, **more):
    return client.chat.completions.create(**({"model": MODEL.name, "messages": HELLO} | more))


async def test_a_plain_answer(client, control):
    raw = await client.chat.completions.with_raw_response.create(
        model=MODEL.name, messages=HELLO, seed=7, stop=["\n"], max_tokens=9
    )
    answer = raw.parse()

    assert answer.choices[0].message.content == "Hello there."
    assert answer.choices[0].finish_reason == "stop"
    assert (answer.id, answer.model) == ("chatcmpl-req-1", MODEL.name)
    assert (answer.usage.prompt_tokens, answer.usage.total_tokens) == (12, 15)
    assert raw.headers["x-closedmesh-model"] == HASH
    assert raw.headers["x-closedmesh-served-by"] == "local"
    assert raw.headers["x-closedmesh-peer"] == "7f3a"
    assert raw.headers["x-closedmesh-check"] == "unchecked"
    assert raw.headers["x-closedmesh-attempts"] == "7f3a"
    assert raw.headers["x-request-id"] == "req-1"
    (asked,) = control.asked
    assert asked.prompt == Conversation((Message(Role.USER, "Hello?"),))
    assert (asked.sampling.seed, asked.stop, asked.max_tokens) == (7, ("\n",), 9)


async def test_a_streamed_answer_with_usage(client):
    stream = await chat(client, stream=True, stream_options={"include_usage": True})
    assert stream.response.headers["x-closedmesh-model"] == HASH
    assert stream.response.headers["content-type"].startswith("text/event-stream")
    *chunks, last = [chunk async for chunk in stream]

    assert chunks[0].choices[0].delta.role == "assistant"
    assert "".join(c.choices[0].delta.content or "" for c in chunks) == "Hello there."
    assert [c.choices[0].finish_reason for c in chunks if c.choices[0].finish_reason] == ["stop"]
    assert not last.choices
    assert last.usage.completion_tokens == 3


async def test_a_text_completion(client, control):
    answer = await client.completions.create(model=MODEL.name, prompt=["Once"])
    stream = await client.completions.create(model=MODEL.name, prompt="Once", stream=True)
    streamed = "".join([chunk.choices[0].text async for chunk in stream])

    assert answer.choices[0].text == streamed == "Hello there."
    assert [ask.prompt for ask in control.asked] == [RawText("Once")] * 2


@pytest.mark.parametrize("stream", [False, True])
async def test_several_answers_to_one_question(client, control, stream):
    got = await chat(client, n=3, seed=5, stream=stream)
    if stream:
        texts = {0: "", 1: "", 2: ""}
        finished = []
        async for chunk in got:
            (choice,) = chunk.choices
            texts[choice.index] += choice.delta.content or ""
            finished += [choice.index] if choice.finish_reason else []
        assert sorted(finished) == [0, 1, 2]
    else:
        texts = {choice.index: choice.message.content for choice in got.choices}
        assert got.usage.completion_tokens == 9
    assert texts == dict.fromkeys(range(3), "Hello there.")
    assert sorted(ask.sampling.seed for ask in control.asked) == [5, 6, 7]


@pytest.mark.parametrize("stream", [False, True])
async def test_a_wish_to_call_a_function_reaches_the_client(client, control, stream):
    control.words = ()
    control.calls = (ToolCall("c1", "weather", '{"city": "Rome"}'),)
    tools = [{"type": "function", "function": {"name": "weather"}}]
    got = await chat(client, tools=tools, stream=stream)
    if stream:
        chunks = [chunk async for chunk in got]
        calls = [c for chunk in chunks for c in chunk.choices[0].delta.tool_calls or ()]
        finish = chunks[-1].choices[0].finish_reason
    else:
        calls = got.choices[0].message.tool_calls
        finish = got.choices[0].finish_reason
    (call,) = calls
    assert (call.id, call.function.name, call.function.arguments) == (
        "c1", "weather", '{"city": "Rome"}',
    )  # fmt: skip
    assert finish == "tool_calls"
    (asked,) = control.asked
    assert [function.name for function in asked.prompt.functions] == ["weather"]


async def test_vectors_come_as_the_client_wants_them(client, control):
    raw = await client.embeddings.with_raw_response.create(model=MODEL.name, input=["a", "bcd"])
    made = raw.parse()
    assert [item.embedding for item in made.data] == [[1.0, 0.5], [3.0, 0.5]]
    assert made.usage.total_tokens == 7
    assert raw.headers["x-closedmesh-model"] == HASH
    assert control.done == [EmbedTexts(("a", "bcd"), MODEL.name)]


async def test_going_away_from_several_answers_cancels_them_all(client, control):
    control.gate = asyncio.Event()
    stream = await chat(client, n=3, stream=True)
    await anext(aiter(stream))
    await stream.close()

    async with asyncio.timeout(5):
        while control.cancelled < 3:
            control.was_cancelled.clear()
            await control.was_cancelled.wait()


async def test_the_header_chooses_the_route(client, control):
    await chat(client, extra_headers={"x-closedmesh-route": "mesh"})

    assert control.asked[0].route is Route.MESH


async def test_models_that_have_a_file_are_listed(client, control):
    gone = structs.replace(MODEL, name="gone", state=ModelState.MISSING)
    control.status = structs.replace(STATUS, models=(MODEL, gone))

    assert [model.id for model in (await client.models.list()).data] == [MODEL.name]
    assert (await client.models.retrieve(HASH)).closedmesh["state"] == "loaded"
    with pytest.raises(openai.NotFoundError, match=MODEL.name):
        await client.models.retrieve("gone")


@pytest.mark.parametrize("stream", [False, True])
async def test_an_unknown_model_is_a_404_that_helps(client, stream):
    with pytest.raises(openai.NotFoundError, match="models list") as caught:
        await chat(client, model="gpt-9", stream=stream)
    assert caught.value.code == "model_not_found"


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (ContextTooLong, 400),
        (EngineDied, 502),
        (EngineBusy, 503),
        (NotEnoughMemory, 503),
        (RouteUnavailable, 503),
    ],
)
async def test_an_error_before_the_first_piece_has_its_own_status(
    client, control, kind, status, stream
):
    control.words, control.error = (), kind("It went wrong.", "Do this.")
    with pytest.raises(openai.APIStatusError, match=r"It went wrong\. Do this\.") as caught:
        await chat(client, stream=stream)

    assert (caught.value.status_code, caught.value.code) == (status, kind.code)
    assert ("retry-after" in caught.value.response.headers) == (kind is EngineBusy)


@pytest.mark.parametrize(("estimate", "told"), [(0.0, "1"), (12.3, "13"), (1e9, "600")])
async def test_a_full_queue_says_when_to_come_back(client, control, estimate, told):
    control.words = ()
    control.error = EngineBusy("9 requests wait.", "Try then.", retry_after=estimate)
    with pytest.raises(openai.APIStatusError) as caught:
        await chat(client)
    assert caught.value.response.headers["retry-after"] == told


async def gather(stream, said):
    async for chunk in stream:
        said.append(chunk.choices[0].delta.content)


async def test_an_error_after_the_first_piece_ends_the_stream(client, control):
    control.error = EngineDied("Killed by signal 9.", "Ask again.")
    stream = await chat(client, stream=True)
    said = []
    with pytest.raises(openai.APIError, match="Killed by signal 9") as caught:
        await gather(stream, said)

    assert "".join(said) == "Hello there."
    assert caught.value.code == "engine_died"


async def test_an_error_in_a_plain_answer_is_no_half_answer(client, control):
    control.error = EngineDied("Killed by signal 9.", "Ask again.")
    with pytest.raises(openai.InternalServerError, match="signal 9"):
        await chat(client)


async def test_going_away_from_a_stream_cancels_the_answer(client, control):
    control.gate = asyncio.Event()
    stream = await chat(client, stream=True)
    await anext(aiter(stream))
    await stream.close()

    async with asyncio.timeout(5):
        await control.was_cancelled.wait()


async def test_going_away_from_a_plain_answer_cancels_it(http, control):
    control.gate = asyncio.Event()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await http.post("/v1/chat/completions", json={"messages": HELLO})

    async with asyncio.timeout(5):
        await control.was_cancelled.wait()


async def test_a_silent_stream_shows_that_it_lives(http, control, monkeypatch):
    monkeypatch.setattr(streams, "PING_AFTER", 0.01)
    control.gate = asyncio.Event()
    async with http.post(
        "/v1/chat/completions", json={"messages": HELLO, "stream": True}
    ) as response:
        async for line in response.content:
            if line == b": ping\n":
                control.gate.set()
        assert control.gate.is_set()


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b'{"messages": ' + b"[" * 100_000]
)
async def test_what_is_no_request_is_a_400(http, control: FakeControl, body):
    async with http.post("/v1/chat/completions", data=body) as response:
        assert response.status == 400
        assert (await response.json())["error"]["code"] == "invalid_request"
    assert not control.asked


async def test_many_answers_at_once_are_not_mixed_up(client):
    answers = await asyncio.gather(*(chat(client) for _ in range(8)))

    assert {answer.choices[0].message.content for answer in answers} == {"Hello there."}
