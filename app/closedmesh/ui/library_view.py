"""What the Models page says. No Qt here: a status goes in, words and flags come out."""

from dataclasses import dataclass
from datetime import datetime

from closedmesh.status import Model, ModelState, Status
from closedmesh.ui.words_view import amount, short_hash, size


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
    """What removing it does, behind its title."""


@dataclass(frozen=True, slots=True)
class LibraryView:
    """The whole page."""

    headline: str
    cards: tuple[ModelCard, ...]


def library_view(status: Status) -> LibraryView:
    """The page of a peer."""
    total = sum(model.size_bytes for model in status.models)
    count = len(status.models)
    models = "1 model" if count == 1 else f"{count} models"
    headline = f"{models} on this computer, {size(total)} of disk" if count else _EMPTY
    if status.memory.total:
        free, all_of_it = size(status.memory.available), size(status.memory.total)
        headline = f"{headline} · {free} of {all_of_it} memory free"
    return LibraryView(headline, tuple(_card(model, status) for model in status.models))


_EMPTY = "There is no model on this computer"


def _card(model: Model, status: Status) -> ModelCard:
    return ModelCard(
        name=model.name,
        title=model.title,
        facts=_facts(model),
        state=_state(model),
        icon=_ICONS[model.state],
        hash=model.sha256,
        short_hash=short_hash(model.sha256),
        problem=model.problem or "",
        can_load=bool(model.sha256) and model.state in (ModelState.ON_DISK, ModelState.FAILED),
        can_free=model.state in (ModelState.LOADED, ModelState.LOADING),
        is_default=status.settings.chat.model in (model.name, model.sha256, model.path),
        can_trust=model.state is ModelState.HELD_BACK,
        can_remove=model.removable or model.referenced,
        removal=f"will be deleted from this computer, which frees {size(model.size_bytes)}."
        if model.removable
        else "will no longer be used; its file stays where it lies.",
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


def _facts(model: Model) -> str:
    if not model.sha256:
        return size(model.size_bytes)  # nothing else is known of a file that could not be read
    facts = (
        size(model.size_bytes),
        model.quantisation,
        f"{amount(model.parameters)} weights",
        f"trained for {model.context_trained:,} tokens of context",
        f"licence {model.licence}" if model.licence else "licence unknown",
        f"{model.parts} files" if model.parts > 1 else "",
        f"last used on {_day(model.last_used)}" if model.last_used else "",
    )
    return " · ".join(fact for fact in facts if fact)


def _day(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment).astimezone():%d %B %Y}"


def _state(model: Model) -> str:
    match model.state:
        case ModelState.ON_DISK:
            return "On disk; it is read into memory at its first question"
        case ModelState.LOADING:
            return "Being read into memory…"
        case ModelState.LOADED:
            return _loaded(model)
        case ModelState.FAILED:
            return "Could not be loaded"
        case ModelState.MISSING:
            return "The file is gone or was changed"
        case ModelState.HELD_BACK:
            return "Held back: it is not used until you say so"


def _loaded(model: Model) -> str:
    at_once = "one conversation" if model.slots == 1 else f"{model.slots} conversations"
    words = [
        f"In memory: {size(model.memory_bytes)}",
        f"{at_once} at a time, {model.context:,} tokens each",
    ]
    if model.busy:
        words.append(f"{model.busy} being answered")
    if model.queued:
        words.append(f"{model.queued} waiting")
    return " · ".join(words)
