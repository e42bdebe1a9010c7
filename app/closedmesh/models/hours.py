"""Times of the week, as people write them: `mon-fri 22:00-07:00`, `sat,sun`, `18:00-24:00`.

`Hours.parse` and `str` are inverses. A span that ends before it begins goes on past midnight and
belongs to the day on which it began.
"""

import re
from typing import NewType

from msgspec import Struct

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

MINUTES = 24 * 60
"""Minutes of a day."""

MAX_LENGTH = 100
"""Characters of one such text."""

Minute = NewType("Minute", int)
"""Minutes since midnight, 0 to 1,440."""

_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*-\s*(\d{1,2}):(\d{2})")


class Moment(Struct, frozen=True):
    """A time of the week on this computer's own clock."""

    weekday: int
    """0 is Monday."""
    minute: Minute


class Hours(Struct, frozen=True):
    """The same span on some days of the week."""

    days: frozenset[int]
    start: Minute
    end: Minute
    """Not included; may be smaller than `start`, then on the next day."""

    @classmethod
    def parse(cls, text: str) -> "Hours":
        """Read what a person wrote. Raises `ValueError` that says what is wrong."""
        words = text.strip().lower()
        if len(words) > MAX_LENGTH:
            raise ValueError(f"more than {MAX_LENGTH} characters")
        found = _SPAN.search(words)
        if found is None:
            start, end, named = Minute(0), Minute(MINUTES), words
        else:
            start, end = _minute(found[1], found[2]), _minute(found[3], found[4])
            named = words[: found.start()].strip()
            if words[found.end() :].strip():
                raise ValueError(f"{words[found.end() :].strip()!r} stands after the times")
        if start == end:
            raise ValueError("the span has no length")
        return cls(_days(named), start, end)

    def __str__(self) -> str:
        days = ",".join(DAYS[day] for day in sorted(self.days))
        return f"{days} {_clock(self.start)}-{_clock(self.end)}"

    def include(self, moment: Moment) -> bool:
        """Whether a time of the week lies in the span."""
        yesterday = (moment.weekday - 1) % 7
        if self.start < self.end:
            return moment.weekday in self.days and self.start <= moment.minute < self.end
        return (moment.weekday in self.days and moment.minute >= self.start) or (
            yesterday in self.days and moment.minute < self.end
        )


def next_change(spans: tuple[Hours, ...], moment: Moment) -> int | None:
    """Minutes until some span begins or ends for good; `None` if that never happens."""
    now = _any(spans, moment)
    for ahead in range(1, 7 * MINUTES + 1):
        minute = moment.minute + ahead
        later = Moment((moment.weekday + minute // MINUTES) % 7, Minute(minute % MINUTES))
        if _any(spans, later) != now:
            return ahead
    return None


def _any(spans: tuple[Hours, ...], moment: Moment) -> bool:
    return any(span.include(moment) for span in spans)


def _days(text: str) -> frozenset[int]:
    if not text or text == "daily":
        return frozenset(range(7))
    days: set[int] = set()
    for part in text.split(","):
        first, dash, last = (word.strip()[:3] for word in part.partition("-"))
        for word in (first, last) if dash else (first,):
            if word not in DAYS:
                raise ValueError(f"{part.strip()!r} is no day; write days like {', '.join(DAYS)}")
        begin = DAYS.index(first)
        length = (DAYS.index(last) - begin) % 7 if dash else 0
        days |= {(begin + step) % 7 for step in range(length + 1)}
    return frozenset(days)


def _minute(hours: str, minutes: str) -> Minute:
    value = int(hours) * 60 + int(minutes)
    if int(minutes) > 59 or value > MINUTES:
        raise ValueError(f"{hours}:{minutes} is no time of a day")
    return Minute(value)


def _clock(minute: Minute) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"
