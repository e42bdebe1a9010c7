"""What an entry asks of peers when it has no copy of a model: to let theirs read an answer.

The text is always one that a verifier has made up and had answered (`trust.transcripts`), never a
user's. A peer that reads it again learns that, and nothing of the numbers that it is compared with.
"""

from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.ids import Digest
from closedmesh.models.chat import Conversation, TokenId

MAX_READ = 4096
"""Tokens of an answer that are read at once."""

MAX_TOP = 64
POSITIONS = 64
"""Positions in one `Readings`."""

Units = Annotated[int, Meta(ge=-(2**20), le=0)]
"""A natural logarithm over the whole vocabulary, in 1/`TRACE_UNIT`."""


class Reread(Struct, frozen=True, array_like=True):
    """Let your copy of this model read these tokens as its answer. Answered by `Readings` in
    order, until all tokens are read."""

    model: Digest
    prompt: Conversation
    date: Annotated[str, Meta(pattern=r"\A\d{4}-\d{2}-\d{2}\Z")]
    """For templates that state it."""
    tokens: Annotated[tuple[TokenId, ...], Meta(min_length=1, max_length=MAX_READ)]


class Reading(Struct, frozen=True, array_like=True):
    """What a copy says of one position."""

    logprob: Units
    """Of the token that stands there."""
    top: Annotated[tuple[TokenId, ...], Meta(min_length=1, max_length=MAX_TOP)]
    """The most likely tokens, best first."""
    top_logprobs: Annotated[tuple[Units, ...], Meta(min_length=1, max_length=MAX_TOP)]

    def __post_init__(self) -> None:
        if len(self.top) != len(self.top_logprobs):
            raise ValueError("a reading with tokens that have no probability")
        if len(set(self.top)) != len(self.top):
            raise ValueError("a reading that names a token twice")
        if list(self.top_logprobs) != sorted(self.top_logprobs, reverse=True):
            raise ValueError("a reading whose best tokens do not come first")


class Readings(Struct, frozen=True, array_like=True):
    """What the copy says of the next positions; the last one has `complete`."""

    positions: Annotated[tuple[Reading, ...], Meta(max_length=POSITIONS)]
    complete: bool
