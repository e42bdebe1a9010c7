"""What the tray icon and its menu say. No Qt here: a status goes in, words and flags come out."""

import os
from dataclasses import dataclass, replace
from typing import Any

from closedmesh.models.chat import ModelHash
from closedmesh.models.duty import Action, Reason
from closedmesh.models.releases import UpdateState
from closedmesh.status import Health, Model, ModelState, Severity, State, Status
from closedmesh.ui import words
from closedmesh.ui.activity_view import today_words
from closedmesh.ui.words_view import loaded, watts

MAX_MODELS = 12
"""Models in the menu; a longer list is for the window, not for a menu."""

MAX_WORDS = 60
"""Characters of one entry, so that a title from a model file cannot fill the screen."""


@dataclass(frozen=True, slots=True)
class ModelChoice:
    """A line of the radio list."""

    name: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class TrayView:
    """Everything about the tray that can change."""

    icon: str
    tooltip: str
    state: str
    model: str
    models: tuple[ModelChoice, ...]
    free_memory: str
    loaded: tuple[ModelHash, ...]
    """What "free the memory" gives back; the hashes of the models."""
    ready: bool
    """Whether a peer runs that can be asked for something."""
    api: str | None
    today: str = ""
    """What today brought and took; empty while there is nothing to tell."""
    share: str = ""
    can_share: bool = False
    shared: bool = False
    """The switch, not whether a rule holds sharing back at the moment."""
    can_pause: bool = False
    can_resume: bool = False
    can_share_anyway: bool = False
    can_invite: bool = False
    """This computer is an entry of its mesh; nobody else makes invites."""
    restart: str = ""
    """Offers the new version that is ready; empty while there is none."""
    can_restart: bool = False
    """Nothing is being answered that a restart would interrupt."""
    quit: str = ""


def tray_view(status: Status | None) -> TrayView:
    """The view of a peer, or of none while the program starts or after it was lost."""
    if status is None:
        return offline()
    held = loaded(status.models)
    state = state_words(status)
    return TrayView(
        icon=f"tray-{status.state.value}",
        tooltip=words.tr("ClosedMesh: {state}", state=state),
        state=state,
        model=words.tr("Model: {title}", title=_chosen_title(status)),
        models=_choices(status),
        free_memory=_free_memory(held),
        loaded=tuple(model.sha256 for model in held),
        ready=True,
        api=status.api,
        today=today_words(status),
        can_invite=status.mesh is not None and status.mesh.scope == "entry",
        restart=_restart(status),
        can_restart=status.answering == 0 and status.sharing.serving == 0,
        **_sharing(status),
    )


def _restart(status: Status) -> str:
    """Only where the peer runs in this process: a service starts the new version by itself."""
    update = status.update
    if update.state is not UpdateState.READY or status.process != os.getpid():
        return ""
    return words.tr("Restart to update to {version}", version=update.version)


def _sharing(status: Status) -> dict[str, Any]:
    if status.mesh is None:
        return {"share": _join_first(), "quit": words.tr("Quit")}
    if status.mesh.scope == "chat":
        share = words.tr("Share this computer (your invite is for chats only)")
        return {"share": share, "quit": words.tr("Quit")}
    on, reason = status.settings.sharing.share, status.sharing.reason
    return {
        "share": words.tr("Share this computer"),
        "can_share": True,
        "shared": on,
        "can_pause": on and reason is not Reason.PAUSED,
        "can_resume": reason is Reason.PAUSED,
        "can_share_anyway": status.sharing.action is Action.SHARE_ANYWAY,
        "quit": words.tr("Quit (stops sharing)") if on else words.tr("Quit"),
    }


def state_words(status: Status) -> str:
    """The state in one line."""
    match status.state:
        case State.ATTENTION:
            return _short(_worst(status.health))
        case State.LOADING:
            return _loading(status.models)
        case State.ANSWERING:
            return _answering(status.answering)
        case State.SERVING:
            count = status.sharing.serving
            serving = words.plural("Serving {n} request", "Serving {n} requests", count)
            return _with_watts(serving, status)
        case State.SHARING:
            return _with_watts(words.tr("Sharing, idle"), status)
        case State.PAUSED | State.HELD:
            return _short(
                words.tr("Not sharing now: {reason}", reason=words.said(status.sharing.text))
            )
        case State.NOT_SHARING:
            return words.tr("Ready · not sharing")
        case State.OFFLINE:
            return words.tr("Not running")


def rail_words(status: Status) -> str:
    """The state in a few words, where the window has its reason in another place."""
    match status.state:
        case State.ATTENTION:
            return words.tr("Something needs your attention")
        case State.PAUSED | State.HELD:
            return words.tr("Not sharing now")
        case _:
            return state_words(status)


def _worst(health: tuple[Health, ...]) -> str:
    errors = [words.said(item.title) for item in health if item.severity is Severity.ERROR]
    return errors[0] if errors else words.tr("Something needs your attention")


def _loading(models: tuple[Model, ...]) -> str:
    for model in models:
        if model.state is ModelState.LOADING:
            return _short(words.tr("Loading {title}…", title=model.title))
    return words.tr("Starting…")


def _answering(count: int) -> str:
    return words.plural("Answering your question", "Answering {n} of your questions", max(1, count))


def _with_watts(text: str, status: Status) -> str:
    energy = status.energy
    return text if energy.watts is None else f"{text} · {watts(energy.watts, energy.kind)}"


def _chosen_title(status: Status) -> str:
    for model in status.models:
        if _is_chosen(model, status):
            return _short(model.title)
    return words.tr("none", "of models")


def _choices(status: Status) -> tuple[ModelChoice, ...]:
    usable = [m for m in status.models if m.state is not ModelState.MISSING]
    return tuple(
        ModelChoice(m.name, _short(m.title), chosen=_is_chosen(m, status))
        for m in usable[:MAX_MODELS]
    )


def _is_chosen(model: Model, status: Status) -> bool:
    return status.settings.chat.model in (model.name, model.sha256, model.path)


def _free_memory(held: tuple[Model, ...]) -> str:
    if not held:
        return words.tr("Free the memory now (nothing is loaded)")
    return words.tr(
        "Free the memory now ({size})", size=words.size(sum(model.memory_bytes for model in held))
    )


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_WORDS else f"{line[: MAX_WORDS - 1]}…"


def _join_first() -> str:
    return words.tr("Share this computer (join a mesh first)")


def offline() -> TrayView:
    """No peer runs."""
    return TrayView(
        icon="tray-offline",
        tooltip=words.tr("ClosedMesh: not running"),
        state=words.tr("Not running"),
        model=words.tr("Model: none"),
        models=(),
        free_memory=_free_memory(()),
        loaded=(),
        ready=False,
        api=None,
        share=_join_first(),
        quit=words.tr("Quit"),
    )


def starting() -> TrayView:
    """The program was started a moment ago."""
    return replace(
        offline(),
        icon="tray-loading",
        tooltip=words.tr("ClosedMesh: starting…"),
        state=words.tr("Starting…"),
    )
