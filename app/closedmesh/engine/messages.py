"""What the node and an engine's worker say to each other over the pipe.

The node sends one `Load`, then any number of `Generate`, `Cancel` and `SetThreads`; closing the
pipe ends the worker. The worker answers `Loaded` (or `Failed` with id 0) and then, for every
`Generate`, one `Started`, many `Tokens`, and one `Done` or `Failed`. `Load.slots` requests run at
the same time; the rest wait in the worker, which keeps them fair.
"""

from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.models.chat import (
    Conversation,
    FinishReason,
    Overflow,
    RawText,
    Sampling,
    TokenLogprob,
)

LOADING = 0
"""The request id of what concerns the whole worker."""


class Load(Struct, frozen=True, tag="load"):
    """The first message: read this model."""

    path: str
    context: Annotated[int, Meta(ge=1)]
    """Tokens of one sequence."""
    slots: Annotated[int, Meta(ge=1)]
    """Sequences at the same time."""
    threads: Annotated[int, Meta(ge=1)]
    low_priority: bool


class Generate(Struct, frozen=True, tag="generate"):
    """Continue a prompt. `sampling.seed` is always given."""

    id: Annotated[int, Meta(ge=1)]
    client: str
    """Requests of different clients share no cache, and take turns."""
    owner: bool
    """This computer's owner goes before everybody else."""
    prompt: Conversation | RawText
    sampling: Sampling
    max_tokens: int | None
    stop: tuple[str, ...]
    top_logprobs: int | None
    overflow: Overflow
    date: str
    """ISO date for templates that state it."""


class Cancel(Struct, frozen=True, tag="cancel"):
    """Nobody waits for this answer any longer; no further message about it follows."""

    id: int


class SetThreads(Struct, frozen=True, tag="set-threads"):
    """Use this many processor threads from the next step on."""

    threads: Annotated[int, Meta(ge=1)]


class Loaded(Struct, frozen=True, tag="loaded"):
    """The weights are in memory and requests are welcome."""

    context: int
    slots: int


class Started(Struct, frozen=True, tag="started"):
    """A request has a place, and its prompt is being read."""

    id: int
    prompt_tokens: int
    cached_tokens: int
    dropped_messages: int


class Tokens(Struct, frozen=True, tag="tokens"):
    """What is new in an answer; `text` may be empty while a stop string may be beginning."""

    id: int
    text: str
    count: int
    """Tokens of the answer so far."""
    logprobs: tuple[TokenLogprob, ...] = ()


class Done(Struct, frozen=True, tag="done"):
    """An answer is complete."""

    id: int
    finish: FinishReason
    completion_tokens: int


class Failed(Struct, frozen=True, tag="failed"):
    """A request could not be answered, or with id `LOADING` the model could not be read."""

    id: int
    code: str
    title: str
    advice: str


ToWorker = Load | Generate | Cancel | SetThreads
FromWorker = Loaded | Started | Tokens | Done | Failed
