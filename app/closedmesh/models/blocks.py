"""A file that arrives in blocks, in any order: what has landed, what to ask for next.

A block is what is asked for, compared and repaired alone. While it lands, every `STEP` bytes a
record says how much of it is there and what hash those bytes have, so that an interruption at
any moment loses less than one block over all connections together. Records are never trusted
without reading the bytes again: a record of bytes that never reached the disk does no harm.

    map file = header record*       header: magic, size, SHA-256 of the whole file
    record   = block, length, BLAKE3 of the block's first `length` bytes, CRC-32
"""

import struct
import zlib
from collections.abc import Container
from dataclasses import dataclass

BLOCK = 8 * 2**20
"""Bytes. Large enough that asking costs nothing, small enough to be fetched again."""

STEP = 2**20
"""Bytes between two records of a block that is landing."""

RUN = 4
"""Blocks asked for at once, at most."""

_HEADER = struct.Struct("<8sQ32s")
_RECORD = struct.Struct("<II32s")
_CHECK = struct.Struct("<I")
_MAGIC = b"CMPART1\n"


@dataclass(frozen=True, slots=True)
class Record:
    """The first `length` bytes of a block have this hash."""

    block: int
    length: int
    digest: bytes


@dataclass(frozen=True, slots=True)
class Run:
    """Blocks side by side that are asked for at once, from where the first one stops."""

    blocks: range
    start: int
    """First byte of the file that is missing."""
    end: int
    """One behind the last byte."""


class BlockMap:
    """What has landed of a file of `size` bytes."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.count = -(-size // BLOCK)
        self._records: dict[int, Record] = {}

    def length(self, block: int) -> int:
        """Bytes of a block; only the last one may be short."""
        return min(BLOCK, self.size - block * BLOCK)

    def landed(self, block: int) -> int:
        """Bytes of a block that are there."""
        record = self._records.get(block)
        return record.length if record else 0

    def record(self, block: int) -> Record | None:
        """The latest record of a block."""
        return self._records.get(block)

    def records(self) -> tuple[Record, ...]:
        """The latest record of each block of which something is there, in order."""
        return tuple(self._records[block] for block in sorted(self._records))

    def has(self, block: int) -> bool:
        """Whether a block is there as a whole."""
        return self.landed(block) == self.length(block)

    @property
    def total(self) -> int:
        """Bytes that are there."""
        return sum(record.length for record in self._records.values())

    @property
    def is_complete(self) -> bool:
        """Whether everything is there."""
        return self.total == self.size

    def note(self, record: Record) -> None:
        """More of a block has landed. Raises `ValueError` for a record that cannot be."""
        if not (0 <= record.block < self.count and 0 < record.length <= self.length(record.block)):
            raise ValueError(f"no block of this file: {record.block}, {record.length} bytes")
        self._records[record.block] = record

    def forget(self, block: int) -> None:
        """A block must be fetched again."""
        self._records.pop(block, None)

    def next_run(self, busy: Container[int]) -> Run | None:
        """What to ask for next, from the front; `None` if all is there or being asked for. Only
        the first block of a run may be there in part, so that a run is one range of bytes."""
        first = next((b for b in range(self.count) if b not in busy and not self.has(b)), None)
        if first is None:
            return None
        end = first + 1
        while end < min(first + RUN, self.count) and end not in busy and not self.landed(end):
            end += 1
        blocks = range(first, end)
        return Run(blocks, first * BLOCK + self.landed(first), min(end * BLOCK, self.size))


def encode_header(size: int, sha256: str) -> bytes:
    """The beginning of a map file."""
    return _HEADER.pack(_MAGIC, size, bytes.fromhex(sha256))


def encode_record(record: Record) -> bytes:
    """One record of a map file."""
    body = _RECORD.pack(record.block, record.length, record.digest)
    return body + _CHECK.pack(zlib.crc32(body))


def read_map(data: bytes, size: int, sha256: str) -> BlockMap:
    """What a map file says of this file: nothing if it is of another one or of another version,
    and nothing behind the first damaged record (the last one may be half-written)."""
    blocks = BlockMap(size)
    if data[: _HEADER.size] != encode_header(size, sha256):
        return blocks
    step = _RECORD.size + _CHECK.size
    for start in range(_HEADER.size, len(data) - step + 1, step):
        body, check = data[start : start + _RECORD.size], data[start + _RECORD.size : start + step]
        if _CHECK.unpack(check)[0] != zlib.crc32(body):
            break
        try:
            blocks.note(Record(*_RECORD.unpack(body)))
        except ValueError:
            break
    return blocks
