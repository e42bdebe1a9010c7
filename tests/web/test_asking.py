import asyncio
from contextlib import asynccontextmanager

import aiohttp
import openai
import pytest
from msgspec import structs

from closedmesh.models.chat import Route
from closedmesh.settings import changed
from closedmesh.web import asking
from tests.support.control import AT_THE_ENTRY, MODEL, OTHER_HASH, FakeControl
from tests.web.test_server import public

HELLO = {"model": MODEL.name, "messages": [{"role": "user", "content": "Hello"}]}


def entry(**changes):
    """An entry that lets the public ask."""
    chosen = {"public.enabled": True} | {f"public.{k}": v for k, v in changes.items()}
    settings = changed(AT_THE_ENTRY.settings, chosen)
    return FakeControl(status=structs.replace(AT_THE_ENTRY, settings=settings))


@asynccontextmanager
async def opened(control):
    async with public(control) as address, aiohttp.ClientSession(address) as http:
        yield http


async def post(http, body=HELLO, **headers):
    async with http.post("/v1/chat/completions", json=body, headers=headers) as response:
        return response.status, response.headers, await response.json()


async def test_it_is_off_unless_somebody_wants_it():
    control = FakeControl(status=AT_THE_ENTRY)
    async with opened(control) as http:
        status, _, body = await post(http)
        assert (status, body["error"]["code"]) == (404, "not_found")
        async with http.get("/v1/models") as response:
            assert response.status == 404
    assert control.asked == []


async def test_anybody_asks_the_mesh_with_openais_client():
    control = entry(max_tokens=100)
    async with (
        public(control) as address,
        openai.AsyncOpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as client,
    ):
        answer = await client.chat.completions.create(**HELLO)
        stream = await client.chat.completions.create(**HELLO, stream=True, max_tokens=7)
        text = "".join([part.choices[0].delta.content or "" async for part in stream])
        names = [model.id async for model in client.models.list()]

    assert answer.choices[0].message.content == text == "Hello there."
    assert set(names) == {MODEL.name, "other-7b-q4_k_m"}
    whole, streamed = control.asked
    assert (whole.route, whole.client) == (Route.MESH, "public 127.0.0.1")
    assert (whole.max_tokens, streamed.max_tokens) == (100, 7)


async def test_what_only_the_entry_shares_it_answers_itself():
    control = entry()
    alone = structs.replace(
        control.status,
        peers=tuple(peer for peer in control.status.peers if peer.this_computer),
    )
    (own,) = (offer for peer in alone.peers for offer in peer.offers)
    control.status = alone
    async with opened(control) as http:
        async with http.get("/v1/models") as response:
            (model,) = (await response.json())["data"]
        assert (model["id"], model["closedmesh"]["replicas"]) == (own.name, 1)
        status, headers, _ = await post(http, HELLO | {"model": own.name})

    assert status == 200
    assert headers["x-closedmesh-readable-by"] == "entry, peer"
    (asked,) = control.asked
    assert (asked.route, asked.model, asked.client) == (
        Route.LOCAL, own.sha256, "public 127.0.0.1",
    )  # fmt: skip


async def test_every_answer_says_which_path_served_it_and_who_can_read_it():
    async with opened(entry()) as http:
        _, headers, _ = await post(http)
        assert headers["x-closedmesh-readable-by"] == "entry, peer"
        assert headers["x-closedmesh-served-by"]
        assert headers["Content-Security-Policy"]
        async with http.get("/status") as response:
            assert "can both read what you ask" in await response.text()
            assert "x-closedmesh-readable-by" not in response.headers


async def test_who_asks_too_often_is_told_when_to_come_again():
    control = entry(per_minute=2)
    async with opened(control) as http:
        assert [(await post(http))[0] for _ in range(2)] == [200, 200]
        status, headers, body = await post(http)
    assert (status, headers["Retry-After"]) == (429, "30")
    assert body["error"]["code"] == "rate_limit_exceeded"
    assert headers["x-closedmesh-readable-by"]
    assert len(control.asked) == 2


async def test_who_stands_behind_a_proxy_has_limits_of_their_own():
    async with opened(entry(per_minute=1, behind_proxy=True)) as http:
        assert (await post(http, **{"X-Forwarded-For": "203.0.113.1"}))[0] == 200
        assert (await post(http, **{"X-Forwarded-For": "203.0.113.1"}))[0] == 429
        assert (await post(http, **{"X-Forwarded-For": "203.0.113.2"}))[0] == 200


async def test_members_go_first():
    async with opened(entry()) as http:
        status, headers, body = await post(http, HELLO | {"model": OTHER_HASH})  # 1 place, taken
        assert (status, body["error"]["code"]) == (503, "engine_busy")
        assert headers["Retry-After"] == "10"


async def test_whom_the_mesh_had_no_place_for_may_ask_again():
    async with opened(entry(per_minute=1)) as http:
        for _ in range(3):
            assert (await post(http, HELLO | {"model": OTHER_HASH}))[0] == 503
        assert (await post(http))[0] == 200
        assert (await post(http))[0] == 429


async def test_a_place_is_free_again_when_somebody_goes_away():
    control = entry(per_minute=1000, total_per_minute=1000)
    control.gate = asyncio.Event()
    async with opened(control) as http:
        held = [await http.post("/v1/chat/completions", json=HELLO | {"stream": True})
                for _ in range(2)]  # fmt: skip
        assert (await post(http))[0] == 429
        for response in held:
            response.close()
        while control.cancelled < 2:  # the server hears of it a moment later
            await http.get("/health")
        control.gate.set()
        while (await post(http))[0] != 200:
            pass


@pytest.mark.parametrize(
    ("changes", "code", "param"),
    [
        ({"n": 2}, "invalid_request", "n"),
        ({"model": None}, "invalid_request", "model"),
        ({"messages": []}, "invalid_request", "messages"),
        ({"model": "nobody's"}, "model_not_found", None),
        ({"messages": [{"role": "user", "content": "x" * 70_000}]}, "request_too_large", None),
    ],
)
async def test_what_cannot_be_had_is_refused_by_name(changes, code, param):
    control = entry()
    async with opened(control) as http:
        status, _, body = await post(http, HELLO | changes)
    assert 400 <= status < 500
    assert (body["error"]["code"], body["error"]["param"]) == (code, param)
    assert control.asked == []


@pytest.mark.parametrize("route", ["local", "auto", "mesh-then-fallback"])
async def test_no_other_path_than_the_mesh_can_be_chosen(route):
    control = entry()
    async with opened(control) as http:
        status, _, body = await post(http, **{"x-closedmesh-route": route})
    assert (status, body["error"]["param"]) == (400, "x-closedmesh-route")
    assert control.asked == []


async def test_what_is_not_there_is_said_in_openais_form():
    async with opened(entry()) as http:
        for path in ("/v1/embeddings", "/v1/nothing"):
            async with http.get(path) as response:
                assert (await response.json())["error"]["code"] == "not_found"
        async with http.get("/v1/chat/completions") as response:
            assert response.status == 405
            assert (await response.json())["error"]["code"] == "method_not_allowed"


@pytest.mark.parametrize("stream", [False, True])
async def test_no_answer_lasts_forever(stream, monkeypatch):
    monkeypatch.setattr(asking, "ANSWER_LIMIT", 0.2)
    control = entry()
    control.gate = asyncio.Event()
    async with opened(control) as http:
        if stream:
            with pytest.raises(aiohttp.ClientError):
                async with http.post("/v1/chat/completions", json=HELLO | {"stream": True}) as got:
                    await got.read()
        else:
            status, _, body = await post(http)
            assert (status, body["error"]["code"]) == (503, "mesh_unreachable")
    assert control.cancelled == 1
