"""Commands about models that are not here yet, about downloads and the model folder."""

from typing import Annotated, Any

from msgspec import Meta

from closedmesh.control.command import Command
from closedmesh.models.hub import Found
from closedmesh.models.offers import Elsewhere, Offer, Repository
from closedmesh.status import Download, Model


class ListOffers(Command[tuple[Offer, ...]], frozen=True, tag="list-offers"):
    """The models of the catalogue, and how each would run on this computer."""


class SearchHub(Command[tuple[Found, ...]], frozen=True, tag="search-hub"):
    """Repositories on the hub that match, the most used first."""

    text: Annotated[str, Meta(min_length=1, max_length=200)]


class ListRepository(Command[Repository], frozen=True, tag="list-repository"):
    """The models of one repository on the hub."""

    repo: str


class PullModel(Command[Download | None], frozen=True, tag="pull-model"):
    """Begin to fetch a model; comes back when it is in the queue. `Status.downloads` tells how it
    goes on; when it is done it is among `Status.models`. `None`: the very file is here already."""

    ref: str


class PauseDownload(Command[None], frozen=True, tag="pause-download"):
    """Stop fetching; what has landed is kept."""

    id: str


class ResumeDownload(Command[None], frozen=True, tag="resume-download"):
    """Go on with a download that was paused or stopped."""

    id: str


class PreferDownload(Command[None], frozen=True, tag="prefer-download"):
    """Fetch this one before the others."""

    id: str


class CancelDownload(Command[None], frozen=True, tag="cancel-download"):
    """Give a download up and delete what has landed."""

    id: str


class GiveHubToken(Command[None], frozen=True, tag="give-hub-token"):
    """Keep a token for gated models in the keychain; an empty one forgets it."""

    token: Annotated[str, Meta(max_length=200)]


class FindElsewhere(Command[tuple[Elsewhere, ...]], frozen=True, tag="find-elsewhere"):
    """Model files that other programs keep on this computer."""


class MoveModels(Command[None], frozen=True, tag="move-models"):
    """Move the model folder with everything in it, and use the new place."""

    folder: str
    """Absolute."""


class TrustModel(Command[Model], frozen=True, tag="trust-model"):
    """Use a file that is held back because nobody vouched for it or because it was changed."""

    model: str


HubCommand = (
    ListOffers
    | SearchHub
    | ListRepository
    | PullModel
    | PauseDownload
    | ResumeDownload
    | PreferDownload
    | CancelDownload
    | GiveHubToken
    | FindElsewhere
    | MoveModels
    | TrustModel
)
"""What concerns models that are not here yet."""

HUB_COMMANDS: tuple[type[Command[Any]], ...] = (
    ListOffers,
    SearchHub,
    ListRepository,
    PullModel,
    PauseDownload,
    ResumeDownload,
    PreferDownload,
    CancelDownload,
    GiveHubToken,
    FindElsewhere,
    MoveModels,
    TrustModel,
)
"""All of them."""
