"""Figures as a person reads them, shared by the tray and all pages."""

from closedmesh.models.chat import CheckState
from closedmesh.models.energy import Kind
from closedmesh.status import Model, ModelState
from closedmesh.ui import words
from closedmesh.ui.chat.markdown_view import plain

SHORT_HASH = 12
"""Digits of a SHA-256 that are enough to tell two files apart by eye."""

KILO_WATT_FROM = 100.0
"""Watt hours from which on they are told as kWh."""

WHOLE_FROM = 100_000
"""Thousandths of a credit from which on parts of a credit say nothing."""

MAX_WORDS = 48
"""Characters of what a stranger wrote, in one line."""


def check_words(check: CheckState) -> str:
    """What verification says of the model of a peer; never a guarantee."""
    match check:
        case CheckState.MATCH:
            return words.tr("model checked")
        case CheckState.MISMATCH:
            return words.tr("not the model it claims to be")
        case CheckState.INCONCLUSIVE:
            return words.tr("check undecided")
        case CheckState.UNCHECKED:
            return words.tr("not checked")


def found_words(found: str) -> str:
    """What checks found more closely: a word of `trust.verdicts`."""
    known = {
        "drift": words.tr("a little off"),
        "wrong-quantisation": words.tr("another quantisation"),
        "wrong-model": words.tr("another model"),
        "canned": words.tr("a text that no model wrote for this question"),
        "unresponsive": words.tr("it does not answer, or shows nothing of its answers"),
    }
    return known.get(found, "")


def amount(count: int) -> str:
    """Numbers of weights: `135 million`, `7.2 billion`."""
    if count >= 10**9:
        return words.tr("{number} billion", number=words.number(count / 10**9, 1))
    return words.tr("{number} million", number=round(count / 10**6))


def about(amount: str, kind: Kind) -> str:
    """An amount, marked where it was not measured."""
    return amount if kind is Kind.MEASURED else f"≈ {amount}"


def watts(value: float, kind: Kind) -> str:
    """Power: `87 W`, `≈ 87 W`."""
    return about(words.tr("{number} W", number=words.number(value)), kind)


def energy_words(watt_hours: float) -> str:
    """Energy: `12.3 Wh`, `0.31 kWh`."""
    if watt_hours >= KILO_WATT_FROM:
        return words.tr("{number} kWh", number=words.number(watt_hours / 1000, 2))
    decimals = 3 if 0 < watt_hours < 1 else 1
    return words.tr("{number} Wh", number=words.number(watt_hours, decimals))


def credits_words(thousandths: int) -> str:
    """Credits: `412 credits`, `1.5 credits`, `0.015 credits`."""
    value = thousandths / 1000
    if abs(thousandths) >= WHOLE_FROM or thousandths % 1000 == 0:
        return words.plural("{n} credit", "{n} credits", round(value))
    number = words.figure(value) if abs(value) >= 1 else words.number(value, 3)
    return words.tr("{number} credits", number=number)


def money(amount: float, currency: str) -> str:
    """What energy costs, in the currency of the settings."""
    number = words.number(amount, 2)
    return words.tr("{currency}{number}", currency=currency, number=number)


def short_hash(digits: str) -> str:
    """The first digits of a SHA-256."""
    return digits[:SHORT_HASH]


def loaded(models: tuple[Model, ...]) -> tuple[Model, ...]:
    """The models that hold memory."""
    return tuple(model for model in models if model.state is ModelState.LOADED)


def line_of(text: str) -> str:
    """What a stranger wrote, as one short line in which nothing hides."""
    line = " ".join(plain(text[: 4 * MAX_WORDS]).split())
    return line if len(line) <= MAX_WORDS else f"{line[: MAX_WORDS - 1]}…"
