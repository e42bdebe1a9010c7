"""Every word that a person sees in the window goes through here.

    words.tr("Copy the address")
    words.tr("Shared by {name}", name=peer.name)
    words.plural("{n} question", "{n} questions", count)
    words.said(error.title)

The source says it in English, with `{names}` for values. `tr` and `plural` are calls that Qt's
`lupdate` collects into `resources/words/*.ts`, so their texts are literal; `said` is for sentences
that were made behind the window. Numbers, dates and times are written as the place of the person
has them. The language is chosen once for the process, by `choose`, as with Qt's own translators.
"""

import re
from datetime import datetime
from functools import lru_cache

from PySide6.QtCore import QDate, QDateTime, QLocale, QTime

from closedmesh.errors import ClosedMeshError
from closedmesh.ui.catalogue import Catalogue

SOURCE = QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom)
"""How numbers and times are written before a language was chosen."""

KILO = 1000
"""Sizes are decimal, as on the box of a disk and in file managers."""

MAX_RECOGNISED = 2000
"""Characters of a sentence made elsewhere; longer ones are shown as they came."""

_AMOUNT = re.compile(r"(-?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.(\d+))?)( ?[%°A-Za-z/]{1,5})?")
"""A number as this program writes it in English, with its unit or without."""


class _Chosen:
    """What holds for the process."""

    catalogue = Catalogue()
    locale = SOURCE


def choose(catalogue: Catalogue, locale: QLocale) -> None:
    """Speak another language from now on; what is shown already stays as it is."""
    _Chosen.catalogue, _Chosen.locale = catalogue, locale
    said.cache_clear()


def tr(text: str, meaning: str = "", /, **values: str | int) -> str:
    """Words in the chosen language. `meaning` tells two uses of the same words apart."""
    return _Chosen.catalogue.say(text, meaning).format_map(_written(values))


def plural(one: str, many: str, n: int, /, **values: str | int) -> str:
    """Words about `n` things, `{n}` in the text, in the form that the number takes."""
    return _Chosen.catalogue.count(one, many, n).format_map(_written({"n": n, **values}))


@lru_cache(512)
def said(text: str) -> str:
    """A sentence that was made behind the window, in the chosen language where it is known."""
    if len(text) > MAX_RECOGNISED or not _Chosen.catalogue.core:
        return text
    if (found := _Chosen.catalogue.recognise(text)) is not None:
        translation, values = found
        return translation.format_map({name: _value(value) for name, value in values.items()})
    parts = re.split(r"(?<=[.?!]) +", text)
    return " ".join(said(part) for part in parts) if len(parts) > 1 else text


def explained(error: ClosedMeshError) -> str:
    """What happened, and one thing to do."""
    return f"{said(error.title)} {said(error.advice)}".strip()


def number(value: float, decimals: int = 0) -> str:
    """`1,200`, `3.5`."""
    return _Chosen.locale.toString(float(value), "f", decimals)


def figure(value: float) -> str:
    """A number with as many decimals as it needs, two at most."""
    rounded = round(value, 2)
    decimals = 0 if rounded == int(rounded) else 1 if round(rounded, 1) == rounded else 2
    return number(rounded, decimals)


def percent(value: float) -> str:
    """`80 %`, of percent."""
    return tr("{number} %", number=number(value))


def size(count: int) -> str:
    """Bytes: `98 MB`, `1.2 GB`."""
    if count >= KILO**3:
        return tr("{number} GB", number=number(count / KILO**3, 1))
    if count >= KILO**2:
        return tr("{number} MB", number=number(count / KILO**2))
    return tr("{number} kB", number=number(count / KILO))


def clock(moment: float) -> str:
    """Unix time as `14:10`."""
    return _Chosen.locale.toString(_local(moment).time(), QLocale.FormatType.ShortFormat)


def hour(of_the_day: int) -> str:
    """`8` as `08:00`."""
    return _Chosen.locale.toString(QTime(of_the_day, 0), QLocale.FormatType.ShortFormat)


def weekday(moment: float) -> str:
    """Unix time as `Mon 14:10`."""
    day = _Chosen.locale.standaloneDayName(
        _local(moment).date().dayOfWeek(), QLocale.FormatType.ShortFormat
    )
    return tr("{day} {time}", day=day, time=clock(moment))


def day(moment: float) -> str:
    """Unix time as a date, `3 May 2026`."""
    return date(datetime.fromtimestamp(moment).astimezone().date().isoformat())


def date(iso: str) -> str:
    """`2026-05-03` as people write it."""
    found = QDate.fromString(iso, "yyyy-MM-dd")
    return _Chosen.locale.toString(found, _long_date()) if found.isValid() else iso


def moment(when: float) -> str:
    """Unix time as a date and a time."""
    return tr("{day}, {time}", day=day(when), time=clock(when))


def _long_date() -> str:
    """The date with the name of its month and without the weekday."""
    form = _Chosen.locale.dateFormat(QLocale.FormatType.LongFormat)
    return re.sub(r"d{3,4}[,.،]? ?|,? ?d{3,4}$", "", form).strip()


def _local(moment: float) -> QDateTime:
    return QDateTime.fromMSecsSinceEpoch(round(moment * 1000))


def _written(values: dict[str, str | int]) -> dict[str, str]:
    return {name: v if isinstance(v, str) else number(v) for name, v in values.items()}


def _value(text: str) -> str:
    """A value of a sentence: an amount, or another sentence, or what is called so."""
    found = _AMOUNT.fullmatch(text)
    if found is None:
        return said(text)
    if found[1].isdigit():  # it may as well be the number of a port or a process
        return text
    return number(float(found[1].replace(",", "")), len(found[2] or "")) + (found[3] or "")
