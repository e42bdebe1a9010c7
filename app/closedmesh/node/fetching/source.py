"""What a download needs of a place that has the file. The hub is one; members of the mesh who
have the same file, by its SHA-256, are others: they serve the same blocks."""

from collections.abc import AsyncGenerator, Iterable
from typing import Protocol

from msgspec import Struct

from closedmesh.models.blocks import Run


class Wanted(Struct, frozen=True):
    """One file that is to be fetched; what it is, not where."""

    repo: str
    revision: str
    file: str
    """Path inside the repository."""
    size: int
    sha256: str

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.file.rpartition("/")[2]


class Trouble(Exception):
    """A source did not give what was asked for; trying again may help.

    `words` say what happened ("No data for 30 s"), `wait` is for how many seconds the source asks
    to be left alone.
    """

    def __init__(self, words: str, wait: float = 0.0) -> None:
        super().__init__(words)
        self.words = words
        self.wait = wait


class Source(Protocol):
    """A place that has the file."""

    def read(self, wanted: Wanted, run: Run) -> AsyncGenerator[bytes]:
        """Exactly the bytes of a run, in order. Raises `Trouble` when it stops before, and
        `ClosedMeshError` when trying again is of no use."""
        ...


class Helpers(Protocol):
    """Others who have the file, beside the source. What they give is never certain."""

    def read(self, wanted: Wanted, run: Run) -> AsyncGenerator[bytes]:
        """As `Source.read`: from them as far as they give it, the rest from the source."""
        ...

    def given(self, wanted: Wanted) -> Iterable[tuple[int, ...]]:
        """Blocks that others gave, one group for each of them."""
        ...

    def lied(self, wanted: Wanted, block: int) -> None:
        """What was given of a block is not what the source has."""
        ...
