"""What the tray icon and its menu say. No Qt here: a status goes in, words and flags come out."""

from dataclasses import dataclass, replace
from typing import Any

from closedmesh.models.chat import ModelHash
from closedmesh.models.duty import Action, Reason
from closedmesh.models.energy import Kind
from closedmesh.status import Health, Model, ModelState, Severity, State, Status
from closedmesh.ui.words_view import loaded, size

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
    share: str = "Share this computer (join a mesh first)"
    can_share: bool = False
    shared: bool = False
    """The switch, not whether a rule holds sharing back at the moment."""
    can_pause: bool = False
    can_resume: bool = False
    can_share_anyway: bool = False
    can_invite: bool = False
    """This computer is an entry of its mesh; nobody else makes invites."""
    quit: str = "Quit"


def tray_view(status: Status | None) -> TrayView:
    """The view of a peer, or of none while the program starts or after it was lost."""
    if status is None:
        return OFFLINE
    held = loaded(status.models)
    words = state_words(status)
    return TrayView(
        icon=f"tray-{status.state.value}",
        tooltip=f"ClosedMesh: {words}",
        state=words,
        model=f"Model: {_chosen_title(status)}",
        models=_choices(status),
        free_memory=_free_memory(held),
        loaded=tuple(model.sha256 for model in held),
        ready=True,
        api=status.api,
        today=_today(status),
        can_invite=status.mesh is not None and status.mesh.scope == "entry",
        **_sharing(status),
    )


def _sharing(status: Status) -> dict[str, Any]:
    if status.mesh is None:
        return {}
    if status.mesh.scope == "chat":
        return {"share": "Share this computer (your invite is for chats only)"}
    on, reason = status.settings.sharing.share, status.sharing.reason
    return {
        "share": "Share this computer",
        "can_share": True,
        "shared": on,
        "can_pause": on and reason is not Reason.PAUSED,
        "can_resume": reason is Reason.PAUSED,
        "can_share_anyway": status.sharing.action is Action.SHARE_ANYWAY,
        "quit": "Quit (stops sharing)" if on else "Quit",
    }


def _today(status: Status) -> str:
    energy = status.energy
    if energy.today_wh <= 0:
        return ""
    about = "" if energy.kind is Kind.MEASURED else "≈ "
    words = f"Today {about}{energy.today_wh / 1000:.2f} kWh"
    if energy.today_cost > 0:
        words += f" · ≈ {status.settings.energy.currency}{energy.today_cost:.2f}"
    return words


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
            return f"Serving {count} request{'s' if count != 1 else ''}{_watts(status)}"
        case State.SHARING:
            return f"Sharing, idle{_watts(status)}"
        case State.PAUSED | State.HELD:
            return _short(f"Not sharing now: {status.sharing.text}")
        case State.NOT_SHARING:
            return "Ready · not sharing"
        case State.OFFLINE:
            return "Not running"


def _worst(health: tuple[Health, ...]) -> str:
    errors = [item.title for item in health if item.severity is Severity.ERROR]
    return errors[0] if errors else "Something needs your attention"


def _loading(models: tuple[Model, ...]) -> str:
    for model in models:
        if model.state is ModelState.LOADING:
            return _short(f"Loading {model.title}…")
    return "Starting…"


def _answering(count: int) -> str:
    return "Answering your question" if count <= 1 else f"Answering {count} of your questions"


def _watts(status: Status) -> str:
    energy = status.energy
    if energy.watts is None:
        return ""
    return f" · {'' if energy.kind is Kind.MEASURED else '≈ '}{energy.watts:.0f} W"


def _chosen_title(status: Status) -> str:
    for model in status.models:
        if _is_chosen(model, status):
            return _short(model.title)
    return "none"


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
        return "Free the memory now (nothing is loaded)"
    return f"Free the memory now ({size(sum(model.memory_bytes for model in held))})"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MAX_WORDS else f"{line[: MAX_WORDS - 1]}…"


OFFLINE = TrayView(
    icon="tray-offline",
    tooltip="ClosedMesh: not running",
    state="Not running",
    model="Model: none",
    models=(),
    free_memory=_free_memory(()),
    loaded=(),
    ready=False,
    api=None,
)
"""No peer runs."""

STARTING = replace(OFFLINE, icon="tray-loading", tooltip="ClosedMesh: starting…", state="Starting…")
"""The program was started a moment ago."""
