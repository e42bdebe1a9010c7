import msgspec
import pytest

from closedmesh.status import Status
from tests.support.control import MODEL, STATUS


async def test_the_status_is_the_whole_picture(http):
    async with http.get("/api/status") as response:
        assert msgspec.json.decode(await response.read(), type=Status) == STATUS


async def test_a_command_needs_no_more_than_its_fields(http):
    async with http.post("/api/control/load-model", json={"model": MODEL.name}) as response:
        assert (response.status, await response.json()) == (200, None)
    async with http.post("/api/control/show-key") as response:
        assert await response.json() == "cm-test-key"


@pytest.mark.parametrize(
    ("path", "body", "param"),
    [
        ("load-model", {}, "model"),
        ("load-model", {"model": 1}, "model"),
        ("load-model", {"model": "a", "command": "show-key"}, "command"),
        ("rename-conversation", {"conversation": "a", "title": ""}, "title"),
        ("nothing", {}, "command"),
        ("ask", {}, "type"),
        ("ask", {"type": []}, "type"),
        ("ask", {"type": "question", "prompt": {"type": "text"}}, "prompt.text"),
        ("ask", [], None),
    ],
)
async def test_what_makes_no_sense_is_refused_by_name(http, control, path, body, param):
    async with http.post(f"/api/control/{path}", json=body) as response:
        assert response.status == 400
        error = (await response.json())["error"]
    assert (error["code"], error["param"]) == ("invalid_request", param)
    assert not control.asked
    assert not control.done
