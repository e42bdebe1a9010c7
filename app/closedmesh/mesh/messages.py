"""Every message between two peers of `closedmesh/1`.

One bidirectional stream carries one exchange: whoever opened it sends one opening message, the
other side answers; `EXCHANGES` in `session.py` says with what. `Hello` opens the first stream of
a connection and settles who the two are; what comes later on that connection is authorised by
the certificates shown there. Joining, renewing and being told one's own address need no `Hello`.

Values are valid by construction: sizes, ranges and forms are checked when bytes become messages,
and longer bytes than `LIMITS` allows are refused before they are read.
"""

from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.handing_over import HandedOver, HandOver
from closedmesh.mesh.ids import Digest, MeshIdField, NodeIdField
from closedmesh.mesh.lending import FileBytes, FileRead, ReadFile
from closedmesh.mesh.membership import Endorsed
from closedmesh.mesh.records import Reconcile, Records
from closedmesh.mesh.rereading import Readings, Reread
from closedmesh.mesh.settlement import AccountPage, ReadAccount, Settle, Settled
from closedmesh.mesh.signing import Sealed
from closedmesh.models.chat import (
    MAX_STOP,
    MAX_TOP_LOGPROBS,
    AnswerForm,
    FinishReason,
    Overflow,
    Prompt,
    Sampling,
    TokenId,
    TokenLogprob,
)

MAX_ANNOUNCEMENTS = 64
"""In one `Delta`."""
MAX_TOKENS = 1_048_576
"""Of a prompt or an answer; the longest contexts of today."""
MAX_POSITIONS = 64
MAX_OPENING = 4096
"""Bytes of one opened position."""
MAX_VERDICTS = 16
"""In one `Delta`."""
KEY_BYTES = 32

Count = Annotated[int, Meta(ge=0, le=MAX_TOKENS)]
RequestIdField = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z_-]{8,64}\Z")]
Milliseconds = Annotated[int, Meta(ge=0, le=86_400_000)]
Hash = Annotated[bytes, Meta(min_length=KEY_BYTES, max_length=KEY_BYTES)]
HowNew = Annotated[dict[NodeIdField, Annotated[int, Meta(ge=0, le=2**53)]], Meta(max_length=64)]
Words = Annotated[str, Meta(max_length=300)]


class Hello(Struct, frozen=True, array_like=True):
    """Who I am. Opens the first stream of every connection."""

    mesh: MeshIdField
    credential: Endorsed
    version: Annotated[str, Meta(max_length=32)]
    """Of the program; shown, never decided upon."""
    features: Annotated[tuple[Annotated[str, Meta(max_length=32)], ...], Meta(max_length=32)] = ()
    """Words for what this peer understands beyond the first version."""


class Welcome(Struct, frozen=True, array_like=True):
    """And who I am. The connection is open."""

    credential: Endorsed
    version: Annotated[str, Meta(max_length=32)]
    features: Annotated[tuple[Annotated[str, Meta(max_length=32)], ...], Meta(max_length=32)] = ()


class Refused(Struct, frozen=True, array_like=True):
    """No, and why; ends any exchange at any point."""

    code: RefusalCode
    reason: Words = ""
    """For people; the text of another computer, to be shown as such."""
    retry_after: Milliseconds | None = None
    """When it is worth trying again."""


class Join(Struct, frozen=True, array_like=True):
    """Make me a member; `redemption` holds a `Redemption`, signed by my node key."""

    redemption: Sealed
    ownership: Sealed | None = None
    """An `Ownership` by my owner's key."""
    invite: Sealed | None = None
    """The `Invite` itself, where my owner has written it."""


class Renew(Struct, frozen=True, array_like=True):
    """Give me a new certificate for this one, which may have expired."""

    credential: Endorsed
    ownership: Sealed | None = None


class MeshInfo(Struct, frozen=True, array_like=True):
    """What a member should know of its mesh."""

    mesh: MeshIdField
    name: Annotated[str, Meta(min_length=1, max_length=64)]
    entries: Annotated[tuple[Address, ...], Meta(max_length=8)]


class Joined(Struct, frozen=True, array_like=True):
    """You are a member; answers `Join` and `Renew`."""

    credential: Endorsed
    info: MeshInfo
    revocations: Annotated[tuple[Endorsed, ...], Meta(max_length=64)] = ()


class Certify(Struct, frozen=True, array_like=True):
    """Certify these asking keys, one for each day; each holds an `AskingKey`."""

    keys: Annotated[tuple[Sealed, ...], Meta(min_length=1, max_length=8)]


class Certified(Struct, frozen=True, array_like=True):
    """The certificates, in the order of the keys."""

    credentials: Annotated[tuple[Endorsed, ...], Meta(max_length=8)]


class Announce(Struct, frozen=True, array_like=True):
    """List me; holds an `Announcement`, signed by my node key."""

    announcement: Sealed


class AmIListed(Struct, frozen=True, array_like=True):
    """Which announcement of mine do others get from you?"""


class Listed(Struct, frozen=True, array_like=True):
    """Answers `Announce` and `AmIListed`."""

    sequence: Annotated[int, Meta(ge=0, le=2**53)] | None
    """Of the announcement that is listed and has not expired; `None` if none is."""


class Pull(Struct, frozen=True, array_like=True):
    """What is new in the directory?"""

    cursor: Annotated[bytes, Meta(max_length=32)] = b""
    """From the last `Delta`; empty, or one that the other side does not know, starts anew."""
    buckets: Annotated[bytes, Meta(max_length=2048)] = b""
    """Digest of what I have (`directory.Directory.buckets`), so that starting anew costs only
    what differs; may be empty."""
    revocations: HowNew = {}
    """Sequence of the newest list that I have of each issuer."""
    verdicts: HowNew = {}
    """When the last statement was made that I have of each verifier; Unix time, seconds."""
    entries: HowNew = {}
    """When the newest notice was made that I have of each entry; Unix time, seconds."""


class Delta(Struct, frozen=True, array_like=True):
    """Announcements that changed. Comes as often as needed; the last one has `complete`."""

    announcements: Annotated[tuple[Sealed, ...], Meta(max_length=MAX_ANNOUNCEMENTS)]
    cursor: Annotated[bytes, Meta(max_length=32)]
    complete: bool
    revocations: Annotated[tuple[Endorsed, ...], Meta(max_length=8)] = ()
    """Every list that is new to the other side; with the first `Delta` only."""
    verdicts: Annotated[tuple[Endorsed, ...], Meta(max_length=MAX_VERDICTS)] = ()
    """Statements of verifiers that are new to the other side, the oldest first."""
    entries: Annotated[tuple[Endorsed, ...], Meta(max_length=8)] = ()
    """Notices of entries that are new to the other side; with the first `Delta` only."""


class Find(Struct, frozen=True, array_like=True):
    """Who offers this model? Answered by one `Delta`, whose cursor is empty."""

    model: Digest


class Ask(Struct, frozen=True, array_like=True):
    """Answer this. `sampling.seed` is always given, so that an answer can be continued by another
    peer: `begun` are the tokens that the asker already has, and the answer goes on after them.
    """

    request: RequestIdField
    model: Digest
    """SHA-256 of the model file; nothing else may answer."""
    prompt: Prompt
    sampling: Sampling
    max_tokens: Annotated[int, Meta(ge=1, le=MAX_TOKENS)]
    """Including those of `begun`."""
    deadline: Milliseconds
    """From now until the last token."""
    affinity: Hash
    """Stands for the conversation at this peer only: caches are kept under it, and never shared
    between two."""
    date: Annotated[str, Meta(pattern=r"\A\d{4}-\d{2}-\d{2}\Z")]
    """For templates that state it."""
    begun: Annotated[tuple[TokenId, ...], Meta(max_length=MAX_TOKENS)] = ()
    stop: Annotated[
        tuple[Annotated[str, Meta(max_length=256)], ...], Meta(max_length=MAX_STOP)
    ] = ()
    top_logprobs: Annotated[int, Meta(ge=0, le=MAX_TOP_LOGPROBS)] | None = None
    overflow: Overflow = Overflow.REFUSE
    form: AnswerForm | None = None
    """What the answer must look like."""

    def __post_init__(self) -> None:
        if self.sampling.seed is None:
            raise ValueError("a question to a peer has a seed")
        if len(self.begun) >= self.max_tokens:
            raise ValueError("nothing is left to answer")


class Accepted(Struct, frozen=True, array_like=True):
    """It will be answered. Repeated when the place in the queue changes."""

    ahead: Count
    """Questions that go first; 0 is next."""
    wait: Milliseconds | None = None
    """Estimate until its turn."""
    loading: bool = False
    """The model is being read into memory first."""


class Started(Struct, frozen=True, array_like=True):
    """It has a place, and its prompt is being read."""

    prompt_tokens: Count
    cached_tokens: Count
    dropped_messages: Count = 0
    """Oldest messages left out (`Overflow.DROP_OLDEST`)."""


class Tokens(Struct, frozen=True, array_like=True):
    """What is new in the answer."""

    ids: Annotated[tuple[TokenId, ...], Meta(max_length=4096)]
    text: Annotated[str, Meta(max_length=65_536)] = ""
    """May lag behind `ids`, while a stop string or a character may be beginning."""
    logprobs: Annotated[tuple[TokenLogprob, ...], Meta(max_length=4096)] = ()


class Finished(Struct, frozen=True, array_like=True):
    """The answer is complete; without this it is not."""

    finish: FinishReason
    prompt_tokens: Count
    cached_tokens: Count
    completion_tokens: Count
    """Of this answer, without `begun`."""
    text: Annotated[str, Meta(max_length=65_536)] = ""
    """What had been held back."""
    end_token: TokenId | None = None
    """By which the model ended the answer; it is not counted."""
    trace_root: Hash | None = None
    """Commits to every position's log-probabilities; positions are shown with `Open`."""
    receipt: Sealed | None = None
    """What the serving peer says that it did, signed."""
    head: Endorsed | None = None
    """The newest head of the mesh's ledger that it has seen: a settler that tells two stories is
    found out by whoever asks whom."""


class Cancel(Struct, frozen=True, array_like=True):
    """Nobody waits for the answer any longer. The exchange ends without a further message."""


class Countersigned(Struct, frozen=True, array_like=True):
    """The receipt as the asker counted; follows `Finished`."""

    receipt: Sealed


class Acknowledged(Struct, frozen=True, array_like=True):
    """So much of the answer has come; said again and again while it goes on, to whoever expects
    it. Holds a `Voucher`, signed by the key that asks."""

    voucher: Sealed


class Open(Struct, frozen=True, array_like=True):
    """Show these positions of an answer's trace."""

    request: RequestIdField
    positions: Annotated[tuple[Count, ...], Meta(min_length=1, max_length=MAX_POSITIONS)]


class Opening(Struct, frozen=True, array_like=True):
    """One position: the leaf and the way to the root."""

    position: Count
    leaf: Annotated[bytes, Meta(max_length=MAX_OPENING)]
    path: Annotated[tuple[Hash, ...], Meta(max_length=24)]


class Opened(Struct, frozen=True, array_like=True):
    """The positions, in the order asked for."""

    openings: Annotated[tuple[Opening, ...], Meta(max_length=MAX_POSITIONS)]


class WhereAmI(Struct, frozen=True, array_like=True):
    """From which address do you see me?"""


class Observed(Struct, frozen=True, array_like=True):
    """Your address as I see it, `ip:port`; `None` when you come through a relay."""

    address: Annotated[str, Meta(max_length=64)] | None


class DialRequest(Struct, frozen=True, array_like=True):
    """Tell that peer to dial me at these addresses now, while I dial it."""

    target: NodeIdField
    me: Address


class DialNow(Struct, frozen=True, array_like=True):
    """A member wants to meet you: dial it now."""

    peer: Address


class Dialling(Struct, frozen=True, array_like=True):
    """Answers `DialNow` and `DialRequest`: the target dials, and where it can be reached."""

    target: Address


class Ping(Struct, frozen=True, array_like=True):
    """Are you there?"""

    nonce: Annotated[int, Meta(ge=0, le=2**53)] = 0


class Pong(Struct, frozen=True, array_like=True):
    """Yes."""

    nonce: Annotated[int, Meta(ge=0, le=2**53)] = 0


Message = (
    Hello
    | Welcome
    | Refused
    | Join
    | Renew
    | Joined
    | Certify
    | Certified
    | Announce
    | AmIListed
    | Listed
    | Pull
    | Find
    | Delta
    | Reconcile
    | Records
    | Ask
    | Accepted
    | Started
    | Tokens
    | Finished
    | Cancel
    | Countersigned
    | Acknowledged
    | Open
    | Opened
    | ReadFile
    | FileBytes
    | FileRead
    | Reread
    | Readings
    | Settle
    | Settled
    | ReadAccount
    | AccountPage
    | HandOver
    | HandedOver
    | WhereAmI
    | Observed
    | DialRequest
    | DialNow
    | Dialling
    | Ping
    | Pong
)
