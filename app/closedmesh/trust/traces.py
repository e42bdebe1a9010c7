"""Commits a peer to the numbers behind every token of an answer before it knows which it must show.

Each step of an answer is a leaf of a Merkle tree, whose root goes into the receipt:

    leaf = domain, position, token, count, ids, logprobs, salt of the position

`position` has eight bytes, `token`, each id and each (signed) log-probability four, `count` one,
all big-endian. The salt of a position is
HMAC-SHA256(salt of the answer, position), so what is not opened stays unknown. A position is opened
by showing the leaf and its neighbours on the way to the root.
"""

import hashlib
import hmac
import itertools
import math
import struct
from collections.abc import Sequence

from msgspec import Struct

from closedmesh.mesh.messages import Opening
from closedmesh.models.chat import TRACE_TOP, TRACE_UNIT, TokenId, TraceEntry
from closedmesh.trust.merkle import Tree, root_of

SALT_BYTES = 32

_DOMAIN = b"closedmesh-trace-1"
_HEAD = struct.Struct(">QIB")
_ROUNDING = 1 / (2 * TRACE_UNIT)


class Step(Struct, frozen=True):
    """A token of an answer, and what the model said of it and its rivals."""

    token: TokenId
    entry: TraceEntry


class BadOpening(ValueError):
    """What was shown is not what the peer committed to, or no model says such a thing."""


class Trace:
    """The tree of an answer, on the side of the peer that gives it."""

    def __init__(self, steps: Sequence[Step], salt: bytes) -> None:
        self._leaves = tuple(_leaf(i, step, _salt_of(salt, i)) for i, step in enumerate(steps))
        self._tree = Tree(self._leaves)

    @property
    def root(self) -> bytes:
        """What the peer commits to: 32 bytes."""
        return self._tree.root if self._leaves else hashlib.sha256(b"\x00" + _DOMAIN).digest()

    def __len__(self) -> int:
        return len(self._leaves)

    def open(self, positions: Sequence[int]) -> tuple[Opening, ...]:
        """Show some steps. Raises `IndexError` for a position that there is not."""
        return tuple(self._open(position) for position in positions)

    def _open(self, position: int) -> Opening:
        if not 0 <= position < len(self._leaves):
            raise IndexError(f"an answer of {len(self._leaves)} steps has none at {position}")
        return Opening(position, self._leaves[position], self._tree.path(position))


def verify(opening: Opening, root: bytes, length: int) -> Step:
    """The step that an opening shows. Raises `BadOpening` unless it belongs to the answer of
    `length` steps with this root, and a model can have said it."""
    if opening.position >= length:
        raise BadOpening(f"position {opening.position} of an answer of {length} steps")
    try:
        node = root_of(opening.leaf, opening.position, length, opening.path)
    except ValueError as error:
        raise BadOpening(str(error)) from None
    if not hmac.compare_digest(node, root):
        raise BadOpening(f"position {opening.position} is not what was committed to")
    return _read_leaf(opening.leaf, opening.position)


def _leaf(position: int, step: Step, salt: bytes) -> bytes:
    entry = step.entry
    count = len(entry.ids)
    numbers = struct.pack(f">{count}I{count}i", *entry.ids, *entry.logprobs)
    return _DOMAIN + _HEAD.pack(position, step.token, count) + numbers + salt


def _read_leaf(leaf: bytes, position: int) -> Step:
    """The step of a leaf that was committed to, and so may still say anything."""
    start = len(_DOMAIN) + _HEAD.size
    if len(leaf) < start or not leaf.startswith(_DOMAIN):
        raise BadOpening("a leaf of another kind")
    stated, token, count = _HEAD.unpack_from(leaf, len(_DOMAIN))
    if len(leaf) != start + 8 * count + SALT_BYTES:
        raise BadOpening("a leaf of another length")
    numbers = struct.unpack_from(f">{count}I{count}i", leaf, start)
    if stated != position or token >= 2**31:
        raise BadOpening("a leaf of another position, or a token that there is not")
    entry = TraceEntry(numbers[:count], numbers[count:])
    _check_entry(entry)
    return Step(token, entry)


def _check_entry(entry: TraceEntry) -> None:
    """Log-probabilities of different tokens fall, and are no more than everything."""
    if not 1 <= len(entry.ids) <= TRACE_TOP:
        raise BadOpening("a step without its most likely tokens")
    if len(set(entry.ids)) < len(entry.ids) or max(entry.ids) >= 2**31:
        raise BadOpening("a step names a token twice, or one that there is not")
    if max(entry.logprobs) > 0:
        raise BadOpening("a log-probability that is none")
    if any(a < b for a, b in itertools.pairwise(entry.logprobs)):
        raise BadOpening("the most likely tokens are not in order")
    if sum(shares(entry)) > 1 + 4 * _ROUNDING:
        raise BadOpening("probabilities that are more than everything")


def shares(entry: TraceEntry) -> list[float]:
    """The probabilities of an entry's tokens."""
    return [math.exp(value / TRACE_UNIT) for value in entry.logprobs]


def _salt_of(salt: bytes, position: int) -> bytes:
    return hmac.digest(salt, position.to_bytes(8, "big"), "sha256")
