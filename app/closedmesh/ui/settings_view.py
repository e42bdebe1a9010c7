"""What the Settings page shows, made from `settings.describe`. No Qt here."""

from dataclasses import dataclass

import msgspec

from closedmesh.settings import Effect, Setting, Settings, Value, describe
from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.setting_names_view import chosen, title
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
    effect: str
    """When a change holds, where that is not at once."""
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


def _effect(effect: Effect) -> str:
    match effect:
        case Effect.AT_ONCE | Effect.NEXT_CHAT:  # the page says it of all its chat settings
            return ""
        case Effect.NEXT_LOAD:
            return words.tr("Holds when a model is loaded next.")
        case Effect.NEXT_START:
            return words.tr("Holds from the next start on.")


def limits(editor: Editor) -> str:
    """The limits in words, where there are any worth saying."""
    match editor:
        case Whole(minimum, maximum) if maximum < WHOLE_MAXIMUM:
            return words.tr("{low} to {high}", low=str(minimum), high=str(maximum))
        case Decimal(minimum, maximum) if maximum < DECIMAL_MAXIMUM:
            low, high = words.figure(minimum), words.figure(maximum)
            return words.tr("{low} to {high}", low=low, high=high)
        case _:
            return ""


def _field(setting: Setting, status: Status) -> Field:
    table, _, name = setting.name.partition(".")
    return Field(
        name=setting.name,
        title=title(setting.name),
        sentence=words.said(setting.sentence),
        effect=_effect(setting.effect),
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
        return Choice(tuple((word, chosen(word)) for word in setting.choices))
    low, high = setting.minimum or 0, setting.maximum
    editors: dict[type, Editor] = {
        bool: Switch(),
        int: Whole(int(low), WHOLE_MAXIMUM if high is None else int(high)),
        float: Decimal(low, DECIMAL_MAXIMUM if high is None else high),
        str: Text(long=setting.name in _LONG),
    }
    return editors.get(setting.type, Lines())


def _models(status: Status) -> Choice:
    named = status.settings.chat.model
    options = tuple((model.name, model.title) for model in status.models)
    if named not in (name for name, _ in options):
        options = (*options, (named, words.tr("{model} (not on this computer)", model=named)))
    return Choice(options)


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
    held = words.plural(
        "{held} of {n} model in memory",
        "{held} of {n} models in memory",
        len(status.models),
        held=len(loaded(status.models)),
    )
    return AboutView(
        api=f"{status.api}/v1" if status.api else words.tr("closed", "of the API"),
        has_api=status.api is not None,
        home=status.home,
        peer=" · ".join(
            (
                words.tr("peer {peer}", peer=status.peer),
                words.tr("version {version}", version=status.version),
                words.tr("process {number}", number=str(status.process)),
                held,
            )
        ),
    )
