import json

import msgspec
import pytest

from closedmesh.errors import (
    BadRequest,
    ClosedMeshError,
    DownloadFailed,
    ModelFileRefused,
    ModelNotFound,
)
from closedmesh.models.blocks import Run
from closedmesh.models.hub import HubRef
from closedmesh.node.fetching.hub import _retry_after
from closedmesh.node.fetching.source import Trouble
from tests.support.hub_server import REVISION

REPO = "me/model"
DATA = bytes(range(256)) * 400


@pytest.fixture
async def wanted(hub, server):
    server.add(REPO, "a.gguf", DATA)
    (wanted,) = await hub.locate(HubRef(REPO, "a.gguf"))
    return wanted


async def read(hub, wanted, start, end):
    run = Run(range(1), start, end)
    return b"".join([chunk async for chunk in hub.read(wanted, run)])


def test_retry_after_may_be_seconds_or_a_date():
    assert _retry_after("7", 0) == 7
    assert _retry_after("Thu, 01 Jan 1970 00:00:30 GMT", 10) == 20
    assert _retry_after("Thu, 01 Jan 1970 00:00:30 GMT", 100) == 0
    assert _retry_after("99999999999999", 0) == 3600
    assert _retry_after("soon", 0) == 0
    assert _retry_after("", 0) == 0


async def test_a_search_names_repositories(hub, server):
    server.search = json.dumps([
        {"id": "a/b-GGUF", "downloads": 5, "likes": 2, "gated": "auto",
         "lastModified": "2026-08-01T00:00:00.000Z", "tags": ["gguf", "license:mit"],
         "private": False, "pipeline_tag": "text-generation"},
        {"id": "../../etc/passwd", "downloads": 1},
    ]).encode()  # fmt: skip
    (found,) = await hub.search("b")
    assert (found.repo, found.downloads, found.gated, found.licence) == ("a/b-GGUF", 5, True, "mit")
    assert found.updated == "2026-08-01"


async def test_a_file_is_located_with_what_the_hub_states_of_it(hub, server, wanted):
    assert (wanted.size, wanted.revision) == (len(DATA), REVISION)
    assert wanted.sha256 == server.sha256(REPO, "a.gguf")


async def test_all_parts_of_a_model_are_located(hub, server):
    for number in (1, 2, 3):
        server.add(REPO, f"Q4/big-0000{number}-of-00003.gguf", bytes([number]) * number)
    wanted = await hub.locate(HubRef(REPO, "Q4/big-00001-of-00003.gguf"))
    assert [part.size for part in wanted] == [1, 2, 3]
    _, (model,) = await hub.files(REPO)
    assert (model.parts, model.size_bytes) == (3, 6)


async def test_a_file_or_repository_that_is_not_there_is_said_to_be(hub, server, wanted):
    with pytest.raises(ModelNotFound, match=r"no file b\.gguf"):
        await hub.locate(HubRef(REPO, "b.gguf"))
    with pytest.raises(ModelNotFound, match="is not on the hub"):
        await hub.files("no/body")
    with pytest.raises(BadRequest):
        await hub.files("../x")


async def test_a_range_is_exactly_what_was_asked_for(hub, wanted, server):
    assert await read(hub, wanted, 100, 5000) == DATA[100:5000]
    assert await read(hub, wanted, 0, len(DATA)) == DATA
    hosts = [host for host, _ in server.asked[1:]]
    assert hosts == ["hub.test", "cdn.test", "cdn.test"]  # the second time straight to the place


async def test_a_place_that_ran_out_is_asked_for_again(hub, wanted, server):
    hub._places[wanted.sha256] = f"https://hub.test:{server.port}/me/gone/resolve/main/x.gguf"
    with pytest.raises(Trouble, match="ran out"):
        await read(hub, wanted, 0, 10)
    assert await read(hub, wanted, 0, 10) == DATA[:10]


@pytest.mark.parametrize(
    ("mischief", "words"),
    [
        ("drop", "broke"),
        ("stall", "No data"),
        ("wrong range", "another part"),
        ("broken", "in trouble itself"),
        ("busy", "asks us to wait"),
    ],
)
async def test_what_may_get_better_is_trouble(hub, wanted, server, mischief, words):
    server.mischief = lambda request: mischief if "blob" in request.path else ""
    with pytest.raises(Trouble, match=words) as caught:
        await read(hub, wanted, 10, 5000)
    assert caught.value.wait == (1 if mischief == "busy" else 0)


async def test_more_than_was_asked_for_is_cut_off(hub, wanted, server):
    server.mischief = lambda request: "lying length" if "blob" in request.path else ""
    assert await read(hub, wanted, 10, 5000) == DATA[10:5000]


async def test_a_hub_that_knows_no_ranges_serves_from_the_beginning_only(hub, wanted, server):
    server.mischief = lambda request: "whole file" if "blob" in request.path else ""
    assert await read(hub, wanted, 0, 500) == DATA[:500]
    with pytest.raises(Trouble, match="whole file"):
        await read(hub, wanted, 10, 500)


async def test_a_file_that_changed_its_size_is_refused(hub, wanted, server):
    other = msgspec.structs.replace(wanted, size=wanted.size + 5)
    with pytest.raises(ModelFileRefused, match="were announced"):
        await read(hub, other, 0, 10)


async def test_a_gated_model_needs_the_token_and_says_so(hub, wanted, server):
    server.token = "hf_secret"
    with pytest.raises(DownloadFailed, match="does not let us have") as caught:
        await read(hub, wanted, 0, 10)
    assert "token" in caught.value.advice
    server.given_token = "hf_secret"
    assert await read(hub, wanted, 0, 10) == DATA[:10]
    assert [auth for host, auth in server.asked if host == "cdn.test"] == [""]


@pytest.mark.parametrize("body", [b"", b"<html>", b'{"a": 1}', b"[{}]", b'[{"id": 5}]'])
async def test_a_reply_that_is_something_else_is_an_error(hub, server, body):
    server.search = body
    with pytest.raises(ClosedMeshError, match="could not be understood"):
        await hub.search("x")
