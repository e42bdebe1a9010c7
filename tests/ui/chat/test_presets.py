import pytest

from closedmesh.errors import ClosedMeshError
from closedmesh.models.chat import Route, Sampling
from closedmesh.models.conversations import ChatOptions
from closedmesh.ui.chat.presets import Preset, Presets

STRICT = ChatOptions(system_prompt="Be brief.", sampling=Sampling(temperature=0.0), max_tokens=50)


@pytest.fixture
def presets(tmp_path):
    return Presets(tmp_path / "presets.json")


def test_they_are_kept_by_name(presets, tmp_path):
    assert presets.all() == ()
    presets.keep(Preset.of("strict", STRICT))
    presets.keep(Preset.of("Able", ChatOptions()))
    again = Presets(tmp_path / "presets.json")
    assert [one.name for one in again.all()] == ["Able", "strict"]
    again.keep(Preset.of("strict", ChatOptions(system_prompt="Other.")))
    assert [one.system_prompt for one in again.all()] == ["", "Other."]
    again.forget("Able")
    assert [one.name for one in again.all()] == ["strict"]


def test_a_preset_never_changes_model_and_place():
    chat = ChatOptions(model="m", route=Route.MESH)
    asked = Preset.of("strict", STRICT).applied(chat)
    assert (asked.model, asked.route) == ("m", Route.MESH)
    assert (asked.system_prompt, asked.max_tokens) == ("Be brief.", 50)


def test_a_broken_file_is_put_aside_and_not_lost(presets, tmp_path):
    file = tmp_path / "presets.json"
    file.write_text("my presets [")
    assert presets.all() == ()
    presets.keep(Preset.of("strict", STRICT))
    assert [one.name for one in presets.all()] == ["strict"]
    assert (tmp_path / "presets.broken").read_text() == "my presets ["


def test_what_cannot_be_written_says_so(tmp_path):
    presets = Presets(tmp_path / "nowhere" / "presets.json")
    with pytest.raises(ClosedMeshError, match="could not be written"):
        presets.keep(Preset.of("strict", STRICT))
