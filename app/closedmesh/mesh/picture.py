"""What a person may see of a mesh: values for windows, terminal and API. Never a secret.

Three figures are kept apart everywhere: `native` is the engine alone on the machine that answers,
as that machine measured it; `announced` is what a peer says of itself; `measured` is what this
computer saw when it asked, the way included.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.ids import InviteId, MeshId, NodeId
from closedmesh.models.chat import CheckState, ModelHash


class Way(StrEnum):
    """How bytes travel between two peers."""

    DIRECT = "direct"
    RELAY = "relay"
    """Through a relay, which sees who, when and how much, but no word."""


class Link(Struct, frozen=True):
    """An open connection to a peer."""

    way: Way
    delay_ms: float | None = None
    """There and back, measured; `None` before the first measurement."""

    @property
    def words(self) -> str:
        """Like "direct, 12 ms" or "through a relay, 84 ms"."""
        way = {Way.DIRECT: "direct", Way.RELAY: "through a relay"}[self.way]
        if self.delay_ms is None:
            return way
        return f"{way}, {self.delay_ms:.0f} ms" if self.delay_ms >= 1 else f"{way}, below 1 ms"


class Speed(Struct, frozen=True):
    """How fast a model answers; medians of `samples` answers. `None` where nothing is known."""

    decode_tps: float | None = None
    """Tokens a second, after the first."""
    prefill_tps: float | None = None
    """Tokens of a prompt a second."""
    first_token_ms: float | None = None
    samples: int = 0


class Check(Struct, frozen=True):
    """What verification says of one peer's model."""

    verdict: CheckState = CheckState.UNCHECKED
    found: str = ""
    """The same more closely: a word of `trust.verdicts`; empty before the first check."""
    probes: int = 0
    """Answers that were weighed."""
    resolution: str = ""
    """Which differences could have been told, in words; empty before the first check."""
    last: float | None = None
    """When it was checked last; Unix time, seconds."""
    left_out: bool = False
    """Questions go past it: verifiers of two owners agree that it does not serve what it says."""
    consensus: bool = False
    """Told by copies of other owners' peers, as the verifier has none; weaker than its own."""


class CheckedModel(Struct, frozen=True):
    """A peer's model that was just checked."""

    peer: str
    """Short id."""
    model: str
    check: Check


class JudgedAnswer(Struct, frozen=True):
    """What a copy of the model says of one answer of a check; see `trust.evidence`."""

    transcript: str
    """SHA-256 by which a verifier's statement names it."""
    peer: NodeId
    model: str
    tokens: int
    missed: int
    """Tokens that the copy would not have chosen with this seed."""
    outside: int
    """Tokens that it would never have chosen."""
    opened: int
    """Positions that the peer had to show."""
    contradicted: int
    """Of these, those that do not fit the answer."""
    spread: float | None
    """How far the peer's figures are off, as a power of ten in nats; `None` if none was shown."""
    too_fast: bool
    foreign_tokens: float
    """Share of tokens that the tokeniser would not have made of the text."""
    failed: bool
    """An honest peer shows this in one check of two thousand at most."""


class Enforcement(StrEnum):
    """Whether verdicts decide who is asked."""

    OBSERVE = "observe"
    """They are shown, and nobody is passed over for them."""
    ENFORCE = "enforce"


class Verification(Struct, frozen=True):
    """What an entry's verification has decided so far, and how often wrongly."""

    enforcement: Enforcement = Enforcement.OBSERVE
    decisions: int = 0
    """Verdicts that were reached."""
    honest_convicted: int = 0
    """Of these, those against a peer that is known to be honest for other reasons."""


class Offer(Struct, frozen=True):
    """A model that a peer answers with."""

    name: str
    sha256: ModelHash
    quantisation: str
    context: int
    """Tokens of one conversation."""
    slots: int
    """Questions answered at the same time."""
    free: int
    native: Speed = Speed()
    """Known for this computer only."""
    announced: Speed = Speed()
    measured: Speed = Speed()
    check: Check = Check()
    """What verification says of it, in a word."""


class Peer(Struct, frozen=True):
    """A member of the mesh that this computer knows of."""

    node: NodeId
    short: str
    """Its id as people see it."""
    this_computer: bool = False
    entry: bool = False
    """It admits members and keeps the directory."""
    link: Link | None = None
    """`None` while no connection is open; one is opened when it is needed."""
    reachable: bool = True
    """The last attempt to connect did not fail."""
    version: str = ""
    backend: str = ""
    """Like `cpu` or `cuda`, as announced."""
    hardware: str = ""
    """A class of machines, as announced."""
    heard: float | None = None
    """When it last announced itself; Unix time, seconds."""
    since: float | None = None
    """When it began to share without a break; Unix time, seconds."""
    offers: tuple[Offer, ...] = ()


class MeshState(StrEnum):
    """How this computer stands to its mesh."""

    CONNECTING = "connecting"
    CONNECTED = "connected"
    """An entry answers."""
    ALONE = "alone"
    """No entry answers; the peers that are known are still asked."""
    EXCLUDED = "excluded"
    """The membership was revoked or ran out."""


class Mesh(Struct, frozen=True):
    """The mesh that this computer is a member of."""

    id: MeshId
    name: str
    state: MeshState
    scope: str
    """What the membership allows: `chat`, `share` or `entry`."""
    expires: float
    """When the membership ends unless it is renewed, which happens by itself; Unix time."""
    node: NodeId
    """Who this computer is there."""
    members: int | None = None
    """Known to an entry only."""
    listed: bool | None = None
    """Whether an entry really lists what this computer shares; `None` while it shares nothing."""
    entries: int = 0
    """Entries that are known."""
    connected: int = 0
    """Peers with an open connection."""
    sharing: int = 0
    """Peers that are known to share now, this computer included."""
    owner: NodeId | None = None
    """To whom this computer belongs there: credits and limits count owners, not computers."""
    adopted: bool = False
    """The key of that owner is on another of their computers."""


class IssuedInvite(Struct, frozen=True):
    """An invite that this entry has made. The invite itself is shown once, when it is made."""

    id: InviteId
    scope: str
    uses: int
    used: int
    expires: float
    """Unix time, seconds."""
    revoked: bool = False


class NewInvite(Struct, frozen=True):
    """An invite that was just made. Whoever holds `link` may join."""

    invite: IssuedInvite
    link: str


class InviteFacts(Struct, frozen=True):
    """What an invite says, before it is used."""

    mesh: MeshId
    mesh_name: str
    scope: str
    expires: float
    """Unix time, seconds."""
    owner: NodeId | None = None
    """To whom the computer that uses it will belong; `None` where it stays its own owner's."""


Lifetime = Annotated[float, Meta(gt=0, le=3650 * 24 * 3600)]
"""Seconds that an invite can be used."""
