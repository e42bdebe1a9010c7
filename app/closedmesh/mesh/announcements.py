"""What a sharing peer says of itself, signed: how to reach it and what it runs.

Everything here is a claim. It becomes a figure that anybody is judged or chosen by only when
somebody else has measured or checked it.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import Digest, MeshId, MeshIdField, NodeIdField, SerialField
from closedmesh.mesh.membership import CLOCK_SKEW, Time
from closedmesh.mesh.signing import Sealed, unseal

MAX_LIFETIME = 600
"""Seconds after which nothing that a peer has said of itself is believed."""
MIN_LIFETIME = 30
MAX_MODELS = 32
MAX_SLOTS = 256
MAX_CONTEXT = 16 * 1024 * 1024

Word = Annotated[str, Meta(max_length=96)]


class Backend(StrEnum):
    """What computes. Decides how far two honest peers' figures may differ."""

    CPU = "cpu"
    BLAS = "blas"
    METAL = "metal"
    CUDA = "cuda"
    ROCM = "rocm"
    VULKAN = "vulkan"


class Speed(Struct, frozen=True, array_like=True):
    """Measured by the peer on itself, without the mesh."""

    tokens_per_second: Annotated[float, Meta(gt=0.0, le=10_000_000.0)]
    samples: Annotated[int, Meta(ge=1, le=2**31)]


class Offer(Struct, frozen=True, array_like=True):
    """One model that a peer answers with."""

    sha256: Digest
    """Of the GGUF file; by this it is asked for."""
    weights: Digest
    """Digest of the tensors alone."""
    template: Digest | None
    """Digest of the chat template in use."""
    name: Word
    quantisation: Word
    context: Annotated[int, Meta(ge=1, le=MAX_CONTEXT)]
    """Tokens of one conversation."""
    slots: Annotated[int, Meta(ge=1, le=MAX_SLOTS)]
    free: Annotated[int, Meta(ge=0, le=MAX_SLOTS)]
    """Slots that nobody uses; the peer's own owner's use counts too."""
    keys: Word = "f16"
    values: Word = "f16"
    """How the cache is stored."""
    flash_attention: bool = False
    prefill: Speed | None = None
    decode: Speed | None = None
    fingerprint: Digest | None = None
    """Digest of the model's answers to the public calibration questions."""


class Announcement(Struct, frozen=True, array_like=True, tag="announcement"):
    """A peer shares. One without offers says that it no longer does."""

    mesh: MeshIdField
    node: NodeIdField
    certificate: SerialField
    """Number of the one under which it shares."""
    sequence: Annotated[int, Meta(ge=1, le=2**53)]
    """Higher than of any announcement before; Unix milliseconds will do."""
    made: Time
    lifetime: Annotated[int, Meta(ge=MIN_LIFETIME, le=MAX_LIFETIME)]
    """Seconds."""
    address: Address
    version: Word
    backend: Backend
    hardware: Word
    """For people, like "Apple M2, 16 GB"."""
    build: Word
    """Of llama.cpp, with the processor features it uses."""
    since: Time
    """When this peer began to share without a break."""
    offers: Annotated[tuple[Offer, ...], Meta(max_length=MAX_MODELS)] = ()
    owner: NodeIdField | None = None
    """To whom it belongs, so that nobody takes two computers of one person for two voices. Who
    names somebody else's owner is only asked less often."""

    @property
    def expires(self) -> int:
        """Unix time, seconds."""
        return self.made + self.lifetime


def read_announcement(sealed: Sealed, mesh: MeshId, now: float) -> Announcement:
    """The announcement, if its own subject made it and it is believed now.

    Raises `NotAuthorised`.
    """
    said = unseal(sealed, Announcement)
    if said.mesh != mesh:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "The announcement is for another mesh.")
    if said.node != sealed.signer or said.address.node != sealed.signer:
        raise NotAuthorised(RefusalCode.NOT_A_MEMBER, "A peer can only speak for itself.")
    if now >= said.expires + CLOCK_SKEW:
        raise NotAuthorised(RefusalCode.EXPIRED, "The announcement is too old.")
    if now < said.made - CLOCK_SKEW:
        raise NotAuthorised(
            RefusalCode.EXPIRED, "The announcement is from the future: a clock is wrong."
        )
    return said
