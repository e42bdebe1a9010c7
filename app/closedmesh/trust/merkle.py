"""A Merkle tree: commits to many leaves by one hash, and shows any of them by a short path.

    hash of a leaf = SHA-256(0x00, leaf)
    hash of a node = SHA-256(0x01, left, right)

A level of odd length hands its last node up as it is.
"""

import hashlib
from collections.abc import Iterable, Sequence


class Tree:
    """A tree with all of its leaves. It has no root without any."""

    def __init__(self, leaves: Iterable[bytes]) -> None:
        self._levels = [[hashlib.sha256(b"\x00" + leaf).digest() for leaf in leaves]]
        while len(self._levels[-1]) > 1:
            self._levels.append(_above(self._levels[-1]))

    @property
    def root(self) -> bytes:
        """32 bytes. Raises `IndexError` for a tree without leaves."""
        return self._levels[-1][0]

    def path(self, place: int) -> tuple[bytes, ...]:
        """The neighbours of a leaf on its way to the root, the nearest first."""
        found = []
        for level in self._levels[:-1]:
            if place ^ 1 < len(level):
                found.append(level[place ^ 1])
            place //= 2
        return tuple(found)


def root_of(leaf: bytes, place: int, width: int, path: Sequence[bytes]) -> bytes:
    """The root of the tree of `width` leaves that has this leaf at this place. Raises `ValueError`
    for a path of another length."""
    if not 0 <= place < width:
        raise ValueError(f"a tree of {width} leaves has none at {place}")
    node, left = hashlib.sha256(b"\x00" + leaf).digest(), list(path)
    while width > 1:
        if place ^ 1 < width:
            if not left:
                raise ValueError("a proof is too short")
            neighbour = left.pop(0)
            node = _node(neighbour, node) if place & 1 else _node(node, neighbour)
        place, width = place // 2, (width + 1) // 2
    if left:
        raise ValueError("a proof is too long")
    return node


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\x01" + left + right).digest()


def _above(level: list[bytes]) -> list[bytes]:
    pairs = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
    return pairs + level[len(pairs) * 2 :]
