import pytest

from closedmesh.cli import bench
from closedmesh.control import MeasureSpeed
from closedmesh.errors import ModelNotFound, NotAMember
from closedmesh.models.chat import Route
from closedmesh.models.speed import Speed
from tests.support.control import HASH, MODEL, FakeControl


class WithoutMesh(FakeControl):
    """A peer that is in no mesh."""

    def ask(self, ask):
        if ask.route is Route.MESH:
            raise NotAMember("This computer is in no mesh.", "Join one.")
        return super().ask(ask)


async def test_all_figures_are_told_apart(control, as_json, facts):
    assert await bench.run(control, None, None, as_json) == 0
    shown = facts()
    assert (shown["model"], shown["model_sha256"]) == (MODEL.name, HASH)
    assert shown["native"]["decode_tps"] == 50.0
    assert shown["native"]["samples"] == 5
    for route in ("local", "mesh"):
        assert shown[route]["samples"] == bench.ASKED
        assert shown[route]["first_token_ms"] >= 0
        assert shown[route]["decode_tps"] > 0
    assert control.done == [MeasureSpeed(MODEL.name)]
    assert len({ask.prompt.text for ask in control.asked}) == 2 * bench.ASKED


async def test_no_mesh_is_no_figure_and_no_failure(as_json, facts):
    await bench.run(WithoutMesh(), None, None, as_json)
    shown = facts()
    assert shown["mesh"] is None
    assert shown["local"]["samples"] == bench.ASKED


async def test_a_route_that_was_asked_for_must_be_there(as_json):
    with pytest.raises(NotAMember):
        await bench.run(WithoutMesh(), None, "mesh", as_json)


async def test_one_route_alone(control, as_json, facts):
    await bench.run(control, MODEL.name, "mesh", as_json)
    shown = facts()
    assert shown["native"] is None
    assert "local" not in shown
    assert {ask.route for ask in control.asked} == {Route.MESH}


async def test_in_words(control, text, said):
    await bench.run(control, MODEL.name, "local", text)
    shown = said()
    assert f"Model   {MODEL.name}" in shown
    assert "Native  reads 400.0 and writes 50.0 tokens/s (5 runs, 1 threads" in shown
    assert "Local   first token after" in shown


async def test_disturbed_figures_are_told_as_such(text, capsys, monkeypatch):
    control = FakeControl()
    speed = Speed(4.0, 2.0, samples=5, threads=1, build="b", measured=1.0, disturbed=True)
    monkeypatch.setattr(control, "_result", lambda _command: speed)
    await bench.run(control, MODEL.name, "local", text)
    assert "alone it is faster" in capsys.readouterr().err


async def test_an_unknown_model_is_refused(control, text):
    with pytest.raises(ModelNotFound):
        await bench.run(control, "gpt-9", None, text)
