import io

import pytest
from msgspec import structs

from closedmesh.cli import facts as commands
from closedmesh.control import ChangeSettings, SetFallbackKey
from closedmesh.errors import BadRequest
from closedmesh.models.speed import Speed
from closedmesh.settings import describe
from closedmesh.status import Finding, Health, Severity
from tests.support.control import HASH, MODEL, STATUS, FakeControl


async def test_status_in_words(control, text, said):
    trouble = Health("api-key", Severity.WARNING, "The keychain is locked.", "Unlock it.")
    await control.set_status(structs.replace(STATUS, health=(trouble,)))
    assert await commands.status(control, text) == 0
    shown = said()
    for words in ("not-sharing", "http://127.0.0.1:9337/v1", MODEL.name, "98 MB", "Q4_1", "4096",
                  "Warning  The keychain is locked. Unlock it."):  # fmt: skip
        assert words in shown


async def test_status_tells_how_fast_a_model_is_and_that_it_gives_way(text, said):
    native = Speed(401.6, 52.3, samples=5, threads=3, build="b", measured=1.0)
    model = structs.replace(MODEL, threads=2, giving_way=True, native=native)
    await commands.status(FakeControl(status=structs.replace(STATUS, models=(model,))), text)
    shown = said()
    for words in ("2 (gives way)", "402/s", "52/s"):
        assert words in shown


async def test_status_as_json_is_the_whole_picture(control, as_json, facts):
    await commands.status(control, as_json)
    shown = facts()
    assert shown["api"] == STATUS.api
    assert shown["models"][0]["sha256"] == HASH
    assert shown["settings"]["api"]["port"] == 9337


async def test_a_closed_api_and_no_models_are_said(text, said):
    control = FakeControl(status=structs.replace(STATUS, api=None, models=()))
    await commands.status(control, text)
    shown = said()
    assert "API      closed" in shown
    assert "closedmesh models offers" in shown


async def test_ready_tells_where(control, text, as_json, facts, capsys):
    await commands.ready(control, as_json)
    shown = facts()
    assert shown["event"] == "ready"
    assert {"api", "peer", "home", "pid", "version"} < set(shown)
    trouble = Health("settings", Severity.WARNING, "The file was set aside.", "Look at it.")
    await control.set_status(structs.replace(STATUS, health=(trouble,)))
    await commands.ready(control, text)
    told = capsys.readouterr()
    assert "http://127.0.0.1:9337/v1" in told.out
    assert "The file was set aside. Look at it." in told.err


async def test_the_key_is_shown_and_renewed(control, text, as_json, said, facts):
    await commands.key(control, "show", text)
    assert said() == "cm-test-key\n"
    await commands.key(control, "new", as_json)
    assert facts() == {"key": "cm-test-key-new"}


async def test_the_key_of_the_provider_is_read_and_never_shown(control, text, said, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO("sk-outside\n"))
    assert await commands.fallback_key(control, text) == 0
    assert control.done == [SetFallbackKey("sk-outside")]
    assert "sk-outside" not in said()


async def test_every_setting_is_shown_with_its_sentence(control, text, said):
    await commands.settings(control, None, None, text)
    shown = said()
    for setting in describe():
        assert f"{setting.name} = " in shown
        assert setting.sentence in shown
    assert "One of: system, light, dark." in shown


async def test_settings_as_json_go_by_their_names(control, as_json, facts):
    await commands.settings(control, None, None, as_json)
    assert set(facts()) == {setting.name for setting in describe()}
    await commands.settings(control, "api.port", None, as_json)
    assert facts() == {"api.port": 9337}


@pytest.mark.parametrize(
    ("name", "typed", "value"),
    [
        ("engine.threads", "3", 3),
        ("chat.temperature", "0.5", 0.5),
        ("engine.low_priority", "False", False),
        ("window.theme", "dark", "dark"),
        ("chat.system_prompt", "12", "12"),
        ("chat.overflow", "refuse", "refuse"),
        ("api.allowed_origins", "http://a, http://b", ["http://a", "http://b"]),
        ("api.allowed_origins", "", []),
    ],
)
async def test_what_a_person_types_becomes_the_settings_kind(control, text, name, typed, value):
    await commands.settings(control, name, typed, text)
    assert control.done == [ChangeSettings({name: value})]


@pytest.mark.parametrize(
    ("name", "typed"),
    [("engine.threads", "many"), ("engine.threads", "-1"), ("window.theme", "pink"), ("a.b", "1")],
)
async def test_what_makes_no_sense_changes_nothing(control, text, name, typed):
    with pytest.raises(BadRequest):
        await commands.settings(control, name, typed, text)
    assert control.status == STATUS


async def test_a_diagnosis_is_the_exit_code(control, text, as_json, said, facts, monkeypatch):
    assert await commands.doctor(control, text) == 0
    assert said() == "ok   Starter model: 98 MB, hash as recorded.\n"
    bad = (Finding("Memory", ok=False, detail="Too little."),)
    monkeypatch.setattr(control, "_result", lambda command: bad)
    assert await commands.doctor(control, text) == 1
    assert said() == "BAD  Memory: Too little.\n"
    assert await commands.doctor(control, as_json) == 1
    assert facts() == [{"title": "Memory", "ok": False, "detail": "Too little."}]


def test_a_path_is_made_whole(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", "/home/me")
    assert commands.full_path("m.gguf") == str(tmp_path / "m.gguf")
    assert commands.full_path("~/m.gguf") == "/home/me/m.gguf"
