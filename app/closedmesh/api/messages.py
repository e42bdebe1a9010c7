"""Messages and functions of a chat request, in OpenAI's form, as a `Conversation`. Pure."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from closedmesh.api.bodies import convert
from closedmesh.errors import BadRequest
from closedmesh.models import forms
from closedmesh.models.chat import MAX_FUNCTIONS, Conversation, Function, Message, Role, ToolCall

ROLES = {
    "system": Role.SYSTEM,
    "developer": Role.SYSTEM,
    "user": Role.USER,
    "assistant": Role.ASSISTANT,
    "tool": Role.TOOL,
}

NO_PARAMETERS = {"type": "object", "properties": {}}


class Part(Struct, frozen=True):
    """A piece of a message's content."""

    type: str
    text: str | None = None


class CalledFunction(Struct, frozen=True):
    """What an assistant's message says was called."""

    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    arguments: str = "{}"


class CallBody(Struct, frozen=True):
    """A call of an earlier turn."""

    id: Annotated[str, Meta(min_length=1, max_length=200)]
    function: CalledFunction
    type: Literal["function"] = "function"


class ChatMessage(Struct, frozen=True):
    """A message as OpenAI's clients send it."""

    role: str
    content: str | list[Part] | None = None
    tool_calls: list[CallBody] | None = None
    tool_call_id: str | None = None
    function_call: Any = None


class FunctionBody(Struct, frozen=True):
    """A function that may be called."""

    name: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
    description: str | None = None
    parameters: dict[str, Any] | None = None
    strict: bool | None = None


class ToolBody(Struct, frozen=True):
    """One of `tools`."""

    function: FunctionBody
    type: Literal["function"] = "function"


class Named(Struct, frozen=True):
    """The function of a `tool_choice`."""

    name: str


class ToolChoice(Struct, frozen=True):
    """A `tool_choice` that names a function."""

    function: Named
    type: Literal["function"] = "function"


Tools = Annotated[list[ToolBody], Meta(max_length=MAX_FUNCTIONS)]


def conversation(
    messages: Sequence[ChatMessage],
    tools: Sequence[ToolBody],
    choice: Any,
    *,
    parallel: bool,
) -> Conversation:
    """A chat and what may be called in it. Raises `BadRequest`."""
    said: list[Message] = []
    ids: set[str] = set()
    for index, message in enumerate(messages):
        read = _message(f"messages[{index}]", message, ids)
        ids |= {call.id for call in read.calls}
        said.append(read)
    functions = [_function(f"tools[{index}]", tool) for index, tool in enumerate(tools)]
    if len({function.name for function in functions}) < len(functions):
        raise BadRequest("Two functions have one name.", "Name each once.", param="tools")
    functions, must_call = _chosen(functions, choice)
    one_call = bool(functions) and not parallel
    return Conversation(tuple(said), tuple(functions), must_call, one_call)


def _chosen(functions: list[Function], choice: Any) -> tuple[list[Function], bool]:
    """The functions that a `tool_choice` leaves, and whether one of them has to be called."""
    if choice in (None, "auto"):
        return functions, False
    if choice == "none":
        return [], False
    wanted = functions
    if choice != "required":
        name = convert({"tool_choice": choice}, _Choice).tool_choice.function.name
        wanted = [function for function in functions if function.name == name]
    if not wanted:
        raise BadRequest(
            "tool_choice asks for a function that tools does not have.",
            "Add it to tools, or set tool_choice to auto.",
            param="tool_choice",
        )
    return wanted, True


class _Choice(Struct, frozen=True):
    tool_choice: ToolChoice


def _function(at: str, tool: ToolBody) -> Function:
    body = tool.function
    schema = forms.json_schema(body.parameters or NO_PARAMETERS, f"{at}.function.parameters")
    return Function(body.name, body.description or "", schema.text, strict=bool(body.strict))


def _message(at: str, message: ChatMessage, ids: set[str]) -> Message:
    """One message; `ids` are the calls of those before it."""
    if message.role not in ROLES:
        raise BadRequest(
            f"There is no role {message.role[:40]!r} here.",
            "Use system, developer, user, assistant or tool.",
            param=f"{at}.role",
        )
    role = ROLES[message.role]
    if message.function_call:
        raise BadRequest(
            "function_call is of an older time.", "Use tool_calls.", param=f"{at}.function_call"
        )
    calls = tuple(_call(f"{at}.tool_calls[{n}]", c) for n, c in enumerate(message.tool_calls or ()))
    if calls and role is not Role.ASSISTANT:
        raise BadRequest(
            "Only the assistant calls functions.", "Leave it out.", param=f"{at}.tool_calls"
        )
    if role is Role.TOOL and message.tool_call_id not in ids:
        raise BadRequest(
            "A result belongs to no call of the messages before it.",
            "Set tool_call_id to the id of a call.",
            param=f"{at}.tool_call_id",
        )
    call_id = (message.tool_call_id or "") if role is Role.TOOL else ""
    return Message(role, _text(at, message, optional=bool(calls)), calls, call_id)


def _call(at: str, call: CallBody) -> ToolCall:
    try:
        arguments = json.loads(call.function.arguments or "{}")
    except (ValueError, RecursionError):
        arguments = None
    if not isinstance(arguments, dict):
        raise BadRequest(
            "The arguments of a call are no JSON object.",
            "Send them as they came.",
            param=f"{at}.function.arguments",
        )
    return ToolCall(call.id, call.function.name, call.function.arguments or "{}")


def _text(at: str, message: ChatMessage, *, optional: bool) -> str:
    if message.content is None:
        if optional:
            return ""
        raise BadRequest("A message has no content.", "Give it text.", param=f"{at}.content")
    if isinstance(message.content, str):
        return message.content
    return "".join(_part(f"{at}.content[{n}]", part) for n, part in enumerate(message.content))


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
