from contextlib import asynccontextmanager

import aiohttp
import pytest
from aiohttp import web
from msgspec import structs

from closedmesh.errors import ClosedMeshError
from closedmesh.host.paths import resources
from closedmesh.web.server import Around, public_socket, serve_public
from tests.support.clock import FakeClock
from tests.support.control import STATUS, FakeControl
from tests.web.test_public import ENTRY


@asynccontextmanager
async def public(control, more=(), clock=FakeClock(1000.0)):  # noqa: B008 - it stands still
    with public_socket("127.0.0.1", 0) as listener:
        around = Around(resources(), clock.now, clock.monotonic)
        async with serve_public(control, listener, around, more):
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"


async def get(address, path):
    async with aiohttp.ClientSession() as http, http.get(address + path) as response:
        return response.status, response.headers, await response.json()


async def test_the_status_is_public():
    async with public(FakeControl(status=ENTRY)) as address:
        code, headers, body = await get(address, "/status.json")

    assert code == 200
    assert body["mesh"]["name"] == "example"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Server"] == "closedmesh"


@pytest.mark.parametrize("path", ["/", "/status", "/security", "/contribute"])
async def test_pages_are_read_without_a_script_and_load_nothing_from_elsewhere(path):
    async with (
        public(FakeControl(status=ENTRY)) as address,
        aiohttp.ClientSession(address) as http,
        http.get(path) as response,
    ):
        assert response.status == 200
        assert response.content_type == "text/html"
        assert response.headers["Cache-Control"] == "no-store"
        policy = response.headers["Content-Security-Policy"]
        assert "unsafe" not in policy
        assert {word for word in policy.split() if "'" in word} <= {
            "'none'", "'none';", "'self'", "'self';",
        }  # fmt: skip
        assert (await response.text()).startswith("<!doctype html>")


async def test_files_of_the_pages_may_be_kept_for_a_while():
    async with (
        public(FakeControl(status=ENTRY)) as address,
        aiohttp.ClientSession(address) as http,
    ):
        async with http.get("/static/style.css") as response:
            assert response.content_type == "text/css"
            assert response.headers["Cache-Control"] == "public, max-age=3600"
        for path in ("/static/", "/static/security.toml", "/static/..%2fsecurity.toml"):
            async with http.get(path) as response:
                assert response.status == 404


@pytest.mark.parametrize(("status", "code"), [(ENTRY, 200), (STATUS, 503)])
async def test_health_is_told_by_the_code(status, code):
    async with public(FakeControl(status=status)) as address:
        assert (await get(address, "/health"))[0] == code


async def test_nothing_else_is_there():
    async with (
        public(FakeControl()) as address,
        aiohttp.ClientSession(address) as http,
    ):
        for path in ("/api/status", "/v1/models", "/status.json/..%2f"):
            async with http.get(path) as response:
                assert response.status == 404
        async with http.post("/status.json") as response:
            assert response.status == 405


async def test_other_parts_of_the_entry_share_the_address():
    async def answer(_):
        return web.json_response({"relay": True})

    more = [web.get("/relay", answer)]
    async with public(FakeControl(status=ENTRY), more) as address:
        assert (await get(address, "/relay"))[2] == {"relay": True}


def test_an_address_in_use_is_explained():
    with public_socket("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        with pytest.raises(ClosedMeshError, match=f"cannot be served at 127.0.0.1:{port}"):
            public_socket("127.0.0.1", port)


async def test_a_block_that_fails_leaves_as_it_is():
    async def fail():
        async with public(FakeControl()):
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()


async def test_pages_follow_the_status():
    control = FakeControl(status=STATUS)
    async with public(control) as address:
        assert (await get(address, "/health"))[0] == 503
        await control.set_status(structs.replace(ENTRY, version="9"))
        while (await get(address, "/health"))[0] != 200:
            pass
