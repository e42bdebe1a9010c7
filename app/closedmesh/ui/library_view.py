"""What the Models page says. No Qt here: a status goes in, words and flags come out."""

from dataclasses import dataclass

from closedmesh.status import Model, ModelState, Status
from closedmesh.ui import words
from closedmesh.ui.words_view import amount, short_hash


@dataclass(frozen=True, slots=True)
class ModelCard:
    """One model."""

    name: str
    title: str
    facts: str
    state: str
    icon: str
    hash: str
    """The whole SHA-256, for a tooltip and for copying."""
    short_hash: str
    problem: str
    can_load: bool
    can_free: bool
    is_default: bool
    can_trust: bool
    can_remove: bool
    removal: str
    """What removing it does."""


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The whole page."""

    headline: str
    cards: tuple[ModelCard, ...]


def library_view(status: Status) -> LibraryView:
    """The page of a peer."""
    total = sum(model.size_bytes for model in status.models)
    count = len(status.models)
    headline = (
        words.plural(
            "{n} model on this computer, {size} of disk",
            "{n} models on this computer, {size} of disk",
            count,
            size=words.size(total),
        )
        if count
        else words.tr("There is no model on this computer")
    )
    if status.memory.total:
        memory = words.tr(
            "{free} of {total} memory free",
            free=words.size(status.memory.available),
            total=words.size(status.memory.total),
        )
        headline = f"{headline} · {memory}"
    return LibraryView(headline, tuple(_card(model, status) for model in status.models))


def _card(model: Model, status: Status) -> ModelCard:
    return ModelCard(
        name=model.name,
        title=model.title,
        facts=_facts(model),
        state=_state(model),
        icon=_ICONS[model.state],
        hash=model.sha256,
        short_hash=short_hash(model.sha256),
        problem=words.said(model.problem or ""),
        can_load=bool(model.sha256) and model.state in (ModelState.ON_DISK, ModelState.FAILED),
        can_free=model.state in (ModelState.LOADED, ModelState.LOADING),
        is_default=status.settings.chat.model in (model.name, model.sha256, model.path),
        can_trust=model.state is ModelState.HELD_BACK,
        can_remove=model.removable or model.referenced,
        removal=_removal(model),
    )


_ICONS = {
    ModelState.ON_DISK: "folder",
    ModelState.LOADING: "regenerate",
    ModelState.LOADED: "memory",
    ModelState.FAILED: "error",
    ModelState.MISSING: "warning",
    ModelState.HELD_BACK: "lock",
}
"""A shape for each state, so that it can be told without colours."""


def _removal(model: Model) -> str:
    if model.removable:
        return words.tr(
            "{title} will be deleted from this computer, which frees {size}.",
            title=model.title,
            size=words.size(model.size_bytes),
        )
    return words.tr(
        "{title} will no longer be used; its file stays where it lies.", title=model.title
    )


def _facts(model: Model) -> str:
    if not model.sha256:
        return words.size(
            model.size_bytes
        )  # nothing else is known of a file that could not be read
    facts = (
        words.size(model.size_bytes),
        model.quantisation,
        words.tr("{number} weights", number=amount(model.parameters)),
        words.tr("trained for {number} tokens of context", number=model.context_trained),
        words.tr("licence {licence}", licence=model.licence)
        if model.licence
        else words.tr("licence unknown"),
        words.plural("{n} file", "{n} files", model.parts) if model.parts > 1 else "",
        words.tr("last used on {day}", day=words.day(model.last_used)) if model.last_used else "",
    )
    return " · ".join(fact for fact in facts if fact)


def _state(model: Model) -> str:
    match model.state:
        case ModelState.ON_DISK:
            return words.tr("On disk; it is read into memory at its first question")
        case ModelState.LOADING:
            return words.tr("Being read into memory…")
        case ModelState.LOADED:
            return _loaded(model)
        case ModelState.FAILED:
            return words.tr("Could not be loaded")
        case ModelState.MISSING:
            return words.tr("The file is gone or was changed")
        case ModelState.HELD_BACK:
            return words.tr("Held back: it is not used until you say so")


def _loaded(model: Model) -> str:
    parts = [
        words.tr("In memory: {size}", size=words.size(model.memory_bytes)),
        words.plural(
            "one conversation at a time, {context} tokens each",
            "{n} conversations at a time, {context} tokens each",
            model.slots,
            context=model.context,
        ),
    ]
    if model.busy:
        parts.append(words.tr("{number} being answered", number=model.busy))
    if model.queued:
        parts.append(words.tr("{number} waiting", number=model.queued))
    return " · ".join(parts)
