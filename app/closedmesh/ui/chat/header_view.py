"""What stands above and below the open chat: which models are offered, and who can read along.

A model of the mesh is named by its exact file: one of the same name with another content is
another line.
"""

from collections import Counter
from dataclasses import dataclass

from closedmesh.models.chat import ModelHash, Route
from closedmesh.models.conversations import ChatOptions
from closedmesh.status import ModelState, Status
from closedmesh.ui import words
from closedmesh.ui.words_view import line_of, short_hash

USABLE = (ModelState.ON_DISK, ModelState.LOADING, ModelState.LOADED)


@dataclass(frozen=True, slots=True)
class RouteWords:
    """One place that may answer, in words."""

    name: str
    icon: str
    tip: str
    readers: str
    """Who can read what is written; always to be seen while it is written."""
    welcome: str
    """The same, above an empty chat."""
    exposed: bool
    """Others may read it."""


def routes() -> dict[Route, RouteWords]:
    """Every place, in words."""
    return {
        Route.LOCAL: _local(),
        Route.MESH: _mesh(),
        Route.AUTO: _automatic(),
        Route.MESH_THEN_FALLBACK: _outside(),
    }


def _local() -> RouteWords:
    return RouteWords(
        words.tr("On this computer"),
        "lock",
        words.tr("This chat is answered here, and nothing of it leaves this computer."),
        words.tr("Answered on this computer: nothing you write leaves it."),
        words.tr("The answer is made on this computer; nothing you write leaves it."),
        exposed=False,
    )


def _mesh() -> RouteWords:
    return RouteWords(
        words.tr("Mesh"),
        "people",
        words.tr("This chat is answered by another member's computer, whose owner can read it."),
        words.tr("Answered by another member's computer: others can read this."),
        words.tr(
            "The answer is made on another member's computer, whose owner can read what you write."
        ),
        exposed=True,
    )


def _automatic() -> RouteWords:
    return RouteWords(
        words.tr("Automatic"),
        "mesh",
        words.tr(
            "Answered here if this computer has the model, else by another member's computer."
        ),
        words.tr(
            "Answered here if this computer has the model, else by the mesh: others can read this "
            "then."
        ),
        words.tr(
            "The answer is made here if this computer has the model, else on another member's "
            "computer, whose owner can read what you write."
        ),
        exposed=True,
    )


def _outside() -> RouteWords:
    return RouteWords(
        words.tr("Mesh, else outside"),
        "people",
        words.tr("This chat is answered by another member's computer, else by a provider outside."),
        words.tr(
            "Answered by another member's computer or a provider outside: others can read this."
        ),
        words.tr(
            "The answer is made on another member's computer or by a provider outside, who can "
            "read what you write."
        ),
        exposed=True,
    )


def no_model() -> str:
    """Said where nothing here could answer."""
    return words.tr("No model is on this computer. Open Models and import a GGUF file.")


def no_mesh() -> str:
    """Said where a chat is for the mesh and there is none."""
    return words.tr(
        "This computer is in no mesh. Choose another place above, or join one on the Mesh page."
    )


OFFERED = (Route.LOCAL, Route.MESH, Route.AUTO)
"""Places that a member may choose, in this order."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A line of the list of models."""

    words: str
    ref: str | None
    """`None` is the default model."""


@dataclass(frozen=True, slots=True)
class HeaderView:
    """Models and places of a chat."""

    models: tuple[ModelChoice, ...]
    chosen: int
    """Index of the one that answers."""
    route: Route
    routes: tuple[Route, ...]
    """What can be chosen; nothing where there is no choice."""


@dataclass(frozen=True, slots=True)
class ComposerView:
    """What is said where a message is written."""

    place: str
    usable: bool
    exposed: bool


def header_view(options: ChatOptions, status: Status) -> HeaderView:
    """The choices for a chat."""
    choices = _choices(options.route, status)
    refs = [choice.ref for choice in choices]
    if options.model is not None and options.model not in refs:
        missing = _missing(options.route)
        called = words.tr("{title} ({note})", title=line_of(options.model), note=missing)
        choices = (*choices, ModelChoice(called, options.model))
        refs.append(options.model)
    choosable = status.mesh is not None or options.route is not Route.LOCAL
    return HeaderView(
        models=choices,
        chosen=refs.index(options.model),
        route=options.route,
        routes=OFFERED if choosable else (),
    )


def composer_view(options: ChatOptions, status: Status | None) -> ComposerView:
    """Whether a message can go, and who will read it."""
    place = routes()[options.route]
    if status is None:
        return ComposerView(place.readers, usable=False, exposed=place.exposed)
    here = any(model.state in USABLE for model in status.models)
    if options.route is Route.LOCAL and not here:
        return ComposerView(no_model(), usable=False, exposed=False)
    if options.route is not Route.LOCAL and status.mesh is None:
        if options.route is Route.AUTO and here:
            return ComposerView(routes()[Route.LOCAL].readers, usable=True, exposed=False)
        return ComposerView(no_mesh(), usable=False, exposed=place.exposed)
    return ComposerView(place.readers, usable=True, exposed=place.exposed)


def titles_of(status: Status | None) -> dict[str, str]:
    """The titles of models by their names, as far as this computer knows them."""
    return {model.name: model.title for model in status.models} if status else {}


def _choices(route: Route, status: Status) -> tuple[ModelChoice, ...]:
    here = [model for model in status.models if model.state in USABLE]
    local = [ModelChoice(line_of(model.title), model.name) for model in here]
    offered = [] if route in (Route.MESH, Route.MESH_THEN_FALLBACK) else local
    if route is not Route.LOCAL:
        held = frozenset(model.sha256 for model in here) if offered else frozenset()
        offered = [*offered, *_of_the_mesh(status, held)]
    return (_default(route, status, offered), *offered)


def _of_the_mesh(status: Status, without: frozenset[ModelHash]) -> list[ModelChoice]:
    """Every model that others share, with how many do."""
    shared = [
        (offer.sha256, offer.name)
        for peer in status.peers
        if not peer.this_computer
        for offer in peer.offers
        if offer.sha256 not in without
    ]
    peers = Counter(sha256 for sha256, _ in shared)
    names = dict(shared)
    same = Counter(names.values())
    titles = {model.sha256: model.title for model in status.models}
    return [
        _mesh_choice(names[sha256], sha256, titles.get(sha256), count, alone=same[name] == 1)
        for sha256, count in peers.items()
        for name in (names[sha256],)
    ]


def _mesh_choice(
    name: str, sha256: ModelHash, title: str | None, count: int, *, alone: bool
) -> ModelChoice:
    called = line_of(title or name)
    if not alone:
        called = words.tr("{title} ({note})", title=called, note=short_hash(sha256))
    shared = words.plural("{n} peer", "{n} peers", count)
    return ModelChoice(f"{called} · {shared}", name if alone else sha256)


def _default(route: Route, status: Status, offered: list[ModelChoice]) -> ModelChoice:
    name = status.settings.chat.model
    title = next((model.title for model in status.models if model.name == name), name)
    called = words.tr("Default: {title}", title=line_of(title))
    if name not in [choice.ref for choice in offered]:
        called = words.tr("{title} ({note})", title=called, note=_missing(route))
    return ModelChoice(called, None)


def _missing(route: Route) -> str:
    return (
        words.tr("not on this computer")
        if route is Route.LOCAL
        else words.tr("nobody shares it now")
    )
