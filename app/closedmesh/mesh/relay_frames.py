"""The frames of iroh's public relay protocol, as a relay sees them.

Two peers that cannot reach each other send their packets, which are QUIC and encrypted between
the two, through a relay: a WebSocket at `/relay`, one frame in each binary message. The relay
opens with a challenge, the client answers with its key and a signature, the relay confirms or
denies; then the client forwards datagrams to other keys until one side goes. Versions 1 and 2
differ in how a relay tells of trouble: version 1 in words, version 2 by number.

`read_authentication` and `read_frame` take what a client sent and give a value or raise
`BadFrame`; the rest of the module makes what a relay sends.
"""

from enum import IntEnum
from typing import Final

from blake3 import blake3
from msgspec import Struct

from closedmesh.mesh.signing import verify

PATH: Final = "/relay"
"""Where the WebSocket is."""

PROBE_PATH: Final = "/ping"
"""Where clients measure how far away a relay is."""

VERSION_1: Final = "iroh-relay-v1"
VERSION_2: Final = "iroh-relay-v2"
VERSIONS: Final = (VERSION_2, VERSION_1)
"""Sub-protocols of the WebSocket, best first."""

MAX_MESSAGE: Final = 1 + 64 * 1024
"""Bytes of the longest frame: a client that got more than 64 KiB behind the type would hang up."""

CHALLENGE_LENGTH: Final = 16
KEY_LENGTH: Final = 32
SIGNATURE_LENGTH: Final = 64
PING_LENGTH: Final = 8

_CONTEXT: Final = "iroh-relay handshake v1 challenge signature"


class _Type(IntEnum):
    """The first byte of a frame: a QUIC variable-length integer below 64."""

    CHALLENGE = 0
    AUTHENTICATION = 1
    CONFIRMED = 2
    DENIED = 3
    FORWARD = 4
    FORWARD_BATCH = 5
    DELIVER = 6
    DELIVER_BATCH = 7
    GONE = 8
    PING = 9
    PONG = 10
    HEALTH = 11
    RESTARTING = 12
    STATUS = 13


_TO_DELIVER: Final = {
    _Type.FORWARD: bytes([_Type.DELIVER]),
    _Type.FORWARD_BATCH: bytes([_Type.DELIVER_BATCH]),
}


class Trouble(IntEnum):
    """What a relay tells a client about their connection."""

    NONE = 0
    SAME_KEY_ELSEWHERE = 1
    TOO_FAST = 2


_WORDS: Final = {
    Trouble.NONE: "All is well again.",
    Trouble.SAME_KEY_ELSEWHERE: "A newer connection with this key gets its packets.",
    Trouble.TOO_FAST: "This connection sends faster than this relay allows.",
}


class BadFrame(Exception):
    """A client sent what is no frame of the protocol, or not one that a client may send."""


class Authentication(Struct, frozen=True):
    """A client's answer to the challenge, not yet verified."""

    key: bytes
    signature: bytes

    def verify(self, challenge: bytes) -> None:
        """Raises `BadFrame` unless the holder of `key` signed this challenge."""
        signed = blake3(challenge, derive_key_context=_CONTEXT).digest()
        try:
            verify(self.key, self.signature, signed)
        except ValueError:
            raise BadFrame("the challenge was not signed by the key") from None


class Forward(Struct, frozen=True):
    """One or several datagrams for the client that holds a key."""

    key: bytes
    batch: bool
    content: bytes
    """Congestion mark, length of a segment in a batch, and the datagrams: passed on as it is."""

    def deliver(self, sender: bytes) -> bytes:
        """The frame for the receiver, which names the sender in the place of the receiver."""
        kind = _Type.FORWARD_BATCH if self.batch else _Type.FORWARD
        return _TO_DELIVER[kind] + sender + self.content


class Ping(Struct, frozen=True):
    """Wants its bytes back as a pong."""

    payload: bytes


class Pong(Struct, frozen=True):
    """The bytes of a ping."""

    payload: bytes


FromClient = Forward | Ping | Pong


def read_authentication(frame: bytes) -> Authentication:
    """What answers a challenge. Raises `BadFrame`."""
    signature_at = 1 + KEY_LENGTH + 1
    if len(frame) != signature_at + SIGNATURE_LENGTH:
        raise BadFrame("an authentication of the wrong length")
    if frame[0] != _Type.AUTHENTICATION or frame[signature_at - 1] != SIGNATURE_LENGTH:
        raise BadFrame("no authentication where one was due")
    return Authentication(frame[1 : 1 + KEY_LENGTH], frame[signature_at:])


def read_frame(frame: bytes) -> FromClient:
    """What a client sends once it is known. Raises `BadFrame`."""
    if not frame or len(frame) > MAX_MESSAGE:
        raise BadFrame("an empty frame, or one that is too long")
    match frame[0]:
        case _Type.FORWARD | _Type.FORWARD_BATCH as kind:
            return _read_forward(frame, batch=kind == _Type.FORWARD_BATCH)
        case _Type.PING if len(frame) == 1 + PING_LENGTH:
            return Ping(frame[1:])
        case _Type.PONG if len(frame) == 1 + PING_LENGTH:
            return Pong(frame[1:])
        case kind:
            raise BadFrame(f"a frame of type {kind} and {len(frame)} bytes")


def _read_forward(frame: bytes, *, batch: bool) -> Forward:
    content = frame[1 + KEY_LENGTH :]
    marks = 3 if batch else 1
    if len(content) < marks:
        raise BadFrame("a datagram that ends before it begins")
    return Forward(frame[1 : 1 + KEY_LENGTH], batch, content)


def challenge(payload: bytes) -> bytes:
    """The first frame of a connection; `payload` is random, `CHALLENGE_LENGTH` bytes."""
    return bytes([_Type.CHALLENGE]) + payload


def confirmed() -> bytes:
    """The client is who it says and may use this relay."""
    return bytes([_Type.CONFIRMED])


def denied(reason: str) -> bytes:
    """The client may not use this relay; `reason` is less than 128 bytes long."""
    text = reason.encode()
    return bytes([_Type.DENIED, len(text)]) + text


def gone(key: bytes) -> bytes:
    """Somebody who sent packets to this client has left."""
    return bytes([_Type.GONE]) + key


def ping(payload: bytes) -> bytes:
    """Asks whether the client lives; `payload` has `PING_LENGTH` bytes."""
    return bytes([_Type.PING]) + payload


def pong(payload: bytes) -> bytes:
    """Answers a ping."""
    return bytes([_Type.PONG]) + payload


def restarting(reconnect_in: float, try_for: float) -> bytes:
    """This relay closes: when to come back, and how long to try; both in seconds."""
    times = (int(reconnect_in * 1000), int(try_for * 1000))
    return bytes([_Type.RESTARTING]) + b"".join(time.to_bytes(4, "big") for time in times)


def status(trouble: Trouble, version: str) -> bytes:
    """How the connection does, in the form that a version of the protocol has for it."""
    if version == VERSION_1:
        return bytes([_Type.HEALTH]) + _WORDS[trouble].encode()
    return bytes([_Type.STATUS, trouble])
