"""What is still in memory of earlier conversations: the places of the cache, and states put aside.

A place is one sequence of llama.cpp's cache. It keeps its tokens after an answer; a request that
begins with the same tokens goes on from there. A place that is needed for somebody else puts its
state aside, as far as the memory for that allows, the longest unused first out. What one client
said is never used for another: the time until the first token would tell who asked what.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from closedmesh.engine.llama.model import State

WORTH = 64
"""Tokens that are worth moving: reading fewer again is as fast."""


class Memory(Protocol):
    """What is needed of `llama.Llama`."""

    slots: int
    forgets_parts: bool

    def forget(self, sequence: int, start: int = 0) -> bool: ...
    def copy(self, source: int, target: int) -> None: ...
    def save(self, sequence: int, limit: int) -> State | None: ...
    def restore(self, sequence: int, state: State) -> bool: ...


@dataclass(slots=True, eq=False)
class Place:
    """One sequence of the cache: `tokens` are in it, on behalf of `client`."""

    sequence: int
    tokens: list[int] = field(default_factory=list)
    client: str = ""
    taken: bool = False
    last_used: int = 0


@dataclass(frozen=True, slots=True, eq=False)
class Kept:
    """A conversation's cache without a place."""

    client: str
    tokens: tuple[int, ...]
    state: State


class Cache:
    """The places, and up to `limit` bytes of states put aside."""

    def __init__(self, memory: Memory, limit: int) -> None:
        self._memory = memory
        self._limit = limit
        self._kept: list[Kept] = []
        self._clock = 0
        self.places = [Place(sequence) for sequence in range(memory.slots)]

    @property
    def free(self) -> bool:
        """Whether a place can be taken."""
        return any(not place.taken for place in self.places)

    def take(self, client: str, tokens: Sequence[int]) -> Place:
        """A free place for `client`; as many of the first `tokens` as are known are in it, but
        never all of them: the last one must be read for what follows it."""
        tokens = tokens[:-1]
        free = [place for place in self.places if not place.taken]
        place = max(free, key=lambda p: (_usable(p, client, tokens), *self._fitness(p)))
        at_place = _usable(place, client, tokens)
        kept = max(self._kept, key=lambda k: _usable(k, client, tokens), default=None)
        busy = [p for p in self.places if p.taken]
        source = max(busy, key=lambda p: _usable(p, client, tokens), default=None)
        in_kept = _usable(kept, client, tokens) if kept else 0
        in_source = _usable(source, client, tokens) if source else 0
        wanted = kept if in_kept > at_place + WORTH and in_kept >= in_source else None
        if wanted:
            self._kept.remove(wanted)  # before another one needs its room
        if len(place.tokens) - at_place >= WORTH:
            self._put_aside(place)
        if wanted:
            self._bring_back(wanted, place)
        elif source and in_source > at_place + WORTH:
            self._memory.copy(source.sequence, place.sequence)
            place.tokens, place.client = list(source.tokens), client
        self.shorten(place, _usable(place, client, tokens))
        place.client, place.taken = client, True
        return place

    def _fitness(self, place: Place) -> tuple[int, bool, int]:
        """How well a place suits a new conversation: best between or beside those in use, since
        llama.cpp computes sequences at once only where their numbers follow each other."""
        beside = self.places[max(0, place.sequence - 1) : place.sequence + 2]
        return sum(p.taken for p in beside), not place.tokens, -place.last_used

    def shorten(self, place: Place, count: int) -> None:
        """Keep the first `count` tokens of a place, or none if the model cannot forget a part."""
        if count < len(place.tokens):
            kept = self._memory.forget(place.sequence, count)
            del place.tokens[count if kept else 0 :]

    def release(self, place: Place) -> None:
        """A place is free again; what is in it stays until somebody else needs it."""
        self._clock += 1
        place.taken, place.last_used = False, self._clock

    def clear(self) -> None:
        """Forget every place: after a failed step nobody knows what is in them."""
        for place in self.places:
            self._memory.forget(place.sequence)
            place.tokens = []

    def conversations(self) -> Iterator[Kept]:
        """Everything that is in memory and not being written, the longest unused first."""
        yield from self._kept
        for place in sorted(self.places, key=lambda p: p.last_used):
            if not place.taken and len(place.tokens) >= WORTH:
                state = self._memory.save(place.sequence, 2**63)
                if state is not None:
                    yield Kept(place.client, tuple(place.tokens), state)

    def keep(self, kept: Kept) -> None:
        """Put a state aside; the longest unused ones make room."""
        room = self._limit - len(kept.state)
        if room < 0:
            return
        while sum(len(other.state) for other in self._kept) > room:
            del self._kept[0]
        self._kept.append(kept)

    def _put_aside(self, place: Place) -> None:
        state = self._memory.save(place.sequence, self._limit)
        if state is not None:
            self.keep(Kept(place.client, tuple(place.tokens), state))

    def _bring_back(self, kept: Kept, place: Place) -> None:
        restored = self._memory.restore(place.sequence, kept.state)
        place.tokens, place.client = list(kept.tokens) if restored else [], kept.client


def _usable(known: Place | Kept, client: str, tokens: Sequence[int]) -> int:
    """How many of the first `tokens` a client finds there."""
    return _common(known.tokens, tokens) if known.client == client else 0


def _common(left: Sequence[int], right: Sequence[int]) -> int:
    """How many tokens both begin with."""
    for i, (a, b) in enumerate(zip(left, right, strict=False)):
        if a != b:
            return i
    return min(len(left), len(right))
