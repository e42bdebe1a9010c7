"""What OpenAI's clients ask, as `Question`s. Pure.

Where a request is silent the defaults of `Sampling` hold (llama.cpp's): the settings of the Chat
page are the owner's choice for the window and do not change what programs get. A text completion
is `DEFAULT_TEXT_TOKENS` long unless it says otherwise, as OpenAI documents.

Unknown fields are ignored, because clients send many that change nothing (`user`, `store`,
`metadata`, ...). A field that would change the answer in a way we cannot do is refused by name.
Ours are llama.cpp's `top_k`, `min_p`, `repeat_penalty`, `grammar` and `json_schema`, and
`closedmesh` (`Extras`). Every limit is checked here, before anything is kept for a request.
"""

import re
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct, structs

from closedmesh.api.bodies import convert, decode
from closedmesh.api.messages import ChatMessage, Tools, conversation
from closedmesh.errors import BadRequest
from closedmesh.models import forms
from closedmesh.models.chat import (
    MAX_BEGUN,
    MAX_BIASES,
    MAX_STOP,
    MAX_TOP_LOGPROBS,
    AnswerForm,
    Overflow,
    Prompt,
    Question,
    RawText,
    Route,
    Sampling,
    TokenId,
    TokenPrompt,
)

DEFAULT_TEXT_TOKENS = 16
"""Length of a text completion that does not name one, in tokens: OpenAI's documented default."""

MAX_CHOICES = 16
"""Answers to one request; each takes a place, or waits for one."""

SEEDS = 2**63
"""Any whole number is a seed; it is taken modulo this many."""

NEUTRAL: dict[str, tuple[Any, ...]] = {
    "echo": (False,),
    "suffix": ("",),
    "functions": ([],),
    "function_call": ("none", "auto"),
    "modalities": (["text"],),
    "audio": (),
    "web_search_options": (),
    "reasoning_effort": ("none",),
    "verbosity": ("medium",),
    "ignore_eos": (False,),
    "prediction": (),
    "mirostat": (0,),
    "typical_p": (1,),
    "xtc_probability": (0,),
    "dry_multiplier": (0,),
    "dynatemp_range": (0,),
    "samplers": (),
}
"""Fields that would change the answer in a way we cannot do, with the values that change nothing
(`null` never does). Any other value is refused."""

Penalty = Annotated[float, Meta(ge=-2.0, le=2.0)]
Count = Annotated[int, Meta(ge=1)]
Choices = Annotated[int, Meta(ge=1, le=MAX_CHOICES)]
Bias = Annotated[float, Meta(ge=-100.0, le=100.0)]
Tokens = Annotated[list[TokenId], Meta(min_length=1, max_length=MAX_BEGUN)]


class Extras(Struct, frozen=True, forbid_unknown_fields=True):
    """The field `closedmesh`: what OpenAI's API has no word for."""

    route: Route | None = None
    """Where the question may be answered; the header `x-closedmesh-route` goes before it."""
    overflow: Overflow = Overflow.REFUSE
    one_peer: bool = False
    """No second peer of the mesh may see the question."""


class StreamOptions(Struct, frozen=True):
    """How a stream is sent."""

    include_usage: bool | None = None


class NamedSchema(Struct, frozen=True):
    """A schema in a `response_format`."""

    schema: dict[str, Any]
    name: str | None = None
    strict: bool | None = None
    """Every form is kept strictly here."""


class ResponseFormat(Struct, frozen=True):
    """What an answer must look like."""

    type: Literal["text", "json_object", "json_schema"]
    json_schema: NamedSchema | None = None
    schema: dict[str, Any] | None = None
    """llama.cpp's place for it, with `json_object`."""


class Common(Struct, frozen=True):
    """What both kinds of request have."""

    model: str | None = None
    temperature: Annotated[float, Meta(ge=0.0, le=5.0)] | None = None
    top_p: Annotated[float, Meta(ge=0.0, le=1.0)] | None = None
    top_k: Annotated[int, Meta(ge=0, le=1_000_000)] | None = None
    min_p: Annotated[float, Meta(ge=0.0, le=1.0)] | None = None
    repeat_penalty: Annotated[float, Meta(gt=0.0, le=10.0)] | None = None
    presence_penalty: Penalty | None = None
    frequency_penalty: Penalty | None = None
    seed: int | None = None
    stop: str | list[str] | None = None
    max_tokens: Count | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None
    n: Choices | None = None
    best_of: Choices | None = None
    logit_bias: Annotated[dict[str, Bias], Meta(max_length=MAX_BIASES)] | None = None
    response_format: ResponseFormat | None = None
    json_schema: dict[str, Any] | None = None
    grammar: str | None = None
    closedmesh: Extras | None = None


class ChatRequest(Common, frozen=True, kw_only=True):
    """The body of `POST /v1/chat/completions`."""

    messages: Annotated[list[ChatMessage], Meta(min_length=1)]
    max_completion_tokens: Count | None = None
    logprobs: bool | None = None
    top_logprobs: Annotated[int, Meta(ge=0, le=MAX_TOP_LOGPROBS)] | None = None
    tools: Tools | None = None
    tool_choice: Any = None
    parallel_tool_calls: bool | None = None


class TextRequest(Common, frozen=True, kw_only=True):
    """The body of `POST /v1/completions`."""

    prompt: str | list[Any]
    logprobs: Annotated[int, Meta(ge=0, le=MAX_TOP_LOGPROBS)] | None = None


class Asked(Struct, frozen=True):
    """A request, understood."""

    questions: tuple[Question, ...]
    """The same one for each answer that is wanted, with seeds of their own."""
    stream: bool
    include_usage: bool

    @property
    def logprobs(self) -> bool:
        """Log-probabilities are wanted."""
        return self.questions[0].top_logprobs is not None


def chat(body: bytes, route: str | None = None) -> Asked:
    """Understand a chat request; `route` is the header's. Raises `BadRequest`."""
    request = convert(_supported(body), ChatRequest)
    if request.top_logprobs is not None and not request.logprobs:
        raise BadRequest(
            "top_logprobs needs logprobs.", "Set logprobs to true.", param="top_logprobs"
        )
    return _asked(
        request,
        conversation(
            request.messages,
            request.tools or (),
            request.tool_choice,
            parallel=request.parallel_tool_calls is not False,
        ),
        max_tokens=request.max_completion_tokens or request.max_tokens,
        top_logprobs=(request.top_logprobs or 0) if request.logprobs else None,
        route=route,
    )


def text(body: bytes, route: str | None = None) -> Asked:
    """Understand a text completion request; `route` is the header's. Raises `BadRequest`."""
    request = convert(_supported(body), TextRequest)
    return _asked(
        request,
        _prompt(request.prompt),
        max_tokens=request.max_tokens or DEFAULT_TEXT_TOKENS,
        top_logprobs=request.logprobs,
        route=route,
    )


def _supported(body: bytes) -> dict[str, Any]:
    """The request's fields, none of which asks for what we cannot do."""
    fields = decode(body, dict[str, Any])
    for name, neutral in NEUTRAL.items():
        value = fields.get(name)
        if value is not None and value not in neutral:
            raise BadRequest(
                f"{name} is not supported with this value.", f"Leave {name} out.", param=name
            )
    return fields


def _asked(
    request: Common,
    prompt: Prompt,
    *,
    max_tokens: int | None,
    top_logprobs: int | None,
    route: str | None,
) -> Asked:
    options = request.stream_options
    if options is not None and not request.stream:
        raise BadRequest(
            "stream_options needs stream.", "Set stream to true.", param="stream_options"
        )
    extras = request.closedmesh or Extras()
    question = Question(
        prompt=prompt,
        model=request.model,
        sampling=_sampling(request),
        max_tokens=max_tokens,
        stop=_stop(request.stop),
        top_logprobs=top_logprobs,
        overflow=extras.overflow,
        one_peer=extras.one_peer,
        route=_route(route, extras),
        form=_form(request),
    )
    usage = bool(options and options.include_usage)
    return Asked(_repeated(question, request), bool(request.stream), usage)


def _repeated(question: Question, request: Common) -> tuple[Question, ...]:
    """The question once for each answer. The first has the seed that was asked for."""
    count = request.n or 1
    if request.best_of not in (None, count):
        raise BadRequest("best_of must be n.", "Leave best_of out.", param="best_of")
    seed = question.sampling.seed
    if seed is None:
        return (question,) * count
    return tuple(
        structs.replace(
            question, sampling=structs.replace(question.sampling, seed=(seed + i) % SEEDS)
        )
        for i in range(count)
    )


def _prompt(given: str | list[Any]) -> RawText | TokenPrompt:
    """One prompt: a text, its tokens, or a list of one of these."""
    if isinstance(given, list) and len(given) == 1 and isinstance(given[0], str | list):
        given = given[0]
    if isinstance(given, str):
        return RawText(given)
    return TokenPrompt(tuple(convert({"prompt": given}, _Tokens).prompt))


class _Tokens(Struct, frozen=True):
    prompt: Tokens


def _form(request: Common) -> AnswerForm | None:
    """What the answer must look like, said in one of the ways there are."""
    found: list[AnswerForm] = []
    if request.grammar:
        found.append(forms.grammar(request.grammar, "grammar"))
    if request.json_schema:
        found.append(forms.json_schema(request.json_schema, "json_schema"))
    if (wanted := request.response_format) and wanted.type != "text":
        found.append(_response_form(wanted))
    if len(found) > 1:
        raise BadRequest(
            "An answer cannot have two forms.",
            "Send one of response_format, json_schema and grammar.",
            param="response_format",
        )
    return found[0] if found else None


def _response_form(wanted: ResponseFormat) -> AnswerForm:
    if wanted.type == "json_object":
        if wanted.schema is None:
            return forms.ANY_OBJECT
        return forms.json_schema(wanted.schema, "response_format.schema")
    if wanted.json_schema is None:
        raise BadRequest(
            "A response_format of this type needs a schema.",
            "Set response_format.json_schema.",
            param="response_format.json_schema",
        )
    return forms.json_schema(wanted.json_schema.schema, "response_format.json_schema.schema")


def _sampling(request: Common) -> Sampling:
    given = {
        name: value
        for name in (
            "temperature",
            "top_p",
            "top_k",
            "min_p",
            "repeat_penalty",
            "presence_penalty",
            "frequency_penalty",
        )
        if (value := getattr(request, name)) is not None
    }
    if given.get("top_p") == 0:  # only the likeliest token is left
        given |= {"top_p": 1.0, "temperature": 0.0}
    seed = None if request.seed is None else request.seed % SEEDS
    return Sampling(**given, seed=seed, logit_bias=_biases(request.logit_bias or {}))


def _biases(given: dict[str, float]) -> dict[int, float]:
    """Biases by token; JSON's names are texts."""
    numbers = re.compile(r"[0-9]{1,10}", re.ASCII)
    biases = {int(t): bias for t, bias in given.items() if numbers.fullmatch(t)}
    if len(biases) < len(given) or any(token >= 2**31 for token in biases):
        raise BadRequest(
            "logit_bias names something that is no token.",
            "Use token numbers of the model's vocabulary as names.",
            param="logit_bias",
        )
    return biases


def _stop(given: str | list[str] | None) -> tuple[str, ...]:
    """Empty strings are left out: clients send them where nothing was typed."""
    words = tuple(word for word in ([given] if isinstance(given, str) else given or ()) if word)
    if len(words) > MAX_STOP:
        raise BadRequest(
            f"{len(words)} stop strings are too many.", f"Send at most {MAX_STOP}.", param="stop"
        )
    return words


def _route(header: str | None, extras: Extras) -> Route:
    if header is None:
        return extras.route or Route.LOCAL
    if header not in tuple(Route):
        raise BadRequest(
            f"There is no route {header[:40]!r}.",
            f"Use one of {', '.join(Route)}.",
            param="x-closedmesh-route",
        )
    return Route(header)
