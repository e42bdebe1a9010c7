"""The whole peer without its faces: real files, a real database, scripted workers."""

import asyncio
import sys
from contextlib import aclosing, asynccontextmanager

import pytest

from closedmesh import control
from closedmesh.errors import BadRequest, ClosedMeshError, ModelNotFound
from closedmesh.host.paths import Paths
from closedmesh.models.chat import Finished, Piece, Question, RawText
from closedmesh.models.conversations import Say
from closedmesh.node.clock import SystemClock
from closedmesh.node.node import start_node
from closedmesh.node.parts import Parts
from closedmesh.status import ModelState, Severity, State
from tests.support.gguf import gguf, vouching_for
from tests.support.machine import FakeMachine
from tests.support.network import FakeNetwork
from tests.support.processes import lives, until
from tests.support.scripted_worker import COMMAND


@pytest.fixture
def paths(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nothing"))  # no bundled models
    paths = Paths.find(tmp_path / "home")
    paths.create()
    paths.settings.write_text('[chat]\nmodel = "tiny"\n')
    (paths.models / "tiny.gguf").write_bytes(gguf())
    return paths


@asynccontextmanager
async def started(paths):
    async with start_node(
        Parts(
            paths,
            vouching_for(tiny=gguf()),
            COMMAND,
            SystemClock(),
            FakeMachine(),
            FakeNetwork(SystemClock()).open,
        )
    ) as node:
        yield node


@pytest.fixture
async def node(paths):
    async with started(paths) as node:
        yield node


async def status(node):
    async with aclosing(node.statuses()) as statuses:
        return await anext(statuses)


async def asked(node, ask):
    async with aclosing(node.ask(ask)) as events:
        return [event async for event in events]


async def test_a_fresh_peer_is_ready_and_holds_nothing_in_memory(node, paths):
    found = await status(node)
    assert found.state is State.NOT_SHARING
    assert [(m.name, m.state) for m in found.models] == [("tiny", ModelState.ON_DISK)]
    assert found.home == str(paths.home)
    assert found.memory.available > 0
    assert found.health == ()


async def test_the_status_turns_while_a_question_is_answered(node):
    async with aclosing(node.statuses()) as statuses:
        assert (await anext(statuses)).models[0].state is ModelState.ON_DISK
        question = asyncio.ensure_future(asked(node, Question(RawText("wait"))))
        while (found := await anext(statuses)).state is not State.ANSWERING:
            pass
        assert (found.models[0].state, found.answering) == (ModelState.LOADED, 1)
        question.cancel()
        while (found := await anext(statuses)).state is not State.NOT_SHARING:
            pass
        assert found.answering == 0


async def test_leaving_ends_every_process(paths):
    async with started(paths) as node:
        await asked(node, Question(RawText("echo x")))
        pid = next(iter(node.engines._engines.values())).worker.pid
        assert lives(pid)
    assert not lives(pid)


async def test_leaving_in_mid_answer_ends_it(paths):
    async with started(paths) as node:
        task = asyncio.ensure_future(asked(node, Question(RawText("wait"))))
        await until(lambda: any(e.worker.busy for e in node.engines._engines.values()), "begun")
    with pytest.raises(ClosedMeshError, match="taken out of memory"):
        await task


async def test_an_error_inside_leaves_as_it_is(paths):
    async def fail():
        async with started(paths) as node:
            await node.do(control.LoadModel("nowhere"))

    with pytest.raises(ModelNotFound):
        await fail()


async def test_models_are_loaded_unloaded_verified_and_removed(node, paths, tmp_path):
    await node.do(control.LoadModel("tiny"))
    assert (await status(node)).models[0].state is ModelState.LOADED
    await node.do(control.UnloadModel("tiny"))
    assert (await status(node)).models[0].state is ModelState.ON_DISK
    assert (await node.do(control.VerifyModel("tiny"))).name == "tiny"
    (tmp_path / "new.gguf").write_bytes(gguf(filling=b"9"))
    assert (await node.do(control.ImportModel(str(tmp_path / "new.gguf")))).name == "new"
    await node.do(control.LoadModel("new"))
    await node.do(control.RemoveModel("new"))
    assert [m.name for m in (await status(node)).models] == ["tiny"]
    assert not node.engines._engines


async def test_a_chat_is_kept_over_a_restart(paths):
    async with started(paths) as node:
        chat = (await node.do(control.NewConversation())).summary.id
        events = await asked(node, Say(chat, None, "echo hello"))
        assert isinstance(events[-1], Finished)
    async with started(paths) as node:
        detail = await node.do(control.ReadConversation(chat))
        assert [entry.text for entry in detail.entries] == ["echo hello", "hello "]


async def test_every_command_of_a_chat(node):
    chat = (await node.do(control.NewConversation())).summary.id
    recorded, *_ = await asked(node, Say(chat, None, "echo hello"))
    await node.do(control.RenameConversation(chat, "Mine"))
    await node.do(control.PinConversation(chat, True))
    (found,) = await node.do(control.ListConversations("hello"))
    assert (found.title, found.pinned) == ("Mine", True)
    detail = await node.do(control.ChooseBranch(chat, recorded.question))
    assert detail.leaf == recorded.reply
    await node.do(control.ConfigureConversation(chat, detail.options))
    await node.do(control.DeleteConversation(chat))
    assert await node.do(control.ListConversations()) == ()
    await node.do(control.RestoreConversation(chat))
    assert len(await node.do(control.ListConversations())) == 1


async def test_settings_are_changed_kept_and_refused_as_a_whole(node, paths):
    changed = await node.do(control.ChangeSettings({"engine.slots": 2}))
    assert changed.engine.slots == 2
    assert "slots = 2" in paths.settings.read_text()
    with pytest.raises(BadRequest):
        await node.do(control.ChangeSettings({"engine.slots": 3, "engine.threads": -1}))
    assert (await status(node)).settings.engine.slots == 2


async def test_another_model_folder_counts_at_once(node, tmp_path):
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "there.gguf").write_bytes(gguf(filling=b"3"))
    await node.do(control.ChangeSettings({"models.folder": str(folder)}))
    assert [m.name for m in (await status(node)).models] == ["there"]


async def test_the_key_is_made_once_and_replaced_on_request(paths):
    async with started(paths) as node:
        key = await node.do(control.ShowKey())
        assert key.startswith("cm-")
        assert len(key) > 40
    async with started(paths) as node:
        assert await node.do(control.ShowKey()) == key
        fresh = await node.do(control.NewKey())
        assert fresh != key
        assert node.key == fresh


async def test_a_key_of_the_environment_wins_and_is_not_kept(paths, monkeypatch):
    monkeypatch.setenv("CLOSEDMESH_API_KEY", "cm-given")
    async with started(paths) as node:
        assert node.key == "cm-given"
    assert "cm-given" not in paths.secrets.read_text()


async def test_a_broken_settings_file_is_told(paths):
    paths.settings.write_text("this is [not toml")
    async with started(paths) as node:
        (item,) = (await status(node)).health
        assert item.severity is Severity.WARNING
        assert "settings.broken-1.toml" in item.advice


async def test_a_diagnosis_finds_the_missing_default_model(node):
    await node.do(control.ChangeSettings({"chat.model": "nowhere"}))
    findings = {f.title: f for f in await node.do(control.Diagnose())}
    assert not findings["Model that answers by default"].ok
    assert findings["Model file tiny"].ok
    assert findings["Memory"].ok


async def test_a_healthy_peer_has_nothing_wrong_but_its_closed_api(node):
    wrong = [f.title for f in await node.do(control.Diagnose()) if not f.ok]
    assert wrong == ["Local API"]
    node.opened("http://127.0.0.1:9337")
    assert all(f.ok for f in await node.do(control.Diagnose()))


async def test_an_unknown_model_is_an_error_and_the_peer_goes_on(node):
    with pytest.raises(ModelNotFound):
        await node.do(control.LoadModel("nowhere"))
    events = await asked(node, Question(RawText("echo still here")))
    assert "".join(e.text for e in events if isinstance(e, Piece)) == "still here "


async def test_a_fault_inside_is_told_without_its_details(node, monkeypatch):
    def broken(search):
        raise ZeroDivisionError(search)

    monkeypatch.setattr(node.conversations, "summaries", broken)
    with pytest.raises(ClosedMeshError, match="Something went wrong") as caught:
        await node.do(control.ListConversations("secret words"))
    assert "secret" not in str(caught.value)
