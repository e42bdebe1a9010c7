"""Commands about checks of what peers serve, and about what verdicts rest on."""

from typing import Annotated

from msgspec import Meta

from closedmesh.control.command import Command
from closedmesh.mesh.picture import CheckedModel, JudgedAnswer


class CheckPeer(Command[tuple[CheckedModel, ...]], frozen=True, tag="check-peer"):
    """Check now what a peer serves, by one conversation a model; only an entry can."""

    peer: Annotated[str, Meta(min_length=4, max_length=64)]
    """Its id, or how that begins."""
    model: str | None = None
    """Name or SHA-256; `None` is every model of which the entry has a copy."""


class ListTranscripts(Command[tuple[str, ...]], frozen=True, tag="list-transcripts"):
    """The answers behind an entry's verdict on a peer, as JSON texts, newest first."""

    peer: Annotated[str, Meta(min_length=4, max_length=64)]
    """Its id, or how that begins."""
    model: str | None = None


class JudgeTranscript(Command[JudgedAnswer], frozen=True, tag="judge-transcript"):
    """Have this computer's copy of the model read again what a verifier has weighed."""

    text: Annotated[str, Meta(max_length=1024 * 1024)]
    """One of `ListTranscripts`."""
