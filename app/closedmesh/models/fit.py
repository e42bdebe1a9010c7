"""How much of a model fits into the memory that is free: never more, and with figures if not.

The estimate counts the weights once (they are mapped from the file), the vocabulary's tables, the
cache of keys and values, and the buffers of one step. It was compared with the measured resident
memory of workers: see the figures in its test.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from closedmesh.errors import BadRequest, NotEnoughMemory
from closedmesh.models.gguf import Header

DEFAULT_CONTEXT = 4096
"""Tokens a conversation gets when the setting leaves it open and memory allows."""

SMALLEST_CONTEXT = 1024
"""Below this a chat is no use."""

STEP_TOKENS = 512
"""Tokens of one decoding step, for which llama.cpp keeps buffers."""

ROWS = 16
"""Predictions of one step: of running answers, of guesses, of a scored text."""

PROCESS_BYTES = 52_000_000
"""What a worker needs without a model: Python, numpy, llama.cpp."""

TOKEN_BYTES = 140
"""What llama.cpp keeps of each token of the vocabulary, measured with two models."""

MERGE_BYTES = 195
"""The same of each merge of a byte-pair vocabulary."""


class CacheType(StrEnum):
    """How keys or values of the cache are stored; part of what a peer claims to run."""

    F32 = "f32"
    F16 = "f16"
    BF16 = "bf16"
    Q8_0 = "q8_0"
    Q5_1 = "q5_1"
    Q5_0 = "q5_0"
    Q4_1 = "q4_1"
    Q4_0 = "q4_0"

    @property
    def bits(self) -> float:
        """Bits of one value, its share of the block's scale included."""
        return _BITS[self]


_BITS = {
    CacheType.F32: 32.0,
    CacheType.F16: 16.0,
    CacheType.BF16: 16.0,
    CacheType.Q8_0: 8.5,
    CacheType.Q5_1: 6.0,
    CacheType.Q5_0: 5.5,
    CacheType.Q4_1: 5.0,
    CacheType.Q4_0: 4.5,
}


class Choice(StrEnum):
    """Whether to use something that not every model and device can do."""

    AUTO = "auto"
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person chose."""

    context: int = 0
    """Tokens of one conversation, which fits or does not; 0 leaves it open."""
    slots: int = 1
    """Conversations at the same time, at most."""
    keep_free: int = 0
    """Bytes that stay free for other programs."""
    cache: CacheType | None = None
    """`None` leaves it open."""
    flash_attention: Choice = Choice.AUTO


@dataclass(frozen=True, slots=True)
class Plan:
    """How to load a model."""

    context: int
    """Tokens of one conversation."""
    slots: int
    cache: CacheType
    flash_attention: Choice
    needed: int
    """Bytes of memory, estimated."""


def cache_bytes_per_token(header: Header, kind: CacheType = CacheType.F16) -> float:
    """Bytes of cache that one token takes, keys and values."""
    values = header.block_count * header.head_count_kv * (header.key_length + header.value_length)
    return values * kind.bits / 8


def needed(header: Header, size_bytes: int, plan: Plan) -> int:
    """Bytes that a model takes when it is loaded by a plan, estimated; `plan.needed` is not
    looked at."""
    tables = TOKEN_BYTES * header.vocabulary_size + MERGE_BYTES * header.merge_count
    cache = cache_bytes_per_token(header, plan.cache) * plan.context * plan.slots
    buffers = STEP_TOKENS * 4 * 8 * header.embedding_length
    if plan.flash_attention is Choice.OFF:  # every head's scores of a step are kept
        buffers += STEP_TOKENS * 4 * header.head_count * plan.context
    rows = 2 * ROWS * 4 * header.vocabulary_size  # computed, and then kept
    return PROCESS_BYTES + size_bytes + tables + int(cache) + buffers + rows


def plan(title: str, header: Header, size_bytes: int, wish: Wish, available: int) -> Plan:
    """The largest useful way to load a model into `available` bytes of free memory: first the
    context is halved down to the smallest that is of use, then the slots; a cache that is left
    open is coarser only where nothing else fits. Raises `NotEnoughMemory` with figures."""
    budget = available - wish.keep_free
    smallest = None
    for context, slots, cache in _ways(header, wish):
        way = Plan(context, slots, cache, wish.flash_attention, 0)
        smallest = Plan(
            context, slots, cache, wish.flash_attention, needed(header, size_bytes, way)
        )
        if smallest.needed <= budget:
            return smallest
    assert smallest is not None
    raise NotEnoughMemory(
        f"{title} needs {_gb(smallest.needed)} with a context of {smallest.context:,} tokens;"
        f" {_gb(available)} are free, of which {_gb(wish.keep_free)} stay free for"
        " other programs.",
        "Close other programs, choose a smaller model, or lower engine.context or"
        " engine.keep_free_mb.",
    )


def _ways(header: Header, wish: Wish) -> Iterator[tuple[int, int, CacheType]]:
    """Ways to load a model, the best first."""
    flash = wish.flash_attention is not Choice.OFF
    if wish.cache and wish.cache.bits < CacheType.F16.bits and not flash:
        raise BadRequest(
            f"A cache of the kind {wish.cache} needs flash attention, which is switched off.",
            "Set engine.flash_attention to auto, or engine.cache_type to f16.",
        )
    open_kinds = (CacheType.F16, CacheType.Q8_0) if flash else (CacheType.F16,)
    for cache in (wish.cache,) if wish.cache else open_kinds:
        for slots in _halves(wish.slots, 1):
            for context in _contexts(header, wish):
                yield context, slots, cache


def gpu_layers(header: Header, size_bytes: int, cache_bytes: int, free: int) -> int:
    """Layers that fit into `free` bytes of graphics cards together with their part of a cache of
    `cache_bytes`; the output counts as a layer. All of them if the whole model fits."""
    layers = header.block_count + 1
    buffers = STEP_TOKENS * 4 * (8 * header.embedding_length + header.vocabulary_size)
    each = (size_bytes + cache_bytes) / layers
    return max(0, min(layers, int((free - buffers) / each)))


def _contexts(header: Header, wish: Wish) -> list[int]:
    if wish.context:
        return [min(wish.context, header.context_length)]
    largest = min(DEFAULT_CONTEXT, header.context_length)
    return _halves(largest, min(SMALLEST_CONTEXT, largest))


def _halves(largest: int, smallest: int) -> list[int]:
    values = [largest]
    while values[-1] // 2 >= smallest:
        values.append(values[-1] // 2)
    return values


def _gb(size: int) -> str:
    return f"{max(size, 0) / 1e9:.1f} GB"
