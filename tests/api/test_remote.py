import asyncio
from contextlib import aclosing

import pytest
from msgspec import structs

from closedmesh import control as commands
from closedmesh.api.remote import Remote
from closedmesh.control import COMMANDS
from closedmesh.errors import (
    BadRequest,
    ClosedMeshError,
    ConversationNotFound,
    EngineDied,
    ModelNotFound,
    NotRunning,
)
from closedmesh.mesh.ids import InviteId, NodeId
from closedmesh.models.chat import Conversation, Finished, Message, Piece, Question, Role
from closedmesh.models.conversations import ChatOptions, ConversationId, EntryId, Recorded, Say
from closedmesh.status import State
from tests.api.conftest import KEY
from tests.support.control import LINE, MODEL, STATUS, FakeControl

QUESTION = Question(Conversation((Message(Role.USER, "Hello?"),)))
CHAT = ConversationId("chat-1")

EXAMPLES = (
    commands.NewConversation(ChatOptions(system_prompt="Be short.")),
    commands.LoadModel(MODEL.name),
    commands.UnloadModel(MODEL.name),
    commands.VerifyModel(MODEL.name),
    commands.ImportModel("/home/me/a.gguf"),
    commands.RemoveModel(MODEL.name),
    commands.MeasureSpeed(MODEL.name),
    commands.EmbedTexts(("a", "bc")),
    commands.TrustModel(MODEL.name),
    commands.MoveModels("/home/me/models"),
    commands.ListOffers(),
    commands.SearchHub("qwen"),
    commands.ListRepository("me/model"),
    commands.FindElsewhere(),
    commands.PullModel("hf:me/model/a.gguf"),
    commands.PauseDownload("d1"),
    commands.ResumeDownload("d1"),
    commands.PreferDownload("d1"),
    commands.CancelDownload("d1"),
    commands.GiveHubToken("hf_x"),
    commands.ChangeSettings({"chat.temperature": 0.1, "api.allowed_origins": ["http://a.test"]}),
    commands.PauseSharing(1_800_000_000.0),
    commands.ResumeSharing(),
    commands.ShareAnyway(1_800_000_000.0),
    commands.ListDuties(),
    commands.ReadInvite("closedmesh://join/cm1example"),
    commands.Join("closedmesh://join/cm1example"),
    commands.CheckConnection(),
    commands.MakeInvite("share", uses=3, lifetime=3600.0),
    commands.InviteComputer(lifetime=1800.0),
    commands.RevokeInvite(InviteId("0123456789ab")),
    commands.RevokeMember(NodeId("cd" * 32)),
    commands.CheckPeer("cdcdcdcdcd", "smollm2-135m-instruct-q4_1"),
    commands.ListTranscripts("cdcdcdcdcd"),
    commands.JudgeTranscript("{}"),
    commands.ListReceipts(5, before=9),
    commands.VerifyReceipts(),
    commands.OpenReceipt(number=LINE.number),
    commands.ListActivity(7),
    commands.VerifyLedger(),
    commands.ExportLedger(after=0),
    commands.MoveAccount(NodeId("ab" * 32), NodeId("cd" * 32)),
    commands.ShowOwner(),
    commands.UseOwner("owner-key"),
    commands.LookForUpdate(),
    commands.FetchUpdate(),
    commands.Leave(),
    commands.ShowKey(),
    commands.NewKey(),
    commands.SetFallbackKey("sk-outside"),
    commands.Diagnose(),
    commands.ListConversations("New"),
    commands.ReadConversation(CHAT),
    commands.RenameConversation(CHAT, "Title"),
    commands.PinConversation(CHAT, pinned=True),
    commands.DeleteConversation(CHAT),
    commands.RestoreConversation(CHAT),
    commands.ConfigureConversation(CHAT, ChatOptions()),
    commands.ChooseBranch(CHAT, EntryId(1)),
)


def test_every_command_has_an_example():
    assert {type(example) for example in EXAMPLES} == set(COMMANDS)


async def gather(events, said):
    async for event in events:
        said.append(event)


async def test_every_command_does_the_same_as_here(remote, control):
    here = FakeControl()
    here.receipts = control.receipts = (LINE,)
    for command in EXAMPLES:
        assert await remote.do(command) == await here.do(command)

    assert control.done == list(EXAMPLES)


async def test_a_question_has_the_same_answer_as_here(remote, control):
    here = [event async for event in FakeControl().ask(QUESTION)]

    assert [event async for event in remote.ask(QUESTION)] == here
    assert control.asked == [QUESTION]


async def test_a_turn_is_recorded(remote):
    chat = await remote.do(commands.NewConversation())
    events = [event async for event in remote.ask(Say(chat.summary.id, None, "Hello?"))]

    assert isinstance(events[0], Recorded)
    assert isinstance(events[-1], Finished)


async def test_long_text_passes(remote, control):
    control.words = ("x" * 1_500_000,)
    events = [event async for event in remote.ask(QUESTION)]

    assert control.words[0] in [event.text for event in events if isinstance(event, Piece)]


async def test_errors_are_the_same_as_here(remote, control):
    with pytest.raises(ModelNotFound, match="models list"):
        await remote.do(commands.LoadModel("nothing"))
    with pytest.raises(ConversationNotFound):
        await remote.do(commands.ReadConversation(CHAT))
    with pytest.raises(BadRequest) as caught:
        await remote.do(commands.ChangeSettings({"chat.nothing": 1}))
    assert caught.value.param == "chat.nothing"

    control.error = EngineDied("Killed by signal 9.", "Ask again.")
    said = []
    with pytest.raises(EngineDied, match=r"Killed by signal 9. Ask again."):
        await gather(remote.ask(QUESTION), said)
    assert len(said) == 4


async def test_closing_an_answer_cancels_it(remote, control):
    control.gate = asyncio.Event()
    async with aclosing(remote.ask(QUESTION)) as events:
        await anext(events)
        await anext(events)

    async with asyncio.timeout(5):
        await control.was_cancelled.wait()


async def test_each_new_status_arrives(remote, control):
    async with aclosing(remote.statuses()) as statuses:
        assert await anext(statuses) == STATUS
        answering = structs.replace(STATUS, state=State.ANSWERING)
        await control.set_status(answering)
        assert await anext(statuses) == answering


async def test_a_peer_that_goes_is_said_so(owner):
    control = FakeControl(gate=asyncio.Event())
    async with owner.serve(control) as address:
        remote = await Remote(address, KEY).__aenter__()
        statuses, answer = remote.statuses(), remote.ask(QUESTION)
        await anext(statuses)
        await anext(answer)
    for waiting in (anext(statuses), gather(answer, []), remote.do(commands.ShowKey())):
        with pytest.raises(NotRunning, match="Start it again"):
            await waiting
    await remote.__aexit__(None, None, None)


async def test_a_wrong_key_is_said_so(address):
    async with Remote(address, "wrong") as remote:
        with pytest.raises(ClosedMeshError, match="closedmesh key show"):
            await remote.do(commands.ShowKey())
