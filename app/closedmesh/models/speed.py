"""How fast a model runs by itself, from short runs that are kept. Pure."""

from collections.abc import Sequence
from statistics import median

from msgspec import Struct

ENOUGH = 5
"""Runs of which the median is trusted; more are not made until these are old."""

FRESH_FOR = 7 * 86_400.0
"""Seconds after which a run no longer counts: systems and drivers change."""


class Run(Struct, frozen=True):
    """One short run, measured where its tokens arrive."""

    at: float
    """Unix time, seconds."""
    prefill_tps: float
    """Prompt tokens a second, from the place that was given to the first token."""
    decode_tps: float
    """Tokens a second after the first one."""


class Speed(Struct, frozen=True):
    """Native speed of a model: the engine alone, on this computer."""

    prefill_tps: float
    decode_tps: float
    samples: int
    threads: int
    build: str
    """llama.cpp's version, and what of the processor it uses."""
    measured: float
    """Unix time of the last run, seconds."""
    disturbed: bool = False
    """Other programs kept the processor busy meanwhile: alone it is faster."""


def fresh(runs: Sequence[Run], now: float) -> list[Run]:
    """The runs that still count."""
    return [run for run in runs if 0 <= now - run.at < FRESH_FOR]


def speed_of(runs: Sequence[Run], threads: int, build: str) -> Speed | None:
    """The medians of runs; `None` without any."""
    if not runs:
        return None
    return Speed(
        prefill_tps=round(median(run.prefill_tps for run in runs), 1),
        decode_tps=round(median(run.decode_tps for run in runs), 1),
        samples=len(runs),
        threads=threads,
        build=build,
        measured=max(run.at for run in runs),
    )


class Taken(Struct, frozen=True):
    """What one run took, in monotonic seconds."""

    prompt_tokens: int
    """That were computed, without those from a cache."""
    started: float
    first: float
    first_count: int
    """Tokens that had come with the first message."""
    last: float
    last_count: int


def run_of(taken: Taken, at: float) -> Run | None:
    """The speeds of a run; `None` if it was too short to say anything."""
    reading, writing = taken.first - taken.started, taken.last - taken.first
    written = taken.last_count - taken.first_count
    if reading <= 0 or writing <= 0 or written < 1 or taken.prompt_tokens < 1:
        return None
    return Run(at, taken.prompt_tokens / reading, written / writing)
