"""What exactly is signed, and by whom.

A statement is a frozen Struct with a tag. What is signed is

    "closedmesh/1" NUL tag NUL body

where the body is the statement as MessagePack. The tag separates the domains: a signature under
a certificate can never pass for one under a receipt. The signed bytes travel as they are
(`Sealed.body`), so nobody needs to make the same bytes again to check them.

The only module that knows `cryptography`. Private keys are arguments, never kept or made here.
"""

import hashlib
from typing import Annotated, TypeVar

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from msgspec import Meta, Struct

from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.ids import KEY_BYTES, NodeId, NodeIdField, node_id_from_bytes

SIGNATURE_BYTES = 64
MAX_STATEMENT = 512 * 1024
"""Bytes of one statement; the longest is a list of 10,000 revocations."""

_CONTEXT = b"closedmesh/1"

Statement = TypeVar("Statement", bound=Struct)


class PrivateKey:
    """An Ed25519 private key. Never prints itself."""

    __slots__ = ("_key", "node")

    def __init__(self, secret: bytes) -> None:
        """From 32 secret random bytes. Raises `ValueError` for a wrong length."""
        if len(secret) != KEY_BYTES:
            raise ValueError(f"a private key has {KEY_BYTES} bytes")
        self._key = Ed25519PrivateKey.from_private_bytes(secret)
        self.node: NodeId = node_id_from_bytes(self._key.public_key().public_bytes_raw())

    def sign(self, data: bytes) -> bytes:
        """The signature, 64 bytes."""
        return self._key.sign(data)


class Sealed(Struct, frozen=True, array_like=True):
    """A signed statement as it travels. Nothing in `body` counts before `unseal`."""

    body: Annotated[bytes, Meta(min_length=1, max_length=MAX_STATEMENT)]
    signer: NodeIdField
    signature: Annotated[bytes, Meta(min_length=SIGNATURE_BYTES, max_length=SIGNATURE_BYTES)]

    @property
    def digest(self) -> str:
        """SHA-256 of the body, hexadecimal: the statement's own name."""
        return hashlib.sha256(self.body).hexdigest()


def seal(statement: Struct, key: PrivateKey) -> Sealed:
    """Sign a statement."""
    body = msgspec.msgpack.encode(statement)
    return Sealed(body, key.node, key.sign(signed_bytes(type(statement), body)))


def unseal(sealed: Sealed, kind: type[Statement]) -> Statement:
    """The statement of the given kind that `sealed.signer` signed.

    Raises `NotAuthorised` when the signature does not hold or the body is no such statement.
    """
    try:
        verify(bytes.fromhex(sealed.signer), sealed.signature, signed_bytes(kind, sealed.body))
    except ValueError:
        raise NotAuthorised(
            RefusalCode.NOT_A_MEMBER, f"The signature of a {tag_of(kind)} is not genuine."
        ) from None
    return peek(sealed, kind)


def peek(sealed: Sealed, kind: type[Statement]) -> Statement:
    """The statement without looking at its signature, for one that was checked before.

    Raises `NotAuthorised` when the body is no such statement.
    """
    try:
        return msgspec.msgpack.decode(sealed.body, type=kind)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise NotAuthorised(
            RefusalCode.NOT_A_MEMBER, f"That is no {tag_of(kind)}: {error}."
        ) from None


def verify(public_key: bytes, signature: bytes, data: bytes) -> None:
    """Raises `ValueError` unless the holder of the key has signed exactly this."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, data)
    except InvalidSignature:
        raise ValueError("the signature is not genuine") from None


def signed_bytes(kind: type[Struct], body: bytes) -> bytes:
    """The bytes that a signature covers."""
    return b"\0".join((_CONTEXT, tag_of(kind).encode(), body))


def tag_of(kind: type[Struct]) -> str:
    """The word that separates the domain of one kind of statement from all others."""
    tag = kind.__struct_config__.tag
    if not isinstance(tag, str):
        raise TypeError(f"{kind.__name__} has no tag, so it cannot be signed")
    return tag
