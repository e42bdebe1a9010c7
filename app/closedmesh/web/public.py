"""What an entry says of its mesh to everybody, as `/status.json`: shapes, and how they are made.

Figures of different origin never share a column: `native` is what a peer measured on itself,
`mesh` what was measured by those who asked, the way included. No address of a member is shown.
"""

import base64
from collections.abc import Iterable

from msgspec import Struct

from closedmesh.mesh.picture import Check, Enforcement, Offer, Peer
from closedmesh.models.chat import ModelHash
from closedmesh.status import State, Status
from closedmesh.trust.credits import Totals


class MeshFacts(Struct, frozen=True):
    """The mesh."""

    id: str
    name: str
    entry: str
    """Short id of the entry that says this."""
    members: int
    sharing: int
    """Peers that answer others now."""


class ModelFacts(Struct, frozen=True):
    """A model that the mesh answers with."""

    name: str
    model_sha256: ModelHash
    replicas: int


class Native(Struct, frozen=True):
    """As the peer measured it on itself."""

    decode_tps: float | None
    prefill_tps: float | None
    samples: int


class ThroughMesh(Struct, frozen=True):
    """As those who asked measured it; medians."""

    decode_tps: float | None
    first_token_ms: float | None
    samples: int


class OfferFacts(Struct, frozen=True):
    """A model that one peer answers with."""

    name: str
    model_sha256: ModelHash
    quantisation: str
    slots: int
    free: int
    native: Native
    mesh: ThroughMesh
    check: Check


class PeerFacts(Struct, frozen=True):
    """A peer that shares."""

    peer: str
    backend: str
    version: str
    since: float | None
    """When it began to share without a break; Unix time, seconds."""
    models: tuple[OfferFacts, ...]


class FalseAlarms(Struct, frozen=True):
    """How often verification was wrong, as far as it came out."""

    decisions: int
    honest_convicted: int


class HeadFacts(Struct, frozen=True):
    """A signed head of the ledger."""

    number: int
    at: int
    """Unix time, seconds."""
    digest: str
    previous: str
    events: int
    issued: float
    burned: float
    """Credits, which are not money."""
    signed: str
    """Base64 of the MessagePack of the endorsed head, for whoever checks the signature."""


class PublicStatus(Struct, frozen=True):
    """`/status.json`."""

    mesh: MeshFacts | None
    enforcement: Enforcement
    false_alarms: FalseAlarms
    models: tuple[ModelFacts, ...]
    peers: tuple[PeerFacts, ...]
    ledger: tuple[HeadFacts, ...] = ()
    """The heads of the last day, the newest first; no account, and nobody who asked."""


class Fitness(Struct, frozen=True):
    """`/health`."""

    ok: bool
    state: State


def public_status(status: Status) -> PublicStatus:
    """What everybody may know."""
    sharing = [peer for peer in status.peers if peer.offers]
    mesh = status.mesh
    facts = None
    if mesh is not None:
        facts = MeshFacts(mesh.id, mesh.name, status.peer, mesh.members or 0, mesh.sharing)
    checked = status.verification
    return PublicStatus(
        mesh=facts,
        enforcement=checked.enforcement,
        false_alarms=FalseAlarms(checked.decisions, checked.honest_convicted),
        models=models_of(sharing),
        peers=tuple(_peer(peer) for peer in sharing),
        ledger=tuple(_head(head) for head in status.ledger),
    )


def _head(head: Totals) -> HeadFacts:
    return HeadFacts(
        head.head, head.at, head.digest, head.previous, head.events, head.issued / 1000,
        head.burned / 1000, base64.b64encode(head.signed).decode(),
    )  # fmt: skip


def fitness(status: Status) -> Fitness:
    """Whether the entry does its work."""
    return Fitness(status.mesh is not None and status.state is not State.ATTENTION, status.state)


def models_of(sharing: Iterable[Peer]) -> tuple[ModelFacts, ...]:
    """What peers answer with, the model with most replicas first."""
    names: dict[ModelHash, str] = {}
    replicas: dict[ModelHash, int] = {}
    for offer in (offer for peer in sharing for offer in peer.offers):
        names.setdefault(offer.sha256, offer.name)
        replicas[offer.sha256] = replicas.get(offer.sha256, 0) + 1
    most_first = sorted(replicas, key=lambda sha256: (-replicas[sha256], names[sha256]))
    return tuple(ModelFacts(names[each], each, replicas[each]) for each in most_first)


def _peer(peer: Peer) -> PeerFacts:
    models = tuple(_offer(offer, own=peer.this_computer) for offer in peer.offers)
    return PeerFacts(peer.short, peer.backend, peer.version, peer.since, models)


def _offer(offer: Offer, *, own: bool) -> OfferFacts:
    native = offer.native if own else offer.announced
    measured = offer.measured
    return OfferFacts(
        name=offer.name,
        model_sha256=offer.sha256,
        quantisation=offer.quantisation,
        slots=offer.slots,
        free=offer.free,
        native=Native(native.decode_tps, native.prefill_tps, native.samples),
        mesh=ThroughMesh(measured.decode_tps, measured.first_token_ms, measured.samples),
        check=offer.check,
    )
