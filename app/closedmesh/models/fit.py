"""How much of a model fits into the memory that is free: never more, and with figures if not.

The estimate counts the weights once (they are mapped from the file), the cache of keys and
values, and the buffers of one step. It was compared with the measured resident memory of workers
and errs on the large side.
"""

from dataclasses import dataclass

from closedmesh.errors import NotEnoughMemory
from closedmesh.models.gguf import Header, kv_bytes_per_token

DEFAULT_CONTEXT = 4096
"""Tokens a conversation gets when the setting leaves it open and memory allows."""

SMALLEST_CONTEXT = 1024
"""Below this a chat is no use."""

STEP_TOKENS = 512
"""Tokens of one decoding step, for which llama.cpp keeps buffers."""

PROCESS_BYTES = 120_000_000
"""What a worker needs without a model: Python, numpy, llama.cpp."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person chose."""

    context: int
    """Tokens of one conversation, which fits or does not; 0 leaves it open."""
    slots: int
    """Conversations at the same time, at most."""
    keep_free: int
    """Bytes that stay free for other programs."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How to load a model."""

    context: int
    """Tokens of one conversation."""
    slots: int
    needed: int
    """Bytes of memory, estimated."""


def needed(header: Header, size_bytes: int, context: int, slots: int) -> int:
    """Bytes that a model takes with a cache of `slots` x `context` tokens, estimated."""
    cache = kv_bytes_per_token(header) * context * slots
    buffers = STEP_TOKENS * 4 * (header.vocabulary_size + 16 * header.embedding_length)
    return size_bytes + cache + buffers + PROCESS_BYTES


def plan(title: str, header: Header, size_bytes: int, wish: Wish, available: int) -> Plan:
    """The largest useful way to load a model into `available` bytes of free memory: first the
    context is halved down to the smallest that is of use, then the slots. Raises
    `NotEnoughMemory` with figures."""
    budget = available - wish.keep_free
    smallest = Plan(0, 0, 0)
    for slots in _halves(wish.slots, 1):
        for context in _contexts(header, wish):
            smallest = Plan(context, slots, needed(header, size_bytes, context, slots))
            if smallest.needed <= budget:
                return smallest
    raise NotEnoughMemory(
        f"{title} needs {_gb(smallest.needed)} with a context of {smallest.context:,} tokens;"
        f" {_gb(available)} are free, of which {_gb(wish.keep_free)} stay free for"
        " other programs.",
        "Close other programs, choose a smaller model, or lower engine.context or"
        " engine.keep_free_mb.",
    )


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
