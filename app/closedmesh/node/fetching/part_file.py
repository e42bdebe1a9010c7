"""A file on the disk while it arrives: `NAME.part`, and `NAME.part.map` that says what of it is
there. After any interruption both are read again, and only bytes whose hash is the recorded one
count as landed. Blocks are hashed with BLAKE3, which costs next to nothing beside the SHA-256 of
the whole that decides in the end.

All methods may be called in threads; a `Landing` and the hash of the whole are used by one at a
time. Nothing here waits for the disk but `finish`: a record that is ahead of its bytes is found out
when it is read again.
"""

import hashlib
import os
import sys
import threading
from pathlib import Path
from types import TracebackType
from typing import Self

from blake3 import blake3

from closedmesh.host.files import write_atomically
from closedmesh.models import blocks
from closedmesh.models.blocks import BLOCK, BlockMap, Record

PART = ".part"
MAP = ".part.map"

CHUNK = 2**20


class PartFile:
    """What has landed of one file. A resource: `with PartFile(...) as part`."""

    def __init__(self, target: Path, size: int, sha256: str) -> None:
        self.target = target
        self.size = size
        self.sha256 = sha256
        self.map = BlockMap(size)
        self._path = target.with_name(target.name + PART)
        self._map_path = target.with_name(target.name + MAP)
        self._writing = threading.Lock()
        self._hash = hashlib.sha256()
        self._hashed = 0
        """Blocks from the front that the hash of the whole has seen."""

    def __enter__(self) -> Self:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        known = _read(self._map_path)
        self.map = blocks.read_map(known, self.size, self.sha256)
        kept = [blocks.encode_record(record) for record in self.map.records()]
        write_atomically(
            self._map_path, blocks.encode_header(self.size, self.sha256) + b"".join(kept)
        )
        self._map_file = self._map_path.open("ab", buffering=0)
        self._file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600), "r+b",
                               buffering=0)  # fmt: skip
        self._file.truncate(self.size)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()
        self._map_file.close()

    def check(self, block: int) -> bool:
        """Read what should be there of a block; forget the block if it is something else."""
        record = self.map.record(block)
        if record is None:
            return False
        if self._digest(block, record.length) == record.digest:
            return True
        self.map.forget(block)
        self._hash, self._hashed = hashlib.sha256(), 0
        return False

    def _digest(self, block: int, length: int) -> bytes:
        digest = blake3()
        with self._path.open("rb", buffering=0) as file:
            file.seek(block * BLOCK)
            while length > 0 and (data := file.read(min(CHUNK, length))):
                digest.update(data)
                length -= len(data)
        return digest.digest()

    def land(self, block: int) -> "Landing":
        """Begin to write a block, behind what is there of it."""
        return Landing(self, block)

    def write(self, place: int, data: bytes | bytearray | memoryview) -> None:
        """Write bytes at their place."""
        with self._writing:
            self._file.seek(place)
            self._file.write(data)

    def note(self, record: Record) -> None:
        """Remember that more of a block is there."""
        with self._writing:
            self._map_file.write(blocks.encode_record(record))
            self.map.note(record)

    def hash_forward(self) -> bool:
        """Let the hash of the whole see the next block from the front; whether there was one."""
        if self._hashed >= self.map.count or not self.map.has(self._hashed):
            return False
        with self._path.open("rb", buffering=0) as file:
            file.seek(self._hashed * BLOCK)
            left = self.map.length(self._hashed)
            while left > 0 and (data := file.read(min(CHUNK, left))):
                self._hash.update(data)
                left -= len(data)
            _begin_to_write(file.fileno(), self._hashed * BLOCK)
        self._hashed += 1
        return True

    @property
    def is_right(self) -> bool:
        """Whether everything was hashed and is what was wanted."""
        return self._hashed == self.map.count and self._hash.hexdigest() == self.sha256

    def replace(self, block: int, data: bytes) -> None:
        """Put other bytes in the place of a whole block."""
        self.write(block * BLOCK, data)
        self.note(Record(block, len(data), block_digest(data)))
        self._hash, self._hashed = hashlib.sha256(), 0

    def finish(self) -> None:
        """Give the file its name, in one step, once it is on the disk. Only for a right one."""
        if not self.is_right:
            raise RuntimeError("a file that is not right is never finished")
        os.fsync(self._file.fileno())
        self._file.close()
        self._path.replace(self.target)
        self._map_file.close()
        self._map_path.unlink(missing_ok=True)


class Landing:
    """A block that is being written. Hashes along; what is there of it is read once."""

    def __init__(self, part: PartFile, block: int) -> None:
        self._part = part
        self.block = block
        self.length = part.map.landed(block)
        self._hash = blake3()
        if self.length:
            with part._path.open("rb", buffering=0) as file:  # noqa: SLF001 - its other half
                file.seek(block * BLOCK)
                self._hash.update(file.read(self.length))

    @property
    def missing(self) -> int:
        """Bytes that are still to come."""
        return self._part.map.length(self.block) - self.length

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Write the next bytes of the block."""
        self._part.write(self.block * BLOCK + self.length, data)
        self._hash.update(data)
        self.length += len(data)

    def note(self) -> None:
        """Record what is there of the block."""
        self._part.note(Record(self.block, self.length, self._hash.digest()))


def sha256_of(path: Path) -> str:
    """The SHA-256 of a whole file, by reading it."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def block_digest(data: bytes) -> bytes:
    """The hash that stands in a record."""
    return blake3(data).digest()


def _begin_to_write(descriptor: int, start: int) -> None:
    """Let the system bring a block to the disk now, so that little is left to wait for in the
    end. Only a hint: where there is no such call, `finish` waits longer."""
    if sys.platform == "linux":
        os.posix_fadvise(descriptor, start, BLOCK, os.POSIX_FADV_DONTNEED)


_BINARY = getattr(os, "O_BINARY", 0)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""


def discard(target: Path) -> None:
    """Delete what has landed of a file."""
    for suffix in (PART, MAP):
        target.with_name(target.name + suffix).unlink(missing_ok=True)


def landed(target: Path, size: int, sha256: str) -> int:
    """Bytes of a file that should be there already, by its map; not checked."""
    return blocks.read_map(_read(target.with_name(target.name + MAP)), size, sha256).total
