"""What OpenAI's clients ask, as a `Question`. Pure.

Where a request is silent the defaults of `Sampling` hold (llama.cpp's): the settings of the Chat
page are the owner's choice for the window and do not change what programs get. A text completion
is `DEFAULT_TEXT_TOKENS` long unless it says otherwise, as OpenAI documents.

Unknown fields are ignored, because clients send many that change nothing (`user`, `store`,
`metadata`, ...). A field that would change the answer in a way we cannot do is refused by name.
Ours are llama.cpp's `top_k`, `min_p` and `repeat_penalty`, and `closedmesh` (`Extras`).
"""

from typing import Annotated, Any

from msgspec import Meta, Struct

from closedmesh.api.bodies import convert, decode
from closedmesh.errors import BadRequest
from closedmesh.models.chat import (
    MAX_STOP,
    MAX_TOP_LOGPROBS,
    Conversation,
    Message,
    Overflow,
    Question,
    RawText,
    Role,
    Route,
    Sampling,
)

DEFAULT_TEXT_TOKENS = 16
"""Length of a text completion that does not name one, in tokens: OpenAI's documented default."""

SEEDS = 2**63
"""Any whole number is a seed; it is taken modulo this many."""

NEUTRAL: dict[str, tuple[Any, ...]] = {
    "n": (1,),
    "best_of": (1,),
    "echo": (False,),
    "suffix": ("",),
    "tools": ([],),
    "tool_choice": ("none", "auto"),
    "functions": ([],),
    "function_call": ("none", "auto"),
    "response_format": ({"type": "text"},),
    "json_schema": ({},),
    "grammar": ("",),
    "logit_bias": ({}, []),
    "modalities": (["text"],),
    "audio": (),
    "web_search_options": (),
    "reasoning_effort": ("none",),
    "verbosity": ("medium",),
    "ignore_eos": (False,),
    "mirostat": (0,),
    "typical_p": (1,),
    "xtc_probability": (0,),
    "dry_multiplier": (0,),
    "dynatemp_range": (0,),
    "samplers": (),
}
"""Fields that would change the answer in a way we cannot do, with the values that change nothing
(`null` never does). Any other value is refused."""

ROLES = {
    "system": Role.SYSTEM,
    "developer": Role.SYSTEM,
    "user": Role.USER,
    "assistant": Role.ASSISTANT,
}

Penalty = Annotated[float, Meta(ge=-2.0, le=2.0)]
Count = Annotated[int, Meta(ge=1)]


class Extras(Struct, frozen=True, forbid_unknown_fields=True):
    """The field `closedmesh`: what OpenAI's API has no word for."""

    route: Route | None = None
    """Where the question may be answered; the header `x-closedmesh-route` goes before it."""
    overflow: Overflow = Overflow.REFUSE


class Part(Struct, frozen=True):
    """A piece of a message's content."""

    type: str
    text: str | None = None


class ChatMessage(Struct, frozen=True):
    """A message as OpenAI's clients send it."""

    role: str
    content: str | list[Part] | None = None
    tool_calls: Any = None
    function_call: Any = None


class StreamOptions(Struct, frozen=True):
    """How a stream is sent."""

    include_usage: bool | None = None


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
    closedmesh: Extras | None = None


class ChatRequest(Common, frozen=True, kw_only=True):
    """The body of `POST /v1/chat/completions`."""

    messages: Annotated[list[ChatMessage], Meta(min_length=1)]
    max_completion_tokens: Count | None = None
    logprobs: bool | None = None
    top_logprobs: Annotated[int, Meta(ge=0, le=MAX_TOP_LOGPROBS)] | None = None


class TextRequest(Common, frozen=True, kw_only=True):
    """The body of `POST /v1/completions`."""

    prompt: str | Annotated[list[str], Meta(min_length=1, max_length=1)]
    logprobs: Annotated[int, Meta(ge=0, le=MAX_TOP_LOGPROBS)] | None = None


class Asked(Struct, frozen=True):
    """A request, understood."""

    question: Question
    stream: bool
    include_usage: bool


def chat(body: bytes, route: str | None = None) -> Asked:
    """Understand a chat request; `route` is the header's. Raises `BadRequest`."""
    request = convert(_supported(body), ChatRequest)
    if request.top_logprobs is not None and not request.logprobs:
        raise BadRequest(
            "top_logprobs needs logprobs.", "Set logprobs to true.", param="top_logprobs"
        )
    messages = tuple(_message(index, m) for index, m in enumerate(request.messages))
    return _asked(
        request,
        Conversation(messages),
        max_tokens=request.max_completion_tokens or request.max_tokens,
        top_logprobs=(request.top_logprobs or 0) if request.logprobs else None,
        route=route,
    )


def text(body: bytes, route: str | None = None) -> Asked:
    """Understand a text completion request; `route` is the header's. Raises `BadRequest`."""
    request = convert(_supported(body), TextRequest)
    prompt = request.prompt if isinstance(request.prompt, str) else request.prompt[0]
    return _asked(
        request,
        RawText(prompt),
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


def _message(index: int, message: ChatMessage) -> Message:
    at = f"messages[{index}]"
    if message.role not in ROLES:
        raise BadRequest(
            f"There is no role {message.role[:40]!r} here.",
            "Use system, developer, user or assistant.",
            param=f"{at}.role",
        )
    for name in ("tool_calls", "function_call"):
        if getattr(message, name):
            raise BadRequest("Tools are not supported.", f"Leave {name} out.", param=f"{at}.{name}")
    if message.content is None:
        raise BadRequest("A message has no content.", "Give it text.", param=f"{at}.content")
    if isinstance(message.content, str):
        return Message(ROLES[message.role], message.content)
    parts = (_part(f"{at}.content[{n}]", part) for n, part in enumerate(message.content))
    return Message(ROLES[message.role], "".join(parts))


def _part(at: str, part: Part) -> str:
    if part.type != "text":
        raise BadRequest(
            f"Content of type {part.type[:40]!r} is not supported.",
            "Send text.",
            param=f"{at}.type",
        )
    if part.text is None:
        raise BadRequest("A part has no text.", "Give it text.", param=f"{at}.text")
    return part.text


def _asked(
    request: Common,
    prompt: Conversation | RawText,
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
        route=_route(route, extras),
    )
    usage = bool(options and options.include_usage)
    return Asked(question, stream=bool(request.stream), include_usage=usage)


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
    return Sampling(**given, seed=seed)


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
