"""Frames messages on a byte stream: four bytes of length, then the message as MessagePack.

The node is fed by the event loop, the worker uses blocking reads on a thread of its own.
"""

from collections.abc import Iterator
from typing import BinaryIO, Generic, TypeVar

import msgspec
from msgspec import Struct

MAX_FRAME = 64 * 1024 * 1024
"""Bytes of one message; a longer one means that the stream is not ours."""

_LENGTH = 4

Message = TypeVar("Message")


class BrokenFrame(Exception):
    """What came over the pipe is not one of our messages."""


def frame(message: Struct) -> bytes:
    """A message as bytes for the pipe."""
    body = msgspec.msgpack.encode(message)
    return len(body).to_bytes(_LENGTH, "big") + body


class Frames(Generic[Message]):
    """Reads messages of one union of types. All methods raise `BrokenFrame` on anything that is not
    such a message."""

    def __init__(self, kind: object) -> None:
        self._decoder: msgspec.msgpack.Decoder[Message] = msgspec.msgpack.Decoder(kind)
        self._begun = bytearray()

    def read(self, stream: BinaryIO) -> Message | None:
        """The next message of a blocking stream; `None` at its end."""
        head = stream.read(_LENGTH)
        if len(head) < _LENGTH:
            return None
        body = stream.read(_checked_length(head))
        return self.decode(body)

    def feed(self, data: bytes) -> Iterator[Message]:
        """The messages that are whole now; what has begun is kept for the next call."""
        self._begun += data
        at = 0
        while len(self._begun) >= at + _LENGTH:
            start = at + _LENGTH
            end = start + _checked_length(self._begun[at:start])
            if len(self._begun) < end:
                break
            yield self.decode(self._begun[start:end])
            at = end
        del self._begun[:at]

    def decode(self, body: bytes | bytearray) -> Message:
        """One message without its length."""
        try:
            return self._decoder.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BrokenFrame(str(error)) from None


def _checked_length(head: bytes | bytearray) -> int:
    length = int.from_bytes(head, "big")
    if length > MAX_FRAME:
        raise BrokenFrame(f"a frame of {length} bytes")
    return length
