"""The names of things on a mesh, and how they are parsed, printed and shortened.

A peer *is* its Ed25519 public key, and so is a mesh; both are written as 64 lower-case
hexadecimal digits, the form that the transport uses too.
"""

import re
from typing import Annotated, NewType

from msgspec import Meta

NodeId = NewType("NodeId", str)
"""Public key of a peer."""

MeshId = NewType("MeshId", str)
"""Public key of a mesh: whoever holds its private half decides who admits members."""

Serial = NewType("Serial", str)
"""Number of a certificate: 16 random bytes, 32 hexadecimal digits."""

InviteId = NewType("InviteId", str)
"""What an invite is called in lists: says nothing about its secret."""

KEY_BYTES = 32
SHORT_LENGTH = 10
"""Digits of a shortened id: 40 bits tell the peers of a list apart. Never used to decide."""

_HEX_KEY = r"\A[0-9a-f]{64}\Z"

NodeIdField = Annotated[NodeId, Meta(pattern=_HEX_KEY)]
MeshIdField = Annotated[MeshId, Meta(pattern=_HEX_KEY)]
SerialField = Annotated[Serial, Meta(pattern=r"\A[0-9a-f]{32}\Z")]
Digest = Annotated[str, Meta(pattern=_HEX_KEY)]
"""A SHA-256 in hexadecimal digits."""


def parse_node_id(text: str) -> NodeId:
    """A peer's id as somebody typed it. Raises `ValueError`."""
    cleaned = text.strip().lower()
    if not re.match(_HEX_KEY, cleaned):
        raise ValueError("an id of a peer is 64 hexadecimal digits")
    return NodeId(cleaned)


def node_id_from_bytes(key: bytes) -> NodeId:
    """The id that a public key stands for. Raises `ValueError` for a wrong length."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"a public key has {KEY_BYTES} bytes, not {len(key)}")
    return NodeId(key.hex())


def short(identifier: NodeId | MeshId) -> str:
    """An id as people see it."""
    return identifier[:SHORT_LENGTH]
