"""Which part of a large mesh a peer is told of, so that a mesh may grow and a peer pays no more.

Every peer has a place: a number that follows from its id and a salt that nobody knows before. A
model that few peers offer is told to everybody. One that many offer is told in neighbourhoods:
with each doubling of its peers, those who are told of one of them halve, by the first bits of
their places. So everybody knows between 16 and 32 peers of every common model, chosen by nobody,
and all of these together are asked equally often. Where so many models are offered that even this
is too much, neighbourhoods become smaller still, and a peer asks for a model that it misses.
"""

import hashlib
import math
from collections.abc import Iterable, Iterator
from typing import TypeVar

from closedmesh.mesh.ids import Digest, NodeId

REPLICAS = 16
"""Peers of one model that everybody knows at least, where there are so many. Two choices among
them find a free one nearly as well as a look at all would."""

VIEW = 2048
"""Peers that anybody is told of at most, about."""

_BITS = 32
"""Of a place: enough for neighbourhoods in a mesh of billions."""


Key = TypeVar("Key")
Shelf = tuple[int, int]
"""A number of bits, and these bits: whoever's place begins with them is told of a peer."""


class Neighbourhoods:
    """Who is told of whom. Peers lie on shelves in the order in which they were put there."""

    def __init__(self, salt: bytes) -> None:
        """`salt` is random, so that nobody can make a key that lies next to a chosen one."""
        self._salt = salt
        self._offered: dict[Digest, dict[NodeId, None]] = {}
        self._models: dict[NodeId, tuple[Digest, ...]] = {}
        self._depths: dict[NodeId, int] = {}
        self._on: dict[NodeId, Shelf] = {}
        self._shelves: dict[Shelf, dict[NodeId, None]] = {}
        self._view = 0.0
        """Peers that anybody would be told of if there were no `VIEW`."""

    def put(self, node: NodeId, models: Iterable[Digest]) -> None:
        """A peer that offers these models, anew if it was here. One that offers none any more is
        told of to those who knew it."""
        before = self._depths.get(node)
        self.remove(node)
        offered = tuple(dict.fromkeys(models))
        for model in offered:
            self._offered.setdefault(model, {})[node] = None
        unknown = _BITS if before is None else before
        self._models[node] = offered
        self._depths[node] = self._depth(offered) if offered else unknown
        self._view += 2.0 ** -self._depths[node]
        depth = min(_BITS, self._depths[node] + self._further_depth())
        shelf = (depth, self._place(node) >> (_BITS - depth))
        self._on[node] = shelf
        self._shelves.setdefault(shelf, {})[node] = None

    def remove(self, node: NodeId) -> None:
        """A peer that nobody need know any more."""
        shelf = self._on.pop(node, None)
        if shelf is None:
            return
        self._view -= 2.0 ** -self._depths.pop(node)
        _take(self._shelves, shelf, node)
        for model in self._models.pop(node):
            _take(self._offered, model, node)

    def known_to(self, asker: NodeId) -> Iterator[Iterable[NodeId]]:
        """All that a peer is told of, in parts; in each part the newest comes first."""
        place = self._place(asker)
        for depth in range(_BITS + 1):
            if told := self._shelves.get((depth, place >> (_BITS - depth))):
                yield reversed(told)

    def offering(self, model: Digest) -> Iterable[NodeId]:
        """Everybody who offers a model, the newest first."""
        return reversed(self._offered.get(model, {}))

    def _depth(self, models: tuple[Digest, ...]) -> int:
        fewest = min(len(self._offered[model]) for model in models)
        return max(0, int(math.log2(fewest / REPLICAS)))

    def _further_depth(self) -> int:
        return max(0, math.ceil(math.log2(max(self._view, 1.0) / VIEW)))

    def _place(self, node: NodeId) -> int:
        hashed = hashlib.sha256(self._salt + bytes.fromhex(node)).digest()
        return int.from_bytes(hashed[: _BITS // 8], "big")


def _take(groups: dict[Key, dict[NodeId, None]], key: Key, node: NodeId) -> None:
    group = groups[key]
    del group[node]
    if not group:
        del groups[key]
