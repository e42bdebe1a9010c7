"""Questions and answers, as values that cross every border of the program.

A face makes a `Question`, the peer answers with a stream of `AnswerEvent`s: `Accepted`, maybe
some `Waiting`, many `Piece`s, one `Finished` with its `Receipt`. Errors are raised, never sent
as events. Closing the stream cancels the answer.
"""

from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta, Struct

RequestId = NewType("RequestId", str)
ModelHash = NewType("ModelHash", str)
"""SHA-256 of a model file, 64 lower-case hexadecimal digits."""

MAX_STOP = 16
"""Stop strings in one request; OpenAI allows 4, llama.cpp's server any number."""

MAX_TOP_LOGPROBS = 20
"""Alternatives a token, OpenAI's limit."""

MAX_BIASES = 1024
"""Tokens whose likeliness one request may change."""

MAX_FORM = 100_000
"""Characters of a grammar or a JSON schema."""

MAX_FUNCTIONS = 128
"""Functions of one request, OpenAI's limit."""

MAX_EMBED_TEXTS = 2048
"""Texts of one request for vectors, OpenAI's limit."""

MAX_BEGUN = 1_000_000
"""Tokens of an answer that is taken over from another peer; more than any model's context."""

TRACE_TOP = 8
"""Tokens in each entry of a trace."""

TRACE_UNIT = 64
"""Parts of a nat in which a trace counts: coarser hides what verification looks for."""


def trace_units(logprob: float) -> int:
    """A natural logarithm of a probability as a trace has it."""
    return min(0, round(logprob * TRACE_UNIT))


TokenId = Annotated[int, Meta(ge=0, le=2**31 - 1)]
"""A token's number in the model's vocabulary."""

OWNER = "owner"
"""The `client` of a question asked by this computer's owner; goes before everybody else."""


class Role(StrEnum):
    """Who speaks."""

    SYSTEM = "system"
    USER = "user"
    ASSISTANT = "assistant"
    TOOL = "tool"
    """What a function gave back."""


class Route(StrEnum):
    """Where a question may be answered."""

    LOCAL = "local"
    MESH = "mesh"
    AUTO = "auto"
    MESH_THEN_FALLBACK = "mesh-then-fallback"


class ServedBy(StrEnum):
    """Which path answered."""

    LOCAL = "local"
    MESH = "mesh"
    FALLBACK = "fallback"


class FallbackReason(StrEnum):
    """Why an answer came from outside of the mesh."""

    NO_REPLICA = "no-replica"
    LATENCY_TARGET = "latency-target"
    MESH_ERROR = "mesh-error"


class CheckState(StrEnum):
    """What verification says of the model that answered."""

    MATCH = "match"
    MISMATCH = "mismatch"
    INCONCLUSIVE = "inconclusive"
    UNCHECKED = "unchecked"


class Overflow(StrEnum):
    """What to do with a conversation that is longer than the model's context."""

    REFUSE = "refuse"
    DROP_OLDEST = "drop-oldest"
    """Leave out the oldest messages, never the system prompt; the receipt says how many."""


class FinishReason(StrEnum):
    """Why an answer ended."""

    STOP = "stop"
    """The model ended it, or a stop string was met."""
    LENGTH = "length"
    """`max_tokens` or the context was used up."""
    TOOL_CALLS = "tool-calls"
    """The model wants functions to be called."""
    CANCELLED = "cancelled"
    """The person who asked stopped it."""


class Function(Struct, frozen=True):
    """Something that whoever asks can do for the model."""

    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    description: Annotated[str, Meta(max_length=MAX_FORM)] = ""
    parameters: Annotated[str, Meta(max_length=MAX_FORM)] = '{"type":"object","properties":{}}'
    """JSON schema of its arguments, an object."""
    strict: bool = False
    """Arguments that break the schema must be impossible, not only unlikely."""


class ToolCall(Struct, frozen=True):
    """A function that the model wants called."""

    id: str
    """Names the call in the message that brings its result."""
    name: str
    arguments: str
    """A JSON object."""


class Message(Struct, frozen=True):
    """One message of a conversation."""

    role: Role
    text: str
    calls: tuple[ToolCall, ...] = ()
    """Functions that the assistant wanted called."""
    call_id: str = ""
    """Of `Role.TOOL`: which call this is the result of."""


class Sampling(Struct, frozen=True, forbid_unknown_fields=True):
    """How the next token is chosen, in llama.cpp's terms and with its defaults."""

    temperature: Annotated[float, Meta(ge=0.0, le=5.0)] = 0.8
    """0 always takes the most likely token."""
    top_k: Annotated[int, Meta(ge=0, le=1_000_000)] = 40
    """Only the k most likely tokens; 0 is off."""
    top_p: Annotated[float, Meta(gt=0.0, le=1.0)] = 0.95
    """Only the smallest set of tokens with this total probability; 1 is off."""
    min_p: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.05
    """Only tokens at least this probable in relation to the best; 0 is off."""
    repeat_penalty: Annotated[float, Meta(gt=0.0, le=10.0)] = 1.0
    """Divides the logits of tokens that occurred among the last 64; 1 is off."""
    presence_penalty: Annotated[float, Meta(ge=-2.0, le=2.0)] = 0.0
    """Taken from the logit of each token that occurred at all."""
    frequency_penalty: Annotated[float, Meta(ge=-2.0, le=2.0)] = 0.0
    """Taken from a token's logit once for each time it occurred."""
    seed: Annotated[int, Meta(ge=0, le=2**63 - 1)] | None = None
    """The same seed gives the same answer; without one each answer has a fresh seed."""
    logit_bias: Annotated[
        dict[TokenId, Annotated[float, Meta(ge=-100.0, le=100.0)]], Meta(max_length=MAX_BIASES)
    ] = {}
    """Added to the logits of tokens, before everything else; -100 forbids a token."""


class Conversation(Struct, frozen=True, tag="conversation"):
    """A prompt as messages; the model's own template turns it into text."""

    messages: Annotated[tuple[Message, ...], Meta(min_length=1)]
    functions: Annotated[tuple[Function, ...], Meta(max_length=MAX_FUNCTIONS)] = ()
    """What the model may want called."""
    must_call: bool = False
    """It has to call at least one of them."""
    one_call: bool = False
    """It may call one of them only."""


class RawText(Struct, frozen=True, tag="text"):
    """A prompt as text that the model continues as it stands."""

    text: str


class TokenPrompt(Struct, frozen=True, tag="tokens"):
    """A prompt as tokens of the model's vocabulary, BOS included if it wants one."""

    tokens: Annotated[tuple[TokenId, ...], Meta(min_length=1, max_length=MAX_BEGUN)]


Prompt = Conversation | RawText | TokenPrompt


class JsonSchema(Struct, frozen=True, tag="json-schema"):
    """An answer that is JSON of this schema."""

    text: Annotated[str, Meta(min_length=1, max_length=MAX_FORM)]


class Grammar(Struct, frozen=True, tag="grammar"):
    """An answer that follows a grammar in llama.cpp's GBNF, whose first rule is `root`."""

    text: Annotated[str, Meta(min_length=1, max_length=MAX_FORM)]
    after: Annotated[str, Meta(max_length=200)] = ""
    """The answer is free until this text occurs; the grammar holds for what follows it."""


AnswerForm = JsonSchema | Grammar
"""What an answer must look like."""


class Question(Struct, frozen=True, tag="question"):
    """What is asked of a model."""

    prompt: Prompt
    model: str | None = None
    """A model REF; `None` is the default model of the settings."""
    sampling: Sampling = Sampling()
    max_tokens: Annotated[int, Meta(ge=1)] | None = None
    """`None` is until the context is full."""
    stop: Annotated[tuple[str, ...], Meta(max_length=MAX_STOP)] = ()
    top_logprobs: Annotated[int, Meta(ge=0, le=MAX_TOP_LOGPROBS)] | None = None
    """Alternatives reported with each token; `None` reports no log-probabilities at all."""
    overflow: Overflow = Overflow.REFUSE
    route: Route = Route.LOCAL
    one_peer: bool = False
    """No second peer may see it: none is asked as well, and an answer that breaks off goes on at
    the same peer or not at all."""
    client: str = OWNER
    """Who asks: answers are fair among clients, and caches are never shared between them."""
    form: AnswerForm | None = None
    begun: Annotated[tuple[TokenId, ...], Meta(max_length=MAX_BEGUN)] = ()
    """The answer so far, given by another peer with the same seed: it goes on from there."""
    trace: bool = False
    """Report the most likely tokens of each step, for verification."""


class Alternative(Struct, frozen=True):
    """One token the model might have chosen. `data` is its bytes."""

    data: bytes
    logprob: float
    """Natural logarithm, over the whole vocabulary, before penalties and temperature."""


class TokenLogprob(Struct, frozen=True):
    """The chosen token with its best alternatives, most likely first."""

    chosen: Alternative
    top: tuple[Alternative, ...] = ()


class TraceEntry(Struct, frozen=True, array_like=True):
    """The `TRACE_TOP` most likely tokens of one step, best first, the lower id first among equals
    (fewer if the vocabulary is smaller)."""

    ids: tuple[int, ...]
    logprobs: tuple[int, ...]
    """Natural logarithms over the whole vocabulary before all sampling, in 1/`TRACE_UNIT`."""


class Receipt(Struct, frozen=True):
    """What an answer took, and where it was made."""

    request_id: RequestId
    model: str
    model_sha256: ModelHash
    route: Route
    served_by: ServedBy
    peer: str
    """Short id of the peer that answered."""
    finish: FinishReason
    prompt_tokens: int
    completion_tokens: int
    cached_tokens: int = 0
    """Prompt tokens that were still in memory from an earlier question."""
    dropped_messages: int = 0
    """Oldest messages left out to fit the context (`Overflow.DROP_OLDEST`)."""
    first_token_ms: float | None = None
    """From the question's arrival at the peer to its first token; `None` if there was none."""
    tokens_per_second: float | None = None
    """Of the tokens after the first; `None` with fewer than two tokens."""
    attempts: tuple[str, ...] = ()
    """Short ids of the peers that were tried, in order."""
    link: str = ""
    """How the peer was reached: "direct, 12 ms"; empty for this computer."""
    energy_wh: float | None = None
    energy_source: str = "unknown"
    credits: float = 0.0
    check: CheckState = CheckState.UNCHECKED
    fallback_reason: FallbackReason | None = None
    """Set if, and only if, a provider outside of the mesh answered."""


class Embeddings(Struct, frozen=True):
    """Vectors of texts, in their order, each of length 1."""

    model: str
    model_sha256: ModelHash
    peer: str
    """Short id of the peer that made them."""
    vectors: tuple[tuple[float, ...], ...]
    tokens: int
    """Of all texts together."""


class Accepted(Struct, frozen=True, tag_field="event", tag="accepted"):
    """Somebody will answer. Always first, so that headers can be sent."""

    request_id: RequestId
    model: str
    model_sha256: ModelHash
    served_by: ServedBy
    peer: str
    fallback_reason: FallbackReason | None = None


class Waiting(Struct, frozen=True, tag_field="event", tag="waiting"):
    """Nothing to show yet, and why, in a person's words: "Loading SmolLM2 135M"."""

    reason: str


class Piece(Struct, frozen=True, tag_field="event", tag="piece"):
    """The next characters; may be empty when only tokens or `logprobs` are new."""

    text: str
    logprobs: tuple[TokenLogprob, ...] = ()
    tokens: tuple[int, ...] = ()
    """Ids of the new tokens; each token of the answer is in exactly one piece."""
    trace: tuple[TraceEntry, ...] = ()
    """One entry for each of `tokens`, if the question asked for it."""
    calls: tuple[ToolCall, ...] = ()
    """Functions to be called, each whole; only such as the question named."""


class Finished(Struct, frozen=True, tag_field="event", tag="finished"):
    """The answer is complete. Always last."""

    receipt: Receipt
    proof: "Proof | None" = None
    """Of an answer that one peer has given alone."""


class Proof(Struct, frozen=True):
    """By what an answer can be checked later."""

    root: bytes | None
    """Commits the peer to the numbers behind every token; `None` if it did not commit."""
    end_token: int | None
    """By which the model ended the answer."""
