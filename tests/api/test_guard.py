import io

import aiohttp
import pytest
from msgspec import structs

from closedmesh.api import server
from closedmesh.settings import ApiSettings

PAGE = "http://localhost:3000"
HELLO = {"messages": [{"role": "user", "content": "Hello?"}]}


async def refusal(response):
    """Status and code, after checking the shape."""
    error = (await response.json())["error"]
    assert set(error) == {"message", "type", "param", "code", "title", "advice"}
    assert error["message"] == f"{error['title']} {error['advice']}"
    return response.status, error["code"]


@pytest.mark.parametrize(
    "header",
    [None, "", "Bearer", "Bearer ", "Bearer wrong", "Basic cm-key-of-the-owner", "Bearer \u00e9"],
)
@pytest.mark.parametrize("path", ["/v1/models", "/api/status", "/api/nothing"])
async def test_without_the_right_key_there_is_nothing(address, header, path):
    headers = {} if header is None else {"Authorization": header}
    async with (
        aiohttp.ClientSession() as session,
        session.get(address + path, headers=headers) as r,
    ):
        assert await refusal(r) == (401, "invalid_api_key")


async def test_an_empty_key_opens_nothing(owner, http):
    owner.key = ""

    async with http.get("/v1/models", headers={"Authorization": "Bearer "}) as response:
        assert response.status == 401


async def test_a_new_key_counts_at_once(owner, http):
    owner.key = "cm-new"

    async with http.get("/v1/models") as response:
        assert response.status == 401
    async with http.get("/v1/models", headers={"Authorization": "bearer cm-new"}) as response:
        assert response.status == 200


@pytest.mark.parametrize(
    "host", ["evil.test", "evil.test:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.test", ""]
)
async def test_a_foreign_host_is_refused_even_with_the_key(address, http, host):
    port = address.rpartition(":")[2]
    async with http.get("/v1/models", headers={"Host": host.format(port=port)}) as response:
        assert await refusal(response) == (403, "forbidden_host")


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost", "LocalHost", "[::1]"])
async def test_the_names_of_this_computer_are_accepted(address, http, name):
    port = address.rpartition(":")[2]
    async with http.get("/v1/models", headers={"Host": f"{name}:{port}"}) as response:
        assert response.status == 200


@pytest.mark.parametrize("origin", ["https://evil.test", "null", "*", "http://127.0.0.1:9337"])
async def test_a_foreign_origin_is_refused_even_with_the_key(owner, control, http, origin):
    owner.settings = ApiSettings(allowed_origins=(PAGE, "null", "*"))
    if origin == "*":
        owner.settings = ApiSettings(allowed_origins=(PAGE,))
    async with http.post(
        "/v1/chat/completions", json=HELLO, headers={"Origin": origin}
    ) as response:
        assert await refusal(response) == (403, "forbidden_origin")
        assert "Access-Control-Allow-Origin" not in response.headers
    assert not control.asked


async def test_a_foreign_preflight_is_refused(http):
    headers = {"Origin": PAGE, "Access-Control-Request-Method": "POST"}
    async with http.options("/v1/chat/completions", headers=headers) as response:
        assert await refusal(response) == (403, "forbidden_origin")


async def test_a_page_that_the_owner_allows_may_call(owner, address):
    owner.settings = structs.replace(owner.settings, allowed_origins=(f"{PAGE}/",))
    preflight = {
        "Origin": PAGE,
        "Access-Control-Request-Method": "POST",
        "Access-Control-Request-Headers": "authorization, x-stainless-os",
    }
    call = {"Origin": PAGE, "Authorization": f"Bearer {owner.key}"}
    async with aiohttp.ClientSession(address) as session:
        async with session.options("/v1/chat/completions", headers=preflight) as response:
            assert response.status == 204
            assert response.headers["Access-Control-Allow-Origin"] == PAGE
            assert (
                response.headers["Access-Control-Allow-Headers"] == "authorization, x-stainless-os"
            )
            assert "Access-Control-Allow-Credentials" not in response.headers
        for more in ({}, {"stream": True}):
            async with session.post(
                "/v1/chat/completions", json=HELLO | more, headers=call
            ) as response:
                assert response.status == 200
                assert response.headers["Access-Control-Allow-Origin"] == PAGE
                assert response.headers["Vary"] == "Origin"


async def test_an_origin_that_is_taken_back_is_refused_at_once(owner, http):
    owner.settings = ApiSettings(allowed_origins=(PAGE,))
    async with http.get("/v1/models", headers={"Origin": PAGE}) as response:
        assert response.status == 200
    owner.settings = ApiSettings()
    async with http.get("/v1/models", headers={"Origin": PAGE}) as response:
        assert response.status == 403


@pytest.mark.parametrize("path", ["/v1/models", "/nothing"])
async def test_nothing_is_kept_guessed_or_told_of_the_server(http, path):
    async with http.get(path) as response:
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["Server"] == "closedmesh"
        assert "Access-Control-Allow-Origin" not in response.headers


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/api/control/load-model"])
async def test_a_body_that_is_too_long_is_refused(http, control, path):
    async with http.post(path, data=io.BytesIO(b" " * (server.MAX_BODY + 1))) as response:
        assert await refusal(response) == (413, "request_too_large")
    assert not control.asked
    assert not control.done


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/", 404, "not_found"),
        ("POST", "/v1/audio/speech", 404, "not_found"),
        ("GET", "/v1/chat/completions", 405, "method_not_allowed"),
        ("DELETE", "/v1/models", 405, "method_not_allowed"),
        ("OPTIONS", "/v1/models", 405, "method_not_allowed"),
    ],
)
async def test_an_address_that_does_not_exist_is_said_so(http, method, path, status, code):
    async with http.request(method, path) as response:
        assert await refusal(response) == (status, code)
        assert (status == 405) == ("Allow" in response.headers)
