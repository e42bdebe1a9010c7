"""What a person is offered: models of the catalogue and the hub, and how they would run here."""

from enum import StrEnum

from msgspec import Struct


class FitLabel(StrEnum):
    """How a model would run on this computer."""

    RUNS_WELL = "runs-well"
    TIGHT = "tight"
    ON_THE_MESH = "on-the-mesh"
    """Too large for here, and a member of the mesh has it."""
    TOO_LARGE = "too-large"


class Fit(Struct, frozen=True):
    """How a model would run on this computer, and what would change that."""

    label: FitLabel
    memory_bytes: int
    """Needed at `context`, estimated."""
    context: int
    """Tokens of the conversation that was reckoned with."""
    tokens_per_second: float = 0.0
    """Expected speed; 0 if nothing is known."""
    measured: bool = False
    """The speed is one that this computer reached with this model."""
    advice: str = ""
    """What to change to make it fit or run better; empty if nothing."""


class Offer(Struct, frozen=True):
    """A model of the catalogue."""

    name: str
    """The REF to ask for."""
    title: str
    size_bytes: int
    licence: str
    quantisation: str
    parameters: int
    active: int
    """Weights that one token uses; fewer than `parameters` in a mixture of experts."""
    context: int
    """Tokens it was trained for."""
    tier: str
    languages: tuple[str, ...]
    abilities: tuple[str, ...]
    checked: bool
    """Its facts were confirmed by several sources; else the hub is asked first."""
    fit: Fit
    here: bool
    """It is on this computer already."""


class HubOffer(Struct, frozen=True):
    """A model of a repository on the hub."""

    ref: str
    name: str
    size_bytes: int
    parts: int
    fit: Fit
    here: bool


class Repository(Struct, frozen=True):
    """What a repository on the hub has."""

    repo: str
    licence: str
    gated: bool
    files: tuple[HubOffer, ...]


class Elsewhere(Struct, frozen=True):
    """A model file that another program keeps on this computer."""

    path: str
    program: str
    """"Ollama", "LM Studio", "Hugging Face"."""
    title: str
    size_bytes: int
