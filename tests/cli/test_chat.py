import asyncio
import io
import signal
import sys

import pytest
from msgspec import structs

from closedmesh import assembly
from closedmesh.cli import chat
from closedmesh.errors import EngineDied, ModelNotFound
from closedmesh.models.chat import FinishReason, Overflow, Role, Route
from closedmesh.models.conversations import EntryState, Say
from closedmesh.settings import STARTER_MODEL, changed
from tests.support.control import STATUS, receipt
from tests.support.desktop import entered


@pytest.fixture
def talk(control, monkeypatch):
    """`closedmesh chat` with a peer in memory; what is typed stands in `typed`."""
    monkeypatch.setattr(assembly, "attach_or_start", lambda _: entered(control)())
    handler = signal.getsignal(signal.SIGINT)

    async def hold(output, text="", typed="", model=None, route="local"):
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed))
        return await chat.run(None, model, route, text, output)

    yield hold
    signal.signal(signal.SIGINT, handler)


async def test_an_answer_goes_to_standard_output_and_its_figures_beside(talk, text, capsys):
    assert await talk(text, "Hi") == 0
    said = capsys.readouterr()
    assert said.out == "Hello there.\n"
    assert said.err == (
        f"[3 tokens, 88 tokens/s, first word after 0.04 s, {STARTER_MODEL} on this computer]\n"
    )


async def test_json_has_the_text_and_the_receipt(talk, as_json, facts):
    await talk(as_json, "Hi")
    said = facts()
    assert said["text"] == "Hello there."
    assert said["served_by"] == "local"
    assert {
        "model", "model_sha256", "route", "peer", "attempts", "prompt_tokens", "completion_tokens",
        "first_token_ms", "tokens_per_second", "energy_wh", "energy_source", "credits", "check",
        "request_id",
    } <= set(said)  # fmt: skip


async def test_json_reads_the_question_from_a_pipe(talk, control, as_json, facts):
    await talk(as_json, typed="What is this?")
    assert control.asked[0].prompt.messages[-1].text == "What is this?"
    assert facts()["text"]


async def test_a_question_is_asked_as_the_settings_say(talk, control, text):
    wanted = {"chat.system_prompt": "Be brief.", "chat.temperature": 0.0, "chat.max_tokens": 7,
              "chat.overflow": "refuse"}  # fmt: skip
    await control.set_status(structs.replace(STATUS, settings=changed(STATUS.settings, wanted)))
    await talk(text, "Hi", model=STARTER_MODEL, route="auto")
    (question,) = control.asked
    assert [m.role for m in question.prompt.messages] == [Role.SYSTEM, Role.USER]
    assert question.sampling.temperature == 0.0
    assert question.max_tokens == 7
    assert question.overflow is Overflow.REFUSE
    assert question.route is Route.AUTO


async def test_a_model_file_is_named_by_its_whole_path(talk, control, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ModelNotFound):
        await talk(text, "Hi", model="m.gguf")
    assert control.asked[0].model == str(tmp_path / "m.gguf")


async def test_a_conversation_is_kept_and_each_message_follows_the_last_answer(
    talk, control, text, said
):
    assert await talk(text, typed="Hi\nAnd more\n") == 0
    first, second = control.asked
    assert isinstance(first, Say)
    assert (first.parent, second.parent) == (None, 2)
    assert said() == "Hello there.\nHello there.\n"
    (kept,) = control.chats.values()
    assert [entry.text for entry in kept.entries[::2]] == ["Hi", "And more"]


async def test_an_empty_line_ends_a_conversation(talk, control, text):
    assert await talk(text, typed="\nHi\n") == 0
    assert control.asked == []


async def test_an_error_is_said_and_the_conversation_goes_on(talk, control, text, capsys):
    control.error = EngineDied("The worker was killed.", "Ask again.")
    assert await talk(text, typed="Hi\nAgain\n") == 0
    assert len(control.asked) == 2
    assert capsys.readouterr().err.count("closedmesh: The worker was killed. Ask again.") == 2


async def test_ctrl_c_stops_an_answer_and_not_the_conversation(talk, control, text, capsys):
    control.gate = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        held = group.create_task(talk(text, typed="Hi\nMore\n"))
        while not control.asked:  # noqa: ASYNC110 - the question comes from a thread
            await asyncio.sleep(0)
        signal.raise_signal(signal.SIGINT)
        await control.was_cancelled.wait()
        control.gate.set()
        assert await held == 0
    assert len(control.asked) == 2
    (kept,) = control.chats.values()
    assert kept.entries[1].state is EntryState.STOPPED
    assert "[stopped]" in capsys.readouterr().err


def test_what_was_left_out_is_said():
    short = structs.replace(
        receipt(finish=FinishReason.LENGTH), dropped_messages=2, tokens_per_second=None,
        first_token_ms=None,
    )  # fmt: skip
    words = chat.in_words(short)
    assert words == f"3 tokens, {STARTER_MODEL} on this computer, without the oldest 2 messages"
