"""What the Settings page shows, made from `settings.describe`. No Qt here."""

from dataclasses import dataclass

import msgspec

from closedmesh.settings import Setting, Settings, Value, describe
from closedmesh.status import Status
from closedmesh.ui.words_view import loaded

WHOLE_MAXIMUM = 2**31 - 1
"""Largest whole number a field takes; what an ordinary spin box can hold."""

DECIMAL_MAXIMUM = 1_000_000.0
"""Largest number a field takes where a setting has no limit of its own."""


@dataclass(frozen=True, slots=True)
class Switch:
    """Yes or no."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One of some words: `(value, what a person reads)`."""

    options: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole number."""

    minimum: int
    maximum: int


@dataclass(frozen=True, slots=True)
class Decimal:
    """A number."""

    minimum: float
    maximum: float


@dataclass(frozen=True, slots=True)
class Text:
    """Words; `long` may have several lines."""

    long: bool


@dataclass(frozen=True, slots=True)
class Lines:
    """A list of words, one a line."""


Editor = Switch | Choice | Whole | Decimal | Text | Lines


@dataclass(frozen=True, slots=True)
class Field:
    """One setting."""

    name: str
    title: str
    sentence: str
    editor: Editor
    value: Value
    default: Value

    @property
    def is_changed(self) -> bool:
        """Whether it differs from its default."""
        return self.value != self.default


def settings_view(status: Status) -> dict[str, tuple[Field, ...]]:
    """Every setting with its value, by page."""
    pages: dict[str, tuple[Field, ...]] = {}
    for setting in describe():
        pages[setting.page] = (*pages.get(setting.page, ()), _field(setting, status))
    return pages


def limits(editor: Editor) -> str:
    """The limits in words, where there are any worth saying."""
    match editor:
        case Whole(minimum, maximum) if maximum < WHOLE_MAXIMUM:
            return f"{minimum} to {maximum}"
        case Decimal(minimum, maximum) if maximum < DECIMAL_MAXIMUM:
            return f"{minimum:g} to {maximum:g}"
        case _:
            return ""


def _field(setting: Setting, status: Status) -> Field:
    table, _, name = setting.name.partition(".")
    return Field(
        name=setting.name,
        title=_TITLES.get(setting.name, name.replace("_", " ").capitalize()),
        sentence=setting.sentence,
        editor=_editor(setting, status),
        value=_value(status.settings, table, name),
        default=_plain(setting.default),
    )


def _value(settings: Settings, table: str, name: str) -> Value:
    return _plain(getattr(getattr(settings, table), name))


def _plain(value: object) -> Value:
    """As it stands in the settings file."""
    if isinstance(value, tuple):
        return [str(entry) for entry in value]
    plain: Value = msgspec.to_builtins(value)
    return plain


def _editor(setting: Setting, status: Status) -> Editor:
    if setting.name == "chat.model":
        return _models(status)
    if setting.choices:
        return Choice(tuple((word, _words(word)) for word in setting.choices))
    low, high = setting.minimum or 0, setting.maximum
    editors: dict[type, Editor] = {
        bool: Switch(),
        int: Whole(int(low), WHOLE_MAXIMUM if high is None else int(high)),
        float: Decimal(low, DECIMAL_MAXIMUM if high is None else high),
        str: Text(long=setting.name in _LONG),
    }
    return editors.get(setting.type, Lines())


def _models(status: Status) -> Choice:
    chosen = status.settings.chat.model
    options = tuple((model.name, model.title) for model in status.models)
    if chosen not in (name for name, _ in options):
        options = (*options, (chosen, f"{chosen} (not on this computer)"))
    return Choice(options)


def _words(word: str) -> str:
    return word.replace("-", " ").capitalize()


_TITLES = {
    "chat.model": "Model",
    "chat.max_tokens": "Longest answer",
    "chat.overflow": "When a chat is too long",
    "chat.top_k": "Top-k",
    "chat.top_p": "Top-p",
    "chat.min_p": "Min-p",
    "engine.threads": "Processor threads",
    "engine.slots": "Conversations at a time",
    "engine.guess": "Guess ahead",
    "engine.conversations_mb": "Memory for earlier conversations (MiB)",
    "engine.keep_conversations": "Keep earlier conversations on disk",
    "engine.unload_after_minutes": "Free memory after (minutes)",
    "engine.keep_free_mb": "Keep free (MiB)",
    "engine.low_priority": "Other programs go first",
    "engine.cache_type": "Memory of conversations",
    "engine.gpu_layers": "Layers on the graphics card",
    "engine.give_way": "Give way to other programs",
    "engine.measure": "Measure speed while idle",
    "engine.queue": "Longest queue",
    "models.folder": "Model folder",
    "models.cap_gb": "Model files together (GB)",
    "models.download_limit": "Download speed (MB/s)",
    "models.from_members": "Fetch from members too",
    "network.proxy_address": "Address of the proxy",
    "sharing.share": "Share this computer",
    "sharing.models": "Models for others",
    "sharing.idle_minutes": "Only after (minutes without you)",
    "sharing.battery_floor": "Charge to keep (%)",
    "sharing.on_metered": "On networks that cost by the byte",
    "sharing.full_screen": "During full-screen programs",
    "sharing.hours": "Hours and days",
    "sharing.heat_limit": "Not above (°C)",
    "sharing.requests": "Questions of others at a time",
    "sharing.upload_gb_a_month": "Sent in a month (GB)",
    "sharing.files_limit": "Model files to members (MB/s)",
    "sharing.keep_disk_free_gb": "Keep free on the disk (GB)",
    "sharing.leaving": "Answers in progress when sharing stops",
    "sharing.stay_awake": "Stay awake while answering others",
    "mesh.port": "Port for other peers",
    "mesh.nearby": "Find members nearby",
    "mesh.enforce": "Act on verdicts (entry)",
    "energy.price": "Price of a kWh",
    "energy.night_price": "Price of a kWh at night",
    "public.enabled": "Let anybody ask",
    "public.per_minute": "Questions a minute from one address",
    "public.total_per_minute": "Questions a minute from all",
    "public.at_once": "Questions at a time",
    "public.max_tokens": "Longest answer (tokens)",
    "api.port": "Port of the local API",
    "window.close_to_tray": "Close to the tray",
}
"""Where the name of a setting is not what a person would call it."""

_LONG = {"chat.system_prompt"}
"""Settings of several lines."""


@dataclass(frozen=True, slots=True)
class AboutView:
    """Facts of this peer that are not settings."""

    api: str
    has_api: bool
    home: str
    peer: str


def about_view(status: Status) -> AboutView:
    """The facts of a peer."""
    held = len(loaded(status.models))
    models = f"{held} of {len(status.models)} models in memory"
    return AboutView(
        api=f"{status.api}/v1" if status.api else "closed",
        has_api=status.api is not None,
        home=status.home,
        peer=f"peer {status.peer} · version {status.version} · process {status.process} · {models}",
    )
