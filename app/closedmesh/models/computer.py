"""This computer as values, and how a model would run on it.

A model needs its memory in one place: main memory or one graphics card's, never the sum of both. A
card that shares the main memory (as in Apple's and many portable computers) is counted once.
"""

from dataclasses import dataclass

from msgspec import Struct

from closedmesh.models.offers import Fit, FitLabel

READABLE = 8.0
"""Tokens a second: about as fast as people read."""

SLOW = 2.0
"""Tokens a second below which waiting for an answer is no fun."""

REAL_SHARE = 0.6
"""Of the memory's speed that decoding reaches; measured with the starter model."""

TIGHT_SHARE = 0.9
"""Of the free memory; a model that takes more leaves too little for a larger context."""


class Graphics(Struct, frozen=True):
    """A graphics card."""

    name: str
    backend: str
    """"CUDA", "Metal", "Vulkan"."""
    memory_total: int
    memory_free: int
    unified: bool
    """Its memory is the main memory."""


class Computer(Struct, frozen=True):
    """What this computer has. Bytes; a figure that nobody tells is 0."""

    processor: str = ""
    cores: int = 0
    features: tuple[str, ...] = ()
    """Of the processor, those that matter for speed: "AVX2", "AVX512F", "NEON"."""
    memory_total: int = 0
    memory_available: int = 0
    memory_speed: float = 0.0
    """Bytes a second that all cores together read, measured once."""
    graphics: tuple[Graphics, ...] = ()
    disk_free: int = 0


@dataclass(frozen=True, slots=True)
class Demand:
    """What a model needs."""

    memory: int
    """Bytes at `context`, estimated."""
    context: int
    """Tokens."""
    per_context_token: float
    """Bytes of cache; 0 if it is not known."""
    read_per_token: int
    """Bytes that one token of the answer reads: all weights, or the active ones."""
    speed: float = 0.0
    """Tokens a second that this computer reached with it; 0 if it never ran here."""


def judge(demand: Demand, computer: Computer, keep_free: int, *, on_mesh: bool = False) -> Fit:
    """How a model would run here."""
    free, total = _largest_pool(computer, keep_free)
    speed = demand.speed or _expected_speed(demand, computer)
    label, advice = FitLabel.RUNS_WELL, ""
    if demand.memory > total:
        label = FitLabel.ON_THE_MESH if on_mesh else FitLabel.TOO_LARGE
        advice = _smaller(demand, total) or (
            f"It needs {_gb(demand.memory)}; this computer can give {_gb(total)}."
        )
    elif demand.memory > free:
        label = FitLabel.TIGHT
        advice = f"Close other programs first: {_gb(demand.memory - free)} more must be free."
    elif demand.memory > free * TIGHT_SHARE:
        label, advice = FitLabel.TIGHT, "It takes nearly all memory that is free now."
    elif speed and speed < SLOW:
        label, advice = FitLabel.TIGHT, "Answers come slowly: a smaller model is faster here."
    elif speed and speed < READABLE:
        label, advice = FitLabel.TIGHT, "Answers come more slowly than most people read."
    return Fit(label, demand.memory, demand.context, speed, demand.speed > 0, advice)


def _largest_pool(computer: Computer, keep_free: int) -> tuple[int, int]:
    """Free and total bytes of the one place that holds most, less what stays free."""
    pools = [(computer.memory_available - keep_free, computer.memory_total - keep_free)]
    pools += [(g.memory_free, g.memory_total) for g in computer.graphics if not g.unified]
    free, total = max(pools, key=lambda pool: pool[1])
    return max(0, free), max(0, total)


def _smaller(demand: Demand, total: int) -> str:
    """A smaller context that would make it fit, in words; empty if none would."""
    context = demand.context
    while demand.per_context_token and context > 1024:
        context //= 2
        saved = int((demand.context - context) * demand.per_context_token)
        if demand.memory - saved <= total:
            return f"With a context of {context:,} tokens it fits (engine.context)."
    return ""


def _expected_speed(demand: Demand, computer: Computer) -> float:
    if not demand.read_per_token or not computer.memory_speed:
        return 0.0
    return computer.memory_speed * REAL_SHARE / demand.read_per_token


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
