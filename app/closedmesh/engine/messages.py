"""What the node and an engine's worker say to each other over the pipe.

The node sends one `Load`, then any number of requests, `Cancel`s and `SetThreads`; closing the
pipe ends the worker. The worker answers `Loaded` (or `Failed` with id 0), and then each request by
its id, always ending with one `Done`, `Scored`, `Embedded`, `Tokenized`, `Detokenized` or
`CacheSaved`, or with `Failed`:

- `Generate`: maybe `Queued`s, one `Started`, many `Tokens`, `Done`;
- `Score`: maybe `Queued`s, one `Started`, `Scored`; `Embed`: `Embedded`;
- `Tokenize`, `Detokenize`, `SaveCache`: their answer alone.

`Load.slots` answers are written at the same time; the rest wait in the worker, which keeps them
fair: this computer's owner first, then users of the mesh in turn, then work that can wait.
"""

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.models.chat import (
    MAX_BEGUN,
    MAX_EMBED_TEXTS,
    AnswerForm,
    FinishReason,
    Overflow,
    Prompt,
    Sampling,
    TokenId,
    TokenLogprob,
    TraceEntry,
)
from closedmesh.models.fit import CacheType, Choice

LOADING = 0
"""The request id of what concerns the whole worker."""

MAX_SCORE_TOP = 64
"""Most likely tokens reported for each position of a scored text, at most."""

RequestNumber = Annotated[int, Meta(ge=1)]


class Priority(StrEnum):
    """Whose turn comes first."""

    OWNER = "owner"
    """This computer's owner."""
    EARNER = "earner"
    """Somebody in the mesh who has credits."""
    USER = "user"
    """Somebody in the mesh."""
    BACKGROUND = "background"
    """Nobody waits for it: probes of one's own, scoring, measurements."""


class Load(Struct, frozen=True, tag="load"):
    """The first message: read this model."""

    path: str
    context: Annotated[int, Meta(ge=1)]
    """Tokens of one sequence."""
    slots: Annotated[int, Meta(ge=1)]
    """Sequences at the same time."""
    threads: Annotated[int, Meta(ge=1)]
    low_priority: bool
    keys: CacheType = CacheType.F16
    values: CacheType = CacheType.F16
    """Anything shorter than 16 bits needs flash attention."""
    flash_attention: Choice = Choice.AUTO
    gpu_layers: int = -1
    """Layers given to a GPU if llama.cpp was built for one; -1 is all that there are."""
    draft: str | None = None
    """A small model of the same vocabulary that guesses ahead; its path."""
    prompt_lookup: bool = True
    """Guess ahead from the prompt where there is no `draft`."""
    cache_bytes: Annotated[int, Meta(ge=0)] = 0
    """Memory for the caches of conversations that have no place now."""
    cache_file: str | None = None
    """Where `SaveCache` puts them, and where they are read from; ignored if it is not ours."""
    model_sha256: str = ""
    """Written into `cache_file`, so that no other model reads it."""


class Generate(Struct, frozen=True, tag="generate"):
    """Continue a prompt. `sampling.seed` is always given."""

    id: RequestNumber
    client: str
    """Requests of different clients share no cache, and take turns."""
    priority: Priority
    prompt: Prompt
    sampling: Sampling
    max_tokens: int | None
    """Counts the tokens of `begun` too."""
    stop: tuple[str, ...]
    top_logprobs: int | None
    overflow: Overflow
    date: str
    """ISO date for templates that state it."""
    form: AnswerForm | None = None
    """What the answer must look like."""
    begun: Annotated[tuple[TokenId, ...], Meta(max_length=MAX_BEGUN)] = ()
    """The answer so far, given elsewhere: it goes on as it would have gone on there."""
    trace: bool = False
    """Report the most likely tokens of each step."""


class Score(Struct, frozen=True, tag="score"):
    """How probable is each token of a continuation? Computed in one pass, without choosing."""

    id: RequestNumber
    client: str
    prompt: Prompt
    continuation: Annotated[tuple[TokenId, ...], Meta(min_length=1, max_length=MAX_BEGUN)]
    date: str
    top: Annotated[int, Meta(ge=0, le=MAX_SCORE_TOP)] = 0
    """Most likely tokens reported at each position."""
    priority: Priority = Priority.BACKGROUND


class Embed(Struct, frozen=True, tag="embed"):
    """Vectors of texts, one each, of length 1 by the Euclidean norm. `BadRequest` from models
    that were not made for it."""

    id: RequestNumber
    client: str
    texts: Annotated[tuple[str, ...], Meta(min_length=1, max_length=MAX_EMBED_TEXTS)]
    priority: Priority = Priority.USER


class PlainText(Struct, frozen=True, tag="plain"):
    """Words of an answer: no BOS token before them, no control tokens in them."""

    text: str


class Tokenize(Struct, frozen=True, tag="tokenize"):
    """The tokens of a prompt exactly as `Generate` would read it, or of plain words."""

    id: RequestNumber
    text: Prompt | PlainText
    date: str


class Detokenize(Struct, frozen=True, tag="detokenize"):
    """The text that tokens of an answer stand for."""

    id: RequestNumber
    tokens: Annotated[tuple[TokenId, ...], Meta(max_length=MAX_BEGUN)]


class SaveCache(Struct, frozen=True, tag="save-cache"):
    """Write the caches of all conversations to `Load.cache_file`, to be read at the next load."""

    id: RequestNumber


class Cancel(Struct, frozen=True, tag="cancel"):
    """Nobody waits for this answer any longer; no further message about it follows."""

    id: int


class SetThreads(Struct, frozen=True, tag="set-threads"):
    """Use this many processor threads from the next step on."""

    threads: Annotated[int, Meta(ge=1)]


class Loaded(Struct, frozen=True, tag="loaded"):
    """The weights are in memory and requests are welcome. What a peer says of itself comes from
    here: it is what llama.cpp does, not what it was asked to do."""

    context: int
    slots: int
    vocabulary_size: int = 0
    embedding_size: int = 0
    """Numbers of a vector of `Embed`; 0 if the model makes none."""
    keys: CacheType = CacheType.F16
    values: CacheType = CacheType.F16
    flash_attention: bool = False
    devices: tuple[str, ...] = ()
    """What computes, like "CPU" or "CUDA0 NVIDIA GeForce RTX 3060"."""
    gpu_layers: int = 0
    build: str = ""
    """llama.cpp's version and the processor features it uses."""
    draft: bool = False
    """A draft model guesses ahead."""


class Queued(Struct, frozen=True, tag="queued"):
    """A request waits for a place. Repeated when `ahead` changes."""

    id: int
    ahead: int
    """Requests that go first, as far as is known now."""
    seconds: float
    """Estimate until its turn, from the answers that were given lately."""


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
    ids: tuple[int, ...] = ()
    """The new tokens; each token of an answer is in exactly one message."""
    trace: tuple[TraceEntry, ...] = ()
    """One entry for each of `ids`, if asked for."""


class Done(Struct, frozen=True, tag="done"):
    """An answer is complete."""

    id: int
    finish: FinishReason
    completion_tokens: int
    end_token: int | None = None
    """The token by which the model ended its answer; it is not counted."""
    end_trace: TraceEntry | None = None
    guessed_tokens: int = 0
    """Tokens of the answer that were guessed ahead rightly."""


class TokenScore(Struct, frozen=True, array_like=True):
    """One token of a scored text. Natural logarithms, over the whole vocabulary."""

    logprob: float
    top: tuple[int, ...]
    """The most likely tokens, best first, the lower id first among equals."""
    top_logprobs: tuple[float, ...]


class Scored(Struct, frozen=True, tag="scored"):
    """One score for each token of the continuation."""

    id: int
    scores: tuple[TokenScore, ...]


class Embedded(Struct, frozen=True, tag="embedded"):
    """One vector for each text."""

    id: int
    vectors: tuple[tuple[float, ...], ...]
    tokens: int
    """Tokens of all texts together."""


class Tokenized(Struct, frozen=True, tag="tokenized"):
    """The tokens of a text."""

    id: int
    tokens: tuple[int, ...]


class Detokenized(Struct, frozen=True, tag="detokenized"):
    """The text of tokens; bytes that are no character yet are shown as U+FFFD."""

    id: int
    text: str


class CacheSaved(Struct, frozen=True, tag="cache-saved"):
    """The caches are in the file."""

    id: int
    conversations: int
    size_bytes: int


class Failed(Struct, frozen=True, tag="failed"):
    """A request could not be answered, or with id `LOADING` the model could not be read."""

    id: int
    code: str
    title: str
    advice: str


Request = Generate | Score | Embed | Tokenize | Detokenize | SaveCache
Progress = Queued | Started | Tokens
Result = Done | Scored | Embedded | Tokenized | Detokenized | CacheSaved
ToWorker = Load | Request | Cancel | SetThreads
FromWorker = Loaded | Progress | Result | Failed
