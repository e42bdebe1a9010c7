"""Questions and turns over a scripted worker, with real chats and files."""

import asyncio
from contextlib import aclosing

import pytest

from closedmesh.errors import EngineDied, ModelNotFound, RouteUnavailable
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.chat import (
    Accepted,
    Finished,
    Piece,
    Question,
    RawText,
    Route,
    ServedBy,
    Waiting,
)
from closedmesh.models.conversations import Again, EntryState, Recorded, Say, branch
from closedmesh.node.asking import SAVE_EVERY, Asking
from closedmesh.node.conversations import Conversations
from closedmesh.node.engines import Engines
from closedmesh.node.library import Folders, Library
from closedmesh.node.survey import Survey
from closedmesh.settings import ChatSettings, EngineSettings, Settings
from tests.support.gguf import gguf
from tests.support.machine import FakeMachine
from tests.support.processes import kill, until
from tests.support.scripted_worker import COMMAND


class Desk:
    def __init__(self, asking, clock):
        self.asking = asking
        self.clock = clock
        self.chats = asking.conversations
        self.chat = self.chats.new(None).summary.id

    async def ask(self, ask):
        async with aclosing(self.asking.answer(ask)) as events:
            return [event async for event in events]

    def say(self, text, parent=None):
        return Say(self.chat, parent, text)

    @property
    def reply(self):
        return branch(self.chats.read(self.chat))[-1]

    def worker(self):
        return next(iter(self.asking.engines._engines.values())).worker


@pytest.fixture
async def desk(store, tmp_path, clock):
    (tmp_path / "tiny.gguf").write_bytes(gguf())
    library = Library(store, Catalogue(), lambda: Folders(tmp_path / "none", tmp_path))
    chats = Conversations(store, ChatSettings, clock)
    async with asyncio.TaskGroup() as group:
        engines = Engines(library, EngineSettings, COMMAND, clock, group, lambda: None)
        survey = Survey(FakeMachine(), clock, store, Settings, lambda: None)
        yield Desk(
            Asking(
                library,
                engines,
                chats,
                survey,
                lambda: "tiny",
                clock,
                lambda: "7f3a",
                lambda: None,
            ),
            clock,
        )
        await engines.close()


def text(events):
    return "".join(event.text for event in events if isinstance(event, Piece))


async def test_a_question_runs_from_acceptance_to_receipt(desk):
    events = await desk.ask(Question(RawText("echo one two")))
    accepted, waiting, *pieces, finished = events
    assert isinstance(accepted, Accepted)
    assert (accepted.model, accepted.served_by, accepted.peer) == ("tiny", ServedBy.LOCAL, "7f3a")
    assert isinstance(waiting, Waiting)
    assert text(pieces) == "one two "
    receipt = finished.receipt
    assert receipt.request_id == accepted.request_id
    assert (receipt.completion_tokens, receipt.attempts) == (2, ("7f3a",))
    assert receipt.served_by is ServedBy.LOCAL


async def test_figures_are_taken_between_the_tokens(desk):
    await desk.ask(Question(RawText("echo warm")))
    events = desk.asking.answer(Question(RawText("echo a b c")))
    desk.clock._now += 1
    receipt = None
    async for event in events:
        if isinstance(event, Finished):
            receipt = event.receipt
        desk.clock._now += 0.5
    assert receipt
    # asked at 1.0, a half second for each event: accepted, then the first word
    assert receipt.first_token_ms == pytest.approx(500)
    assert receipt.tokens_per_second == pytest.approx(2)


async def test_one_token_has_no_rate(desk):
    receipt = (await desk.ask(Question(RawText("echo one"))))[-1].receipt
    assert receipt.tokens_per_second is None


@pytest.mark.parametrize("route", [Route.MESH, Route.MESH_THEN_FALLBACK])
async def test_a_route_that_does_not_exist_is_refused_and_no_other_one_taken(desk, route):
    with pytest.raises(RouteUnavailable):
        await desk.ask(Question(RawText("echo x"), route=route))
    assert not desk.asking.engines._engines


async def test_another_model_never_answers_for_the_one_that_was_asked(desk):
    with pytest.raises(ModelNotFound, match="'big-model'"):
        await desk.ask(Question(RawText("echo x"), model="big-model"))
    assert not desk.asking.engines._engines


async def test_a_turn_is_kept_with_its_receipt(desk):
    recorded, *_, finished = await desk.ask(desk.say("echo hello"))
    assert isinstance(recorded, Recorded)
    assert desk.reply.text == "hello "
    assert desk.reply.state is EntryState.COMPLETE
    assert desk.reply.receipt == finished.receipt


async def test_asking_again_makes_another_answer(desk):
    recorded, *_ = await desk.ask(desk.say("echo hello"))
    second, *_ = await desk.ask(Again(desk.chat, recorded.question))
    assert second.reply != recorded.reply
    assert len(desk.chats.read(desk.chat).entries) == 3


async def test_a_stopped_turn_keeps_what_there_was(desk):
    events = desk.asking.answer(desk.say("echo one two"))
    async for event in events:
        if isinstance(event, Piece):
            break
    await events.aclose()
    assert (desk.reply.text, desk.reply.state) == ("one ", EntryState.STOPPED)


async def test_an_answer_is_saved_while_it_is_written(desk):
    events = desk.asking.answer(desk.say("echo one two three"))
    async for event in events:
        if isinstance(event, Piece):
            if event.text == "three ":
                break
            desk.clock._now += SAVE_EVERY
    assert desk.reply.state is EntryState.WRITING
    assert desk.reply.text == "one two three "
    await events.aclose()


async def test_a_turn_whose_engine_dies_keeps_text_and_reason(desk):
    with pytest.raises(EngineDied):
        await desk.ask(desk.say("die later some words"))
    assert desk.reply.state is EntryState.FAILED
    assert desk.reply.text.startswith("some words")
    assert "ended with code 3" in (desk.reply.problem or "")


async def test_a_killed_engine_fails_the_turn_and_the_next_is_answered(desk):
    events = desk.asking.answer(desk.say("wait"))
    task = asyncio.ensure_future(_drain(events))
    await until(lambda: desk.asking.engines._engines and desk.worker().busy, "it is answering")
    kill(desk.worker().pid)
    # not begun to answer: tried once more, so the second one is killed as well
    first = desk.worker().pid
    await until(
        lambda: (
            desk.asking.engines._engines
            and desk.worker().pid not in (0, first)
            and desk.worker().busy
        ),
        "the second try",
    )
    kill(desk.worker().pid)
    with pytest.raises(EngineDied, match="signal 9"):
        await task
    assert desk.reply.state is EntryState.FAILED
    await until(lambda: not desk.asking.engines._engines, "it is put away")
    desk.clock._now += 60
    assert text(await desk.ask(desk.say("echo next"))) == "next "


async def _drain(events):
    async for _ in events:
        pass


async def test_a_turn_that_cannot_be_routed_fails_with_the_reason(desk):
    options = desk.chats.read(desk.chat).options
    desk.chats.configure(desk.chat, type(options)(model="gone"))
    with pytest.raises(ModelNotFound):
        await desk.ask(desk.say("echo x"))
    assert desk.reply.state is EntryState.FAILED
    assert "'gone'" in (desk.reply.problem or "")
