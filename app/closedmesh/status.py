"""The one picture of a peer that every face is drawn from. Never a secret, prompt or answer.

`state_of` makes the one word that icon, tooltip, menu, window and API share.
"""

from enum import StrEnum

from msgspec import Struct

from closedmesh.mesh.picture import IssuedInvite, Mesh, Peer, Verification
from closedmesh.models.chat import ModelHash
from closedmesh.models.duty import RULES, Action, Reason
from closedmesh.models.energy import Kind
from closedmesh.models.releases import Update
from closedmesh.models.speed import Speed
from closedmesh.settings import Settings
from closedmesh.trust.credits import Credits, Totals


class State(StrEnum):
    """What the peer does, the most important first."""

    ATTENTION = "attention"
    """Something needs the person: a health item of severity `error`."""
    LOADING = "loading"
    """The program starts, or a model is being read into memory."""
    SERVING = "serving"
    """This computer answers other members' questions."""
    ANSWERING = "answering"
    """This computer answers its owner's question."""
    SHARING = "sharing"
    """Ready to answer others, who ask nothing at the moment."""
    PAUSED = "paused"
    """Sharing was paused by the person."""
    HELD = "held"
    """A rule of sharing holds it back for now."""
    NOT_SHARING = "not-sharing"
    """Ready for its owner; nobody else uses this computer."""
    OFFLINE = "offline"
    """No peer runs."""


class Severity(StrEnum):
    """How urgent a health item is."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Health(Struct, frozen=True):
    """Trouble that lasts, with what to do about it."""

    code: str
    severity: Severity
    title: str
    advice: str


class ModelState(StrEnum):
    """Where a model is. `LOADED` is said only while a live worker holds the weights."""

    ON_DISK = "on-disk"
    LOADING = "loading"
    LOADED = "loaded"
    FAILED = "failed"
    MISSING = "missing"
    """The list knows the file, but it is gone or was changed."""
    HELD_BACK = "held-back"
    """The file is not used until a person says so; `problem` gives the reason."""


class Model(Struct, frozen=True):
    """A model file of this computer."""

    name: str
    """The REF by which it is asked for."""
    title: str
    """For people: "SmolLM2 135M Instruct"."""
    sha256: ModelHash
    size_bytes: int
    quantisation: str
    """llama.cpp's word for it, like `Q4_1`."""
    parameters: int
    """Number of weights."""
    context_trained: int
    """Tokens of context it was trained for."""
    licence: str
    """SPDX identifier, or empty when nobody told us."""
    path: str
    """Of the first part, where there are several."""
    state: ModelState = ModelState.ON_DISK
    problem: str | None = None
    """For `FAILED`, `MISSING` and `HELD_BACK`: what happened and what to do."""
    parts: int = 1
    """Files that it consists of."""
    removable: bool = False
    """It lies in the model folder, and removing it deletes the file."""
    referenced: bool = False
    """It was imported where it lies, and removing it only forgets it."""
    last_used: float = 0.0
    """Unix time, seconds; 0 if never."""
    memory_bytes: int = 0
    """Resident memory of the worker that holds it, measured; 0 unless loaded."""
    context: int = 0
    """Tokens one conversation may have; 0 unless loaded."""
    slots: int = 0
    busy: int = 0
    """Places that answer right now."""
    queued: int = 0
    """Requests that wait for a place."""
    cache_type: str = ""
    """How its conversations are kept in memory, like `f16`; empty unless loaded."""
    threads: int = 0
    """Processor threads it may use now."""
    giving_way: bool = False
    """Fewer than it would use, because other programs keep the processor busy."""
    native: Speed | None = None
    """How fast it runs here by itself, measured; `None` until it was."""


class DownloadState(StrEnum):
    """What is being done for a download."""

    QUEUED = "queued"
    CHECKING = "checking"
    """What had landed before is read and compared."""
    FETCHING = "fetching"
    VERIFYING = "verifying"
    """The whole file is hashed."""
    REPAIRING = "repairing"
    """Blocks are fetched again because the whole file was wrong."""
    PAUSED = "paused"
    FAILED = "failed"
    """It stopped; `problem` says why, and it goes on when it is resumed."""


class Download(Struct, frozen=True):
    """A model that somebody asked for and that is not here yet."""

    id: str
    ref: str
    title: str
    size_bytes: int
    landed: int
    """Bytes that are here."""
    state: DownloadState
    rate: float = 0.0
    """Bytes a second, measured."""
    seconds_left: float | None = None
    tries: int = 0
    """Troubles since the last byte."""
    most_tries: int = 0
    """How many of them there may be."""
    problem: str = ""
    """What is wrong now, or why it stopped."""
    disk_left: int = 0
    """Bytes that will be free when it is done."""


class Memory(Struct, frozen=True):
    """Main memory of this computer, bytes, measured."""

    total: int = 0
    available: int = 0


class Sharing(Struct, frozen=True):
    """Whether this computer answers others, with its one reason."""

    reason: Reason = Reason.OFF
    text: str = ""
    """The reason in a person's words."""
    since: float = 0.0
    """Unix time, seconds."""
    until: float | None = None
    """When it ends by itself, where that is known."""
    action: Action | None = None
    """The one thing to do about it."""
    blocking: tuple[Reason, ...] = ()
    """Every rule that forbids it now."""
    serving: int = 0
    """Questions of other members that are being answered."""

    @property
    def on(self) -> bool:
        """Others may be answered."""
        return self.reason is Reason.ON


class Energy(Struct, frozen=True):
    """What this computer draws, and what its answers took."""

    watts: float | None = None
    """`None` while nothing tells."""
    kind: Kind = Kind.ESTIMATED
    source: str = ""
    """What was read: "battery", "CPU package (RAPL) + GPU (NVML)"."""
    idle_watts: float | None = None
    """The level without answers; `None` before it is known."""
    today_wh: float = 0.0
    """Above the idle level, by the answers of this day."""
    today_cost: float = 0.0
    """In the currency of the settings."""
    answering_watts: float | None = None
    """The level while something is answered; `None` before it is known."""


class Status(Struct, frozen=True):
    """The whole picture."""

    version: str
    state: State
    peer: str
    """Short id of this peer."""
    home: str
    """Folder that holds everything of this peer."""
    api: str | None = None
    """Address of the local API, like `http://127.0.0.1:9337`; `None` while it is closed."""
    process: int = 0
    """Process id of the peer."""
    started: float = 0.0
    """Unix time, seconds."""
    models: tuple[Model, ...] = ()
    update: Update = Update()
    downloads: tuple[Download, ...] = ()
    """In the order in which they are fetched."""
    has_hub_token: bool = False
    memory: Memory = Memory()
    sharing: Sharing = Sharing()
    energy: Energy = Energy()
    credits: Credits = Credits()
    ledger: tuple[Totals, ...] = ()
    """The last signed heads of the mesh, the newest first; known to its settler only."""
    mesh: Mesh | None = None
    """`None` while this computer is in no mesh."""
    peers: tuple[Peer, ...] = ()
    """Members that are known, this computer first."""
    invites: tuple[IssuedInvite, ...] = ()
    """What this computer has made as an entry."""
    verification: Verification = Verification()
    """Of this computer as an entry."""
    health: tuple[Health, ...] = ()
    settings: Settings = Settings()

    @property
    def answering(self) -> int:
        """Requests that are being answered right now."""
        return sum(model.busy for model in self.models)


def state_of(
    models: tuple[Model, ...],
    health: tuple[Health, ...],
    sharing: Sharing = Sharing(),  # noqa: B008 - frozen
    *,
    starting: bool,
) -> State:
    """The one word for a running peer; the highest that applies."""
    if any(item.severity is Severity.ERROR for item in health):
        return State.ATTENTION
    if starting or any(model.state is ModelState.LOADING for model in models):
        return State.LOADING
    if sharing.serving:
        return State.SERVING
    if any(model.busy for model in models):
        return State.ANSWERING
    return _state_of_sharing(sharing.reason)


def _state_of_sharing(reason: Reason) -> State:
    if reason is Reason.ON:
        return State.SHARING
    if reason is Reason.PAUSED:
        return State.PAUSED
    return State.HELD if reason in RULES else State.NOT_SHARING


class Finding(Struct, frozen=True):
    """One line of a diagnosis."""

    title: str
    ok: bool
    detail: str
    """What was found, with figures; for a failure also what to do."""
