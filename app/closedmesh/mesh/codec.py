"""Messages to bytes and back, within limits.

    length  4 bytes  big-endian, of everything after it
    kind    1 byte   which message (`KINDS`)
    padding 1 byte   how many zero bytes end the frame
    body             the message's fields as a MessagePack array
    zeros

Frames are padded to multiples of 64 bytes, so that the size of a packet says little about the
tokens in it. Kind and length are judged before the body is waited for. Fields may be added at the
end of a message: older peers pass over them. A `Delta` is compressed, because announcements say
much that is the same; no other message is, for what a secret shares with a stranger's words would
show in its length.
"""

import zlib
from typing import Final

import msgspec

from closedmesh.mesh import handing_over, lending, messages, settlement
from closedmesh.mesh.faults import LocalProtocolError, RemoteProtocolError
from closedmesh.mesh.messages import Message
from closedmesh.mesh.records import Reconcile, Records
from closedmesh.mesh.rereading import Readings, Reread

ALPN: Final = b"closedmesh/1"
"""By which two peers agree on this protocol."""

BLOCK = 64
_LENGTH = 4
_HEAD = _LENGTH + 2

_SMALL = 2 * 1024
_STATEMENTS = 16 * 1024
_LISTS = 2 * 1024 * 1024

KINDS: dict[int, tuple[type[Message], int]] = {
    1: (messages.Hello, _STATEMENTS),
    2: (messages.Welcome, _STATEMENTS),
    3: (messages.Refused, _SMALL),
    4: (messages.Join, _STATEMENTS),
    5: (messages.Renew, _STATEMENTS),
    6: (messages.Joined, _LISTS),
    7: (messages.Certify, _STATEMENTS),
    8: (messages.Certified, _STATEMENTS),
    9: (messages.Announce, 96 * 1024),
    10: (messages.AmIListed, _SMALL),
    11: (messages.Listed, _SMALL),
    12: (messages.Pull, 8 * 1024),
    13: (messages.Delta, 8 * 1024 * 1024),
    14: (messages.Ask, 8 * 1024 * 1024),
    15: (messages.Accepted, _SMALL),
    16: (messages.Started, _SMALL),
    17: (messages.Tokens, 512 * 1024),
    18: (messages.Finished, 96 * 1024),
    19: (messages.Cancel, _SMALL),
    20: (messages.Countersigned, _STATEMENTS),
    21: (messages.Open, _SMALL),
    22: (messages.Opened, 512 * 1024),
    23: (messages.WhereAmI, _SMALL),
    24: (messages.Observed, _SMALL),
    25: (messages.DialRequest, 4 * 1024),
    26: (messages.DialNow, 4 * 1024),
    27: (messages.Dialling, 4 * 1024),
    28: (messages.Ping, _SMALL),
    29: (messages.Pong, _SMALL),
    30: (messages.Find, _SMALL),
    31: (lending.ReadFile, _SMALL),
    32: (lending.FileBytes, lending.FILE_PIECE + _SMALL),
    33: (lending.FileRead, _SMALL),
    34: (settlement.Settle, 512 * 1024),
    35: (settlement.Settled, 4 * 1024),
    36: (settlement.ReadAccount, _SMALL),
    37: (settlement.AccountPage, 4 * 1024 * 1024),
    38: (Reconcile, _STATEMENTS),
    39: (Records, 512 * 1024),
    40: (messages.Acknowledged, _SMALL),
    42: (handing_over.HandOver, _SMALL),
    43: (handing_over.HandedOver, _SMALL),
    44: (Reread, 1024 * 1024),
    45: (Readings, 128 * 1024),
}
"""Number on the wire: message and its greatest length in bytes. Numbers are never used again."""

_COMPRESSED: Final = frozenset({13})
_COMPRESSION_LEVEL = 1
"""Higher ones take longer and save nothing here."""

_NUMBERS = {kind: number for number, (kind, _) in KINDS.items()}
_DECODERS = {number: msgspec.msgpack.Decoder(kind) for number, (kind, _) in KINDS.items()}


def encode(message: Message) -> bytes:
    """A message as a frame. Raises `LocalProtocolError` for one that is longer than its kind may
    be."""
    number = _NUMBERS[type(message)]
    body = msgspec.msgpack.encode(message)
    if number in _COMPRESSED:
        body = zlib.compress(body, _COMPRESSION_LEVEL)
    padding = -(_HEAD + len(body)) % BLOCK
    length = 2 + len(body) + padding
    if length > KINDS[number][1]:
        raise LocalProtocolError(f"a {type(message).__name__} of {length} bytes")
    return b"".join(
        (length.to_bytes(_LENGTH, "big"), bytes((number, padding)), body, bytes(padding))
    )


class Decoder:
    """Bytes as they arrive, to messages. After an error it gives nothing more."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._broken = False

    def feed(self, data: bytes) -> list[Message]:
        """The messages that are now complete. Raises `RemoteProtocolError`."""
        if self._broken:
            raise RemoteProtocolError("the stream was broken before")
        self._buffer += data
        found: list[Message] = []
        try:
            while (message := self._next()) is not None:
                found.append(message)
        except RemoteProtocolError:
            self._broken = True
            self._buffer.clear()
            raise
        return found

    def end(self) -> None:
        """The stream is over. Raises `RemoteProtocolError` in the middle of a message."""
        if self._buffer:
            raise RemoteProtocolError("the stream ended in the middle of a message")

    def _next(self) -> Message | None:
        if len(self._buffer) < _HEAD:
            return None
        length = int.from_bytes(self._buffer[:_LENGTH], "big")
        number, padding = self._buffer[_LENGTH], self._buffer[_LENGTH + 1]
        _check_head(number, length, padding)
        if len(self._buffer) < _LENGTH + length:
            return None
        end = _LENGTH + length - padding
        body = bytes(self._buffer[_HEAD:end])
        zeros = self._buffer[end : _LENGTH + length]
        del self._buffer[: _LENGTH + length]
        if any(zeros):
            raise RemoteProtocolError("the padding is not empty")
        try:
            plain = _decompress(body, KINDS[number][1]) if number in _COMPRESSED else body
            return _DECODERS[number].decode(plain)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError, zlib.error) as error:
            name = KINDS[number][0].__name__
            raise RemoteProtocolError(f"that is no {name}: {error}") from None


def _decompress(body: bytes, limit: int) -> bytes:
    """Raises `zlib.error`, also when there would be more than `limit` bytes."""
    inflating = zlib.decompressobj()
    plain = inflating.decompress(body, limit)
    if not inflating.eof or inflating.unused_data:
        raise zlib.error("cut short, too long, or followed by something")
    return plain


def _check_head(number: int, length: int, padding: int) -> None:
    if number not in KINDS:
        raise RemoteProtocolError(f"no message has the number {number}")
    kind, limit = KINDS[number]
    if length > limit:
        raise RemoteProtocolError(f"a {kind.__name__} of {length} bytes, more than {limit}")
    if padding >= BLOCK or length < 2 + padding:
        raise RemoteProtocolError(f"a {kind.__name__} with a wrong padding")
