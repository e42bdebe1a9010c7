"""Watts and watt hours: what was measured, where, and which answer caused how much of it.

Every figure carries its scope and its kind; nothing is added that contains the other, and a gap
in the samples, a sleep or a jump of the clock never makes energy. What an answer caused is the
power above the idle level while it was made (of an estimate: this program's part of the load),
divided among the answers of that moment.
"""

from collections import deque
from collections.abc import Iterable
from enum import StrEnum
from statistics import median

from msgspec import Struct

LONGEST_GAP = 15.0
"""Seconds between two samples that still count as one span; longer ones were sleep or silence."""

LEVEL_SAMPLES = 120
"""Latest samples without an answer, whose median is the idle level; and with one."""

FEWEST_SAMPLES = 3
"""Fewer say nothing about a level."""

JOULES_PER_WH = 3600.0


class Scope(StrEnum):
    """What of the computer a reading covers."""

    WHOLE = "whole machine"
    PROCESSOR = "CPU package"
    GPU = "GPU"
    CHIP = "chip"
    """CPU, GPU and memory of one chip together."""


class Kind(StrEnum):
    """How much a reading is to be believed, the best first."""

    MEASURED = "measured"
    MODELLED = "modelled"
    """By the maker's firmware or system, from counters."""
    ESTIMATED = "estimated"


class Reading(Struct, frozen=True):
    """Power drawn over the time since the last reading."""

    watts: float
    scope: Scope
    kind: Kind
    source: str
    """For people: "battery", "NVML", "RAPL"."""
    caused: float | None = None
    """Watts of it by this program and its workers, where an estimate can tell them apart."""


class Power(Struct, frozen=True):
    """What the readings say together."""

    watts: float
    kind: Kind
    source: str
    """For people: "battery", "CPU package (RAPL) + GPU (NVML)"."""
    caused: float | None = None
    """Watts of it by this program; `None` where only the level above idle tells."""


def combine(readings: Iterable[Reading], estimate: Reading | None = None) -> Power | None:
    """The best figure that the readings give. One of the whole machine wins alone; otherwise the
    parts are added, each scope once, and the weakest kind is said; where only the GPU is read,
    the estimate of the processor completes it. `None` without any."""
    best: dict[Scope, list[Reading]] = {}
    for reading in readings:
        best.setdefault(reading.scope, []).append(reading)
    if whole := best.get(Scope.WHOLE):
        return _sum(_best_kind(whole)[:1])
    if chip := best.get(Scope.CHIP):
        return _sum(_best_kind(chip)[:1])
    parts = [part for scope in (Scope.PROCESSOR, Scope.GPU) for part in _one_source(best, scope)]
    if Scope.PROCESSOR not in best and estimate is not None:
        parts.insert(0, estimate)
    return _sum(parts)


def _best_kind(readings: list[Reading]) -> list[Reading]:
    order = list(Kind)
    return sorted(readings, key=lambda reading: order.index(reading.kind))


def _one_source(best: dict[Scope, list[Reading]], scope: Scope) -> list[Reading]:
    """All readings of a scope by its best source: two GPUs of NVML, never one GPU twice."""
    ranked = _best_kind(best.get(scope, []))
    return [reading for reading in ranked if reading.source == ranked[0].source]


def _sum(parts: list[Reading]) -> Power | None:
    if not parts:
        return None
    order = list(Kind)
    names = dict.fromkeys(f"{part.scope} ({part.source})" for part in parts)
    kind = max((part.kind for part in parts), key=order.index)
    own = [part.caused for part in parts if part.caused is not None]
    caused = sum(own) if len(own) == len(parts) else None
    return Power(sum(part.watts for part in parts), kind, " + ".join(names), caused)


def estimated(load: float, own: float, idle_watts: float, full_watts: float) -> Reading:
    """The processor's power where nothing measures it, from its load and this program's own part
    of that; both between 0 and 1."""
    load, own = (min(max(share, 0.0), 1.0) for share in (load, own))
    span = full_watts - idle_watts
    watts = idle_watts + span * max(load, own)
    return Reading(watts, Scope.PROCESSOR, Kind.ESTIMATED, "from its load", span * own)


class Meter:
    """Adds up energy. Tell it when answers begin and end and what the power was; times are
    seconds of a clock that never goes back."""

    def __init__(self) -> None:
        self._last: float | None = None
        self._idle: deque[float] = deque(maxlen=LEVEL_SAMPLES)
        self._more: deque[float] = deque(maxlen=LEVEL_SAMPLES)
        self._running: dict[str, float] = {}
        self._ended: dict[str, tuple[float, float]] = {}
        self._caused: dict[str, float] = {}
        self.total_wh = 0.0
        """Since the start, of everything that the readings cover."""

    @property
    def idle_watts(self) -> float | None:
        """The level without answers; `None` before it is known."""
        return _level(self._idle)

    @property
    def answering_watts(self) -> float | None:
        """The idle level and what answers add to it; `None` before it is known."""
        idle, more = self.idle_watts, _level(self._more)
        return None if idle is None or more is None else idle + more

    def begin(self, answer: str, now: float) -> None:
        """An answer begins."""
        self._running[answer] = now

    def end(self, answer: str, now: float) -> None:
        """An answer is over; `take` has its energy after the next sample."""
        began = self._running.pop(answer, None)
        if began is not None:
            self._ended[answer] = (began, now)

    def take(self, answer: str) -> float | None:
        """Watt hours that an answer caused, once; `None` if no sample tells."""
        self._running.pop(answer, None)
        self._ended.pop(answer, None)
        return self._caused.pop(answer, None)

    def sample(self, watts: float, now: float, caused: float | None = None) -> None:
        """The mean power since the last sample. `caused` is this program's part of it, where it
        is known; otherwise that is what exceeds the idle level."""
        before, self._last = self._last, now
        ended, self._ended = self._ended, {}
        if before is None or not 0 < now - before <= LONGEST_GAP:
            return
        hours = (now - before) / JOULES_PER_WH
        self.total_wh += watts * hours
        spans = {name: (began, now) for name, began in self._running.items()} | ended
        shares = {
            name: min(end, now) - max(begin, before)
            for name, (begin, end) in spans.items()
            if min(end, now) > max(begin, before)
        }
        if not spans:
            self._idle.append(watts)
        idle = self.idle_watts
        if caused is None and idle is not None:
            caused = max(0.0, watts - idle)
        if caused is None or not shares:
            return
        if self._running and not ended:
            self._more.append(caused)
        whole = sum(shares.values())
        for name, share in shares.items():
            part = caused * hours * share / whole
            self._caused[name] = self._caused.get(name, 0.0) + part


def _level(samples: deque[float]) -> float | None:
    return median(samples) if len(samples) >= FEWEST_SAMPLES else None
