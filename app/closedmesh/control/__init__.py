"""What may be asked of a peer.

Two things implement `Control`: the node in this process, and `api.remote`, the same over the
local API of a peer that already runs. A command is a value; its tag is its name on the API
(`POST /api/control/{tag}`, body the fields as JSON), and its type argument is what comes back.
"""

from collections.abc import AsyncGenerator
from typing import Annotated, Any, Literal, Protocol, get_args

from msgspec import Meta

from closedmesh.control.checks import CheckPeer as CheckPeer
from closedmesh.control.checks import JudgeTranscript as JudgeTranscript
from closedmesh.control.checks import ListTranscripts as ListTranscripts
from closedmesh.control.command import Command as Command
from closedmesh.control.command import Result as Result
from closedmesh.control.credits import ExportLedger as ExportLedger
from closedmesh.control.credits import InviteComputer as InviteComputer
from closedmesh.control.credits import ListActivity as ListActivity
from closedmesh.control.credits import ListReceipts as ListReceipts
from closedmesh.control.credits import MoveAccount as MoveAccount
from closedmesh.control.credits import OpenReceipt as OpenReceipt
from closedmesh.control.credits import ShowOwner as ShowOwner
from closedmesh.control.credits import UseOwner as UseOwner
from closedmesh.control.credits import VerifyLedger as VerifyLedger
from closedmesh.control.credits import VerifyReceipts as VerifyReceipts
from closedmesh.control.hub import HUB_COMMANDS as HUB_COMMANDS
from closedmesh.control.hub import CancelDownload as CancelDownload
from closedmesh.control.hub import FindElsewhere as FindElsewhere
from closedmesh.control.hub import GiveHubToken as GiveHubToken
from closedmesh.control.hub import HubCommand as HubCommand
from closedmesh.control.hub import ListOffers as ListOffers
from closedmesh.control.hub import ListRepository as ListRepository
from closedmesh.control.hub import MoveModels as MoveModels
from closedmesh.control.hub import PauseDownload as PauseDownload
from closedmesh.control.hub import PreferDownload as PreferDownload
from closedmesh.control.hub import PullModel as PullModel
from closedmesh.control.hub import ResumeDownload as ResumeDownload
from closedmesh.control.hub import SearchHub as SearchHub
from closedmesh.control.hub import TrustModel as TrustModel
from closedmesh.control.keys import KeyCommand as KeyCommand
from closedmesh.control.keys import NewKey as NewKey
from closedmesh.control.keys import SetFallbackKey as SetFallbackKey
from closedmesh.control.keys import ShowKey as ShowKey
from closedmesh.control.updates import UPDATE_COMMANDS as UPDATE_COMMANDS
from closedmesh.control.updates import FetchUpdate as FetchUpdate
from closedmesh.control.updates import LookForUpdate as LookForUpdate
from closedmesh.control.updates import UpdateCommand as UpdateCommand
from closedmesh.mesh.ids import InviteId, NodeId
from closedmesh.mesh.picture import InviteFacts, Lifetime, Mesh, NewInvite
from closedmesh.models.chat import MAX_EMBED_TEXTS, Embeddings
from closedmesh.models.conversations import (
    MAX_TITLE,
    AnswerEvent,
    Ask,
    ChatOptions,
    ConversationDetail,
    ConversationId,
    ConversationSummary,
    EntryId,
)
from closedmesh.models.duty import Span
from closedmesh.models.speed import Speed
from closedmesh.settings import Settings, Value
from closedmesh.status import Finding, Model, Status


class LoadModel(Command[None], frozen=True, tag="load-model"):
    """Read a model into memory now, instead of at its first question."""

    model: str


class UnloadModel(Command[None], frozen=True, tag="unload-model"):
    """Give a model's memory back; answers in progress end with an error that says so."""

    model: str


class VerifyModel(Command[Model], frozen=True, tag="verify-model"):
    """Read the whole file and compare its SHA-256 with the one on record."""

    model: str


class ImportModel(Command[Model], frozen=True, tag="import-model"):
    """Check a GGUF file of this computer and copy it into the model folder, or use it where it
    lies."""

    path: str
    """Absolute."""
    copy: bool = True


class RemoveModel(Command[None], frozen=True, tag="remove-model"):
    """Delete a model file from the model folder."""

    model: str


class MeasureSpeed(Command[Speed], frozen=True, tag="measure-speed"):
    """Let a model run a few times by itself, now, and say how fast it is."""

    model: str


class EmbedTexts(Command[Embeddings], frozen=True, tag="embed"):
    """Turn texts into vectors of length 1, one each."""

    texts: Annotated[tuple[str, ...], Meta(min_length=1, max_length=MAX_EMBED_TEXTS)]
    model: str | None = None
    """A model REF; `None` is the default model of the settings."""


class ChangeSettings(Command[Settings], frozen=True, tag="change-settings"):
    """Change settings by dotted name, all or none."""

    changes: dict[str, Value]


class PauseSharing(Command[None], frozen=True, tag="pause-sharing"):
    """Answer nobody else for a while."""

    until: float | None = None
    """Unix time, seconds; `None` is until it is resumed."""
    finish: bool = False
    """What is being answered is finished, whatever `sharing.leaving` says."""


class ResumeSharing(Command[None], frozen=True, tag="resume-sharing"):
    """End a pause."""


class ShareAnyway(Command[None], frozen=True, tag="share-anyway"):
    """Pass over the rules that protect only the person, for a while."""

    until: float
    """Unix time, seconds."""


class ReadInvite(Command[InviteFacts], frozen=True, tag="read-invite"):
    """What an invite says. Nothing is sent. Raises `InviteRefused`."""

    invite: str
    """As somebody pasted it."""


class Join(Command[Mesh], frozen=True, tag="join"):
    """Use an invite: become a member of its mesh."""

    invite: str


class Leave(Command[None], frozen=True, tag="leave"):
    """End the membership. The peer keeps its key, and joining again takes an invite."""


class CheckConnection(Command[tuple[Finding, ...]], frozen=True, tag="check-connection"):
    """Try to reach every entry and a few peers, and say what happened."""


class MakeInvite(Command[NewInvite], frozen=True, tag="make-invite"):
    """Make an invite; only an entry can."""

    scope: Literal["chat", "share", "entry"] = "chat"
    """`entry` admits one further entry, which then admits members too."""
    uses: Annotated[int, Meta(ge=1, le=1_000_000)] = 1
    lifetime: Lifetime = 7 * 24 * 3600.0


class RevokeInvite(Command[None], frozen=True, tag="revoke-invite"):
    """Let nobody use an invite any longer; who has used it stays a member."""

    invite: InviteId


class RevokeMember(Command[None], frozen=True, tag="revoke-member"):
    """End somebody's membership; every peer knows it within a minute."""

    node: NodeId


class ListDuties(Command[tuple[Span, ...]], frozen=True, tag="list-duties"):
    """What was shared, paused or held back in the last 24 hours, oldest first."""


class Diagnose(Command[tuple[Finding, ...]], frozen=True, tag="diagnose"):
    """Look at everything that can be wrong and say what was found."""


class NewConversation(Command[ConversationDetail], frozen=True, tag="new-conversation"):
    """Start a chat; without `options` with those of the settings."""

    options: ChatOptions | None = None


class ListConversations(
    Command[tuple[ConversationSummary, ...]], frozen=True, tag="list-conversations"
):
    """Pinned chats first, then the latest; with `search` those whose title or text match."""

    search: str = ""


class ReadConversation(Command[ConversationDetail], frozen=True, tag="read-conversation"):
    """A whole chat."""

    conversation: ConversationId


class RenameConversation(Command[None], frozen=True, tag="rename-conversation"):
    """Give a chat a title of one's own."""

    conversation: ConversationId
    title: Annotated[str, Meta(min_length=1, max_length=MAX_TITLE)]


class PinConversation(Command[None], frozen=True, tag="pin-conversation"):
    """Keep a chat at the top of the list, or no longer."""

    conversation: ConversationId
    pinned: bool


class DeleteConversation(Command[None], frozen=True, tag="delete-conversation"):
    """Delete a chat; it can be restored until the program ends."""

    conversation: ConversationId


class RestoreConversation(Command[None], frozen=True, tag="restore-conversation"):
    """Undo a deletion."""

    conversation: ConversationId


class ChooseBranch(Command[ConversationDetail], frozen=True, tag="choose-branch"):
    """Show the branch that goes through an entry, down to its latest leaf."""

    conversation: ConversationId
    entry: EntryId


class ConfigureConversation(Command[None], frozen=True, tag="configure-conversation"):
    """Change how the questions of a chat are asked from now on."""

    conversation: ConversationId
    options: ChatOptions


ModelCommand = (
    LoadModel
    | UnloadModel
    | VerifyModel
    | ImportModel
    | RemoveModel
    | MeasureSpeed
    | EmbedTexts
    | JudgeTranscript
)
"""What concerns a model's file or its memory."""

ChatCommand = (
    NewConversation
    | ListConversations
    | ReadConversation
    | RenameConversation
    | PinConversation
    | DeleteConversation
    | RestoreConversation
    | ChooseBranch
    | ConfigureConversation
)
"""What concerns a kept chat."""

SharingCommand = PauseSharing | ResumeSharing | ShareAnyway | ListDuties
"""What concerns sharing; the switch itself is the setting `sharing.share`."""

CreditCommand = (
    ListReceipts
    | VerifyReceipts
    | OpenReceipt
    | ListActivity
    | VerifyLedger
    | ExportLedger
    | MoveAccount
)
"""What concerns receipts, credits and the ledger."""

MeshDetail = (
    ReadInvite
    | CheckConnection
    | MakeInvite
    | RevokeInvite
    | RevokeMember
    | InviteComputer
    | CheckPeer
    | ListTranscripts
    | CreditCommand
)
"""What does not change the membership."""

MeshCommand = MeshDetail | Join | Leave
"""What concerns the membership, and for an entry the members."""

OwnerCommand = ShowOwner | UseOwner
"""What concerns the key of this computer's owner."""

AnyCommand = (
    ModelCommand
    | HubCommand
    | ChatCommand
    | SharingCommand
    | MeshCommand
    | UpdateCommand
    | ChangeSettings
    | KeyCommand
    | OwnerCommand
    | SetFallbackKey
    | Diagnose
)

COMMANDS: tuple[type[Command[Any]], ...] = (
    LoadModel,
    UnloadModel,
    VerifyModel,
    ImportModel,
    RemoveModel,
    *HUB_COMMANDS,
    *UPDATE_COMMANDS,
    MeasureSpeed,
    EmbedTexts,
    ChangeSettings,
    PauseSharing,
    ResumeSharing,
    ShareAnyway,
    ReadInvite,
    Join,
    Leave,
    CheckConnection,
    MakeInvite,
    RevokeInvite,
    RevokeMember,
    InviteComputer,
    CheckPeer,
    ListTranscripts,
    JudgeTranscript,
    ListReceipts,
    VerifyReceipts,
    OpenReceipt,
    ListActivity,
    VerifyLedger,
    ExportLedger,
    MoveAccount,
    ShowOwner,
    UseOwner,
    ListDuties,
    ShowKey,
    NewKey,
    SetFallbackKey,
    Diagnose,
    NewConversation,
    ListConversations,
    ReadConversation,
    RenameConversation,
    PinConversation,
    DeleteConversation,
    RestoreConversation,
    ChooseBranch,
    ConfigureConversation,
)
"""Every command there is, for the API's routes."""


def result_type(command: type[Command[Any]]) -> Any:
    """The type that a command gives back, for decoding it."""
    return get_args(command.__orig_bases__[0])[0]  # type: ignore[attr-defined]  # set by typing


class Control(Protocol):
    """A peer, as its faces know it. All methods raise `ClosedMeshError` and nothing else."""

    def statuses(self) -> AsyncGenerator[Status]:
        """The whole picture now, then each new one (at most a few a second)."""
        ...

    async def do(self, command: Command[Result]) -> Result:
        """Carry out a command, and return when it is done."""
        ...

    def ask(self, ask: Ask) -> AsyncGenerator[AnswerEvent]:
        """Have something answered. Closing the generator cancels the answer."""
        ...
