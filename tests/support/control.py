"""A peer in memory, for testing faces: says the words it is given, keeps chats in a dict."""

import asyncio
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from typing import Any

import msgspec
from msgspec import structs

from closedmesh import control, settings
from closedmesh.control import Command, Result
from closedmesh.errors import BadRequest, ClosedMeshError, ConversationNotFound, ModelNotFound
from closedmesh.mesh import picture
from closedmesh.mesh.ids import InviteId, MeshId, NodeId
from closedmesh.mesh.picture import (
    CheckedModel,
    InviteFacts,
    IssuedInvite,
    JudgedAnswer,
    Link,
    Mesh,
    MeshState,
    NewInvite,
    Peer,
    Way,
)
from closedmesh.models.chat import (
    Accepted,
    Embeddings,
    Finished,
    FinishReason,
    ModelHash,
    Piece,
    Question,
    Receipt,
    RequestId,
    Role,
    Route,
    ServedBy,
    ToolCall,
)
from closedmesh.models.conversations import (
    AnswerEvent,
    Ask,
    ChatOptions,
    ConversationDetail,
    ConversationId,
    ConversationSummary,
    Entry,
    EntryId,
    EntryState,
    Recorded,
    Say,
)
from closedmesh.models.duty import Reason, Span
from closedmesh.models.hub import Found
from closedmesh.models.offers import Elsewhere, Offer, Repository
from closedmesh.models.speed import Speed
from closedmesh.settings import STARTER_MODEL
from closedmesh.status import Download, DownloadState, Finding, Model, ModelState, State, Status
from closedmesh.trust.book import Audit, Line, Side
from closedmesh.trust.book import State as ReceiptState
from closedmesh.trust.credits import Day, OpenedReceipt, Progress, Test
from closedmesh.trust.ledger_audit import LedgerAudit

HASH = ModelHash("b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53")

MODEL = Model(
    name=STARTER_MODEL,
    title="SmolLM2 135M Instruct",
    sha256=HASH,
    size_bytes=98_362_432,
    quantisation="Q4_1",
    parameters=134_515_008,
    context_trained=8192,
    licence="Apache-2.0",
    path="/home/me/models/SmolLM2-135M-Instruct.Q4_1.gguf",
    state=ModelState.LOADED,
    memory_bytes=260_000_000,
    context=4096,
    slots=4,
    threads=1,
)

STATUS = Status(
    version="0.1.0",
    state=State.NOT_SHARING,
    peer="7f3a",
    home="/home/me/closedmesh",
    api="http://127.0.0.1:9337",
    models=(MODEL,),
)


MESH = Mesh(
    id=MeshId("ab" * 32),
    name="Example",
    state=MeshState.CONNECTED,
    scope="share",
    expires=1_800_000_000.0,
    node=NodeId("cd" * 32),
    entries=1,
    connected=1,
)

INVITE = IssuedInvite(InviteId("0123456789ab"), "chat", 3, 1, 1_800_000_000.0)

OWN_OFFER = picture.Offer(
    MODEL.name,
    HASH,
    "Q4_1",
    4096,
    slots=4,
    free=3,
    native=picture.Speed(88.5, samples=5),
    announced=picture.Speed(87.0, samples=5),
)

OTHER_HASH = ModelHash("ab" * 32)

ENTRY = Peer(NodeId("0e" * 32), "0e0e0e0e0e", entry=True, link=Link(Way.DIRECT, 12.0))

PEERS = (
    Peer(NodeId("cd" * 32), "cdcdcdcdcd", this_computer=True, version="0.1.0", offers=(OWN_OFFER,)),
    ENTRY,
    Peer(
        NodeId("1a" * 32),
        "1a1a1a1a1a",
        link=Link(Way.RELAY, 84.0),
        version="0.1.0",
        offers=(
            structs.replace(
                OWN_OFFER, native=picture.Speed(), measured=picture.Speed(41.26, samples=2)
            ),
            picture.Offer("other-7b-q4_k_m", OTHER_HASH, "Q4_K_M", 8192, slots=1, free=0),
        ),
    ),
)
"""This computer, an entry, and a peer that shares two models."""

MEMBER = structs.replace(STATUS, mesh=MESH, peers=PEERS)

AT_THE_ENTRY = structs.replace(
    STATUS, mesh=structs.replace(MESH, scope="entry", members=3), peers=PEERS, invites=(INVITE,)
)

REPOSITORY = Repository("me/model", "mit", gated=False, files=())

DOWNLOAD = Download(
    id="d1",
    ref="qwen3.5-4b-q4_k_m",
    title="Qwen3.5 4B",
    size_bytes=2_740_937_888,
    landed=0,
    state=DownloadState.QUEUED,
    most_tries=10,
    disk_left=50_000_000_000,
)


def receipt(question_id: str = "req-1", finish: FinishReason = FinishReason.STOP) -> Receipt:
    return Receipt(
        request_id=RequestId(question_id),
        model=MODEL.name,
        model_sha256=HASH,
        route=Route.LOCAL,
        served_by=ServedBy.LOCAL,
        peer="7f3a",
        finish=finish,
        prompt_tokens=12,
        completion_tokens=3,
        first_token_ms=41.0,
        tokens_per_second=88.5,
        attempts=("7f3a",),
    )


JUDGED = JudgedAnswer(
    transcript=HASH, peer=NodeId("0" * 64), model=MODEL.name, tokens=40, missed=1, outside=0,
    opened=40, contradicted=0, spread=-2.6, too_fast=False, foreign_tokens=0.0, failed=False,
)  # fmt: skip

LINE = Line(
    7, 1_772_450_000, Side.ASKED, ReceiptState.AGREED, None, "ab" * 32, "cd" * 32, "ef" * 32,
    "some-model", "request-7", 12, 2, 40, 1_234, progress=Progress.AGREED,
)  # fmt: skip
"""A receipt."""


@dataclass
class FakeControl:
    """Answers every question with `words`; raises `error` after them if there is one.

    `gate` holds every answer after its first word until it is set. `asked`, `done` and
    `cancelled` say what happened; `was_cancelled` can be waited for.
    """

    words: tuple[str, ...] = ("Hello", " there", ".")
    calls: tuple[ToolCall, ...] = ()
    """Functions that the answer wants called, after its words."""
    error: ClosedMeshError | None = None
    status: Status = STATUS
    gate: asyncio.Event | None = None
    key: str = "cm-test-key"
    offers: tuple[Offer, ...] = ()
    found: tuple[Found, ...] = ()
    repository: Repository = REPOSITORY
    elsewhere: tuple[Elsewhere, ...] = ()
    duties: tuple[Span, ...] = ()
    checked: tuple[CheckedModel, ...] = ()
    transcripts: tuple[str, ...] = ()
    judged: JudgedAnswer = JUDGED
    invite_owner: NodeId | None = None
    """Who wrote invites that are read."""
    receipts: tuple[Line, ...] = ()
    days: tuple[Day, ...] = ()
    ledger: LedgerAudit = field(default_factory=LedgerAudit)
    exported: tuple[str, ...] = ()
    tests: tuple[Test, ...] = (Test("Signature of the peer", ok=True, detail="It holds."),)
    audit: Audit = field(default_factory=Audit)
    asked: list[Ask] = field(default_factory=list)
    done: list[Command[Any]] = field(default_factory=list)
    cancelled: int = 0
    was_cancelled: asyncio.Event = field(default_factory=asyncio.Event)
    chats: dict[ConversationId, ConversationDetail] = field(default_factory=dict)
    deleted: dict[ConversationId, ConversationDetail] = field(default_factory=dict)
    _changed: asyncio.Condition | None = None
    _loop: asyncio.AbstractEventLoop | None = None

    def open_gate(self) -> None:
        """Let every answer go on; may be called from another thread."""
        assert self._loop
        assert self.gate
        self._loop.call_soon_threadsafe(self.gate.set)

    async def set_status(self, status: Status) -> None:
        """Publish another status to everyone who listens."""
        self.status = status
        async with self._condition():
            self._condition().notify_all()

    def _condition(self) -> asyncio.Condition:
        self._changed = self._changed or asyncio.Condition()
        return self._changed

    async def statuses(self) -> AsyncGenerator[Status]:
        while True:
            shown = self.status
            yield shown
            async with self._condition():
                await self._condition().wait_for(lambda shown=shown: self.status is not shown)

    async def do(self, command: Command[Result]) -> Result:
        self.done.append(command)
        return self._result(command)

    def _result(self, command: Command[Any]) -> Any:  # noqa: C901, PLR0911, PLR0912 - one line each
        match command:
            case control.ShowKey():
                return self.key
            case control.SetFallbackKey() | control.UseOwner():
                return None
            case control.ShowOwner():
                return "cmowner-example"
            case control.NewKey():
                self.key += "-new"
                return self.key
            case control.ChangeSettings():
                changed = settings.changed(self.status.settings, command.changes)
                self.status = structs.replace(self.status, settings=changed)
                return changed
            case control.LoadModel() | control.UnloadModel() | control.RemoveModel():
                self._model(command.model)
                return None
            case control.ListDuties():
                return self.duties
            case (
                control.ReadInvite()
                | control.Join()
                | control.Leave()
                | control.CheckConnection()
                | control.MakeInvite()
                | control.InviteComputer()
                | control.RevokeInvite()
                | control.RevokeMember()
                | control.CheckPeer()
                | control.ListTranscripts()
                | control.ListReceipts()
                | control.VerifyReceipts()
                | control.OpenReceipt()
                | control.ListActivity()
                | control.VerifyLedger()
                | control.ExportLedger()
                | control.MoveAccount()
            ):
                return self._do_with_mesh(command)
            case control.PauseSharing() | control.ResumeSharing() | control.ShareAnyway():
                return self._share(command)
            case control.VerifyModel() | control.TrustModel():
                return self._model(command.model)
            case control.MeasureSpeed():
                self._model(command.model)
                return Speed(400.0, 50.0, samples=5, threads=1, build="llama.cpp 1", measured=9.0)
            case control.EmbedTexts():
                vectors = tuple((float(len(text)), 0.5) for text in command.texts)
                return Embeddings(MODEL.name, HASH, "7f3a", vectors, tokens=7)
            case control.JudgeTranscript():
                return self.judged
            case control.ListOffers():
                return self.offers
            case control.SearchHub():
                return self.found
            case control.ListRepository():
                return self.repository
            case control.FindElsewhere():
                return self.elsewhere
            case control.PullModel(ref):
                return None if ref == MODEL.name else DOWNLOAD
            case (
                control.PauseDownload()
                | control.ResumeDownload()
                | control.PreferDownload()
                | control.CancelDownload()
                | control.GiveHubToken()
                | control.MoveModels()
            ):
                return None
            case control.LookForUpdate():
                return self.status.update
            case control.FetchUpdate():
                return None
            case control.ImportModel():
                return MODEL
            case control.Diagnose():
                return (Finding("Starter model", ok=True, detail="98 MB, hash as recorded."),)
            case control.NewConversation():
                chat_id = ConversationId(f"chat-{len(self.chats) + len(self.deleted) + 1}")
                summary = ConversationSummary(chat_id, "New chat", pinned=False, updated=1.0)
                options = command.options or ChatOptions()
                self.chats[chat_id] = ConversationDetail(summary, options, (), None)
                return self.chats[chat_id]
            case control.ListConversations():
                return tuple(
                    chat.summary
                    for chat in self.chats.values()
                    if command.search in chat.summary.title
                    or any(command.search in entry.text for entry in chat.entries)
                )
            case control.DeleteConversation():
                self.deleted[command.conversation] = self.chats.pop(command.conversation)
                return None
            case control.RestoreConversation():
                self.chats[command.conversation] = self.deleted.pop(command.conversation)
                return None
            case control.RenameConversation():
                return self._change_summary(command.conversation, title=command.title)
            case control.PinConversation():
                return self._change_summary(command.conversation, pinned=command.pinned)
            case control.ReadConversation():
                return self._chat(command.conversation)
            case control.ConfigureConversation():
                chat = self._chat(command.conversation)
                self.chats[command.conversation] = structs.replace(chat, options=command.options)
                return None
            case control.ChooseBranch():
                return self._choose(command.conversation, command.entry)
            case other:
                raise AssertionError(other)

    def _share(self, command: control.SharingCommand) -> None:
        paused = isinstance(command, control.PauseSharing)
        reason = Reason.PAUSED if paused else Reason.ON
        sharing = structs.replace(self.status.sharing, reason=reason)
        self.status = structs.replace(self.status, sharing=sharing)

    def _do_with_mesh(self, command: control.MeshCommand) -> Any:
        """Every invite is one to `MESH`."""
        match command:
            case control.ReadInvite():
                return InviteFacts(MESH.id, MESH.name, MESH.scope, MESH.expires, self.invite_owner)
            case control.Join():
                self.status = structs.replace(self.status, mesh=MESH)
                return MESH
            case control.Leave():
                self.status = structs.replace(self.status, mesh=None, peers=())
                return None
            case control.CheckConnection():
                return (Finding("Entry 0123456789", ok=True, detail="Direct, 12 ms."),)
            case control.MakeInvite(scope, uses, lifetime):
                issued = IssuedInvite(InviteId("0123456789ab"), scope, uses, 0, lifetime)
                self.status = structs.replace(self.status, invites=(*self.status.invites, issued))
                return NewInvite(issued, "closedmesh://join/cm1example")
            case control.InviteComputer(lifetime):
                issued = IssuedInvite(InviteId("0123456789ab"), "share", 1, 0, lifetime)
                return NewInvite(issued, "closedmesh://join/cm1computer")
            case control.RevokeInvite() | control.RevokeMember():
                return None
            case control.CheckPeer() | control.ListTranscripts():
                return self.checked if isinstance(command, control.CheckPeer) else self.transcripts
            case other:
                return self._do_with_receipts(other)

    def _do_with_receipts(self, command: Any) -> Any:
        match command:
            case control.ListReceipts(limit, before):
                older = [line for line in self.receipts if before is None or line.number < before]
                return tuple(older[:limit])
            case control.VerifyReceipts():
                return self.audit
            case control.OpenReceipt(number, request):
                found = [line for line in self.receipts if line.number == number]
                found += [line for line in self.receipts if line.request == request]
                if not found:
                    raise BadRequest("There is no such receipt.", "Choose another one.")
                line = found[0]
                return OpenedReceipt(line, self.tests)
            case control.ListActivity(days):
                return self.days[:days]
            case control.VerifyLedger():
                return self.ledger
            case control.ExportLedger(after):
                return self.exported[after:]
            case control.MoveAccount():
                return None
            case other:
                raise AssertionError(other)

    def _model(self, ref: str) -> Model:
        for model in self.status.models:
            if ref in (model.name, model.sha256):
                return model
        raise ModelNotFound(f"There is no model {ref!r}.", "`closedmesh models list` shows them.")

    def _chat(self, chat_id: ConversationId) -> ConversationDetail:
        if chat_id not in self.chats:
            raise ConversationNotFound("This chat does not exist.", "Choose another one.")
        return self.chats[chat_id]

    def _change_summary(self, chat_id: ConversationId, **changes: Any) -> None:
        chat = self._chat(chat_id)
        summary = structs.replace(chat.summary, **changes)
        self.chats[chat_id] = structs.replace(chat, summary=summary)

    def _choose(self, chat_id: ConversationId, entry: EntryId) -> ConversationDetail:
        chat = self._chat(chat_id)
        leaf = entry
        while below := [e.id for e in chat.entries if e.parent == leaf]:
            leaf = max(below)
        self.chats[chat_id] = structs.replace(chat, leaf=leaf)
        return self.chats[chat_id]

    async def ask(self, ask: Ask) -> AsyncGenerator[AnswerEvent]:
        self.asked.append(ask)
        self._loop = asyncio.get_running_loop()
        recorded = None if isinstance(ask, Question) else self._record(ask)
        if isinstance(ask, Question) and ask.model is not None:
            self._model(ask.model)
        if recorded:
            yield recorded
        said = ""
        try:
            yield Accepted(RequestId("req-1"), MODEL.name, HASH, ServedBy.LOCAL, "7f3a")
            for number, word in enumerate(self.words):
                said += word
                yield Piece(word, tokens=(number,))
                if self.gate:
                    await self.gate.wait()
            if self.error:
                raise self.error
            if self.calls:
                yield Piece("", calls=self.calls)
        except (GeneratorExit, asyncio.CancelledError):
            self.cancelled += 1
            self.was_cancelled.set()
            self._finish(recorded, said, EntryState.STOPPED)
            raise
        except ClosedMeshError as error:
            self._finish(recorded, said, EntryState.FAILED, problem=str(error))
            raise
        self._finish(recorded, said, EntryState.COMPLETE, receipt=receipt())
        finish = FinishReason.TOOL_CALLS if self.calls else FinishReason.STOP
        yield Finished(receipt(finish=finish))

    def _record(self, turn: Ask) -> Recorded:
        assert not isinstance(turn, Question)
        chat = self._chat(turn.conversation)
        entries = list(chat.entries)
        if isinstance(turn, Say):
            asked = EntryId(len(entries) + 1)
            entries.append(
                Entry(asked, turn.parent, Role.USER, turn.text, EntryState.COMPLETE, 1.0)
            )
        else:
            asked = turn.entry
        reply = EntryId(len(entries) + 1)
        entries.append(Entry(reply, asked, Role.ASSISTANT, "", EntryState.WRITING, 2.0))
        self.chats[turn.conversation] = structs.replace(chat, entries=tuple(entries), leaf=reply)
        return Recorded(turn.conversation, asked, reply)

    def _finish(self, recorded: Recorded | None, text: str, state: EntryState, **more: Any) -> None:
        if recorded is None:
            return
        chat = self._chat(recorded.conversation)
        entries = tuple(
            structs.replace(e, text=text, state=state, **more) if e.id == recorded.reply else e
            for e in chat.entries
        )
        self.chats[recorded.conversation] = structs.replace(chat, entries=entries)


def as_json(value: Any) -> Any:
    """What a value looks like to a program on the API."""
    return msgspec.to_builtins(value)
