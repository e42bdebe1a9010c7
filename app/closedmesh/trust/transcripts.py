"""Everything that a check rests on, in a form that anybody with the model can judge again.

A transcript holds the question, which a verifier has made up, the answer's tokens, the positions
that the peer has shown, and when they came. It never holds what a user has asked.
"""

import hashlib
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from closedmesh.mesh.ids import Digest, NodeIdField
from closedmesh.mesh.messages import Hash, Opening
from closedmesh.models.chat import Conversation, Sampling, TokenId
from closedmesh.trust.evidence import (
    Figures,
    Reference,
    divergence,
    foreign_tokens,
    replay,
    spread,
    too_fast,
)
from closedmesh.trust.openings import Finding, judge
from closedmesh.trust.traces import BadOpening, verify

OPENED = 48
"""Positions that a check asks to be shown; more tell little more."""

MAX_TRANSCRIPT = 1024 * 1024
"""Bytes of one transcript."""

Seconds = Annotated[float, Meta(ge=0)]


class Transcript(Struct, frozen=True, tag="check-transcript"):
    """One answer to one question that a verifier made up."""

    peer: NodeIdField
    model: Digest
    """SHA-256 of the file that was asked for."""
    weights: Digest
    backend: str
    """Class that the peer announced."""
    prompt: Conversation
    date: str
    """For templates that state it."""
    sampling: Sampling
    max_tokens: int
    """0 where the answer could be as long as it fitted."""
    tokens: tuple[TokenId, ...]
    end_token: TokenId | None
    """By which the model ended the answer; the last step of the trace."""
    text: str
    root: Hash | None
    openings: tuple[Opening, ...]
    asked: float
    """Unix time, seconds."""
    first: Seconds
    """Until the first token, by the verifier's clock."""
    took: Seconds
    """Until the last."""
    number: int
    """Of the check in its epoch, so that the revealed secret makes the question again."""

    @property
    def steps(self) -> tuple[int, ...]:
        """All tokens that were chosen, the ending one included."""
        return self.tokens if self.end_token is None else (*self.tokens, self.end_token)

    @property
    def tokens_per_second(self) -> float:
        """Of the tokens after the first; 0 where there are too few to say."""
        time = self.took - self.first
        return (len(self.tokens) - 1) / time if len(self.tokens) > 8 and time > 0 else 0.0


def encode(transcript: Transcript) -> bytes:
    """A transcript as JSON, one line."""
    return msgspec.json.encode(transcript)


def decode(data: bytes) -> Transcript:
    """Read a transcript. Raises `ValueError` that says what is wrong."""
    if len(data) > MAX_TRANSCRIPT:
        raise ValueError(f"a transcript of {len(data)} bytes")
    try:
        return msgspec.json.decode(data, type=Transcript)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ValueError(f"this is no transcript of a check: {error}") from None


def digest(transcript: Transcript) -> str:
    """The transcript's name: SHA-256, hexadecimal."""
    return hashlib.sha256(encode(transcript)).hexdigest()


def figures(
    transcript: Transcript,
    references: Sequence[Reference],
    own_tokens: Sequence[int] | None,
    active_bytes: int,
) -> Figures:
    """The statistics of a check. `references` has one entry for each of `transcript.steps`, or for
    the first of them, where the copy has no room for more; what comes after is only looked at for
    contradictions. `own_tokens` are what the tokeniser makes of the text;
    `None` where nobody knows."""
    read = transcript.steps[: len(references)]
    replays = [
        replay(reference, token, position, transcript.sampling)
        for position, (reference, token) in enumerate(zip(references, read, strict=True))
    ]
    divergences, contradicted = _shown(transcript, references)
    return Figures(
        tokens=len(replays),
        missed=sum(not one.same for one in replays),
        margin=sum(one.margin for one in replays) / len(replays) if replays else 0.0,
        outside=sum(one.outside for one in replays),
        opened=len(divergences),
        spread=spread(divergences) if divergences else None,
        contradicted=contradicted,
        too_fast=too_fast(transcript.tokens_per_second, active_bytes, transcript.backend),
        foreign_tokens=0.0 if own_tokens is None else foreign_tokens(transcript.tokens, own_tokens),
    )


def _shown(transcript: Transcript, references: Sequence[Reference]) -> tuple[list[float], int]:
    """Divergences at the opened positions that were read, and how many of all that were opened
    contradict the answer."""
    divergences, contradicted = [], 0
    steps = transcript.steps
    for opening in transcript.openings:
        try:
            step = verify(opening, transcript.root or b"", len(steps))
        except BadOpening:
            contradicted += 1
            continue
        if opening.position < len(references):
            divergences.append(divergence(references[opening.position], step.entry))
        finding = judge(step, opening.position, transcript.sampling)
        if step.token != steps[opening.position] or finding is Finding.CONTRADICTED:
            contradicted += 1
    return divergences, contradicted
