"""What members say to each other to hand on a model's file."""

from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.ids import Digest

MAX_LENT = 8 * 2**20
"""Bytes of a file that are asked for at once."""
FILE_PIECE = 128 * 1024
"""Bytes of a file in one message."""


class ReadFile(Struct, frozen=True, array_like=True):
    """Send me these bytes of a model's file. Answered by `FileBytes` in order, all but the last of
    `FILE_PIECE` bytes, and one `FileRead`."""

    model: Digest
    start: Annotated[int, Meta(ge=0, le=2**53)]
    length: Annotated[int, Meta(ge=1, le=MAX_LENT)]


class FileBytes(Struct, frozen=True, array_like=True):
    """The next bytes of the file."""

    data: Annotated[bytes, Meta(min_length=1, max_length=FILE_PIECE)]


class FileRead(Struct, frozen=True, array_like=True):
    """That was all."""
