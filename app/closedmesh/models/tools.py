"""Functions that a model may want called: how it is told of them, and how its wish is read. Pure.

Models that were taught to call functions show it in their chat template, each family in its own
`Dialect`. To all others, and wherever a call must be made or must obey its schema, the functions
are described in the system prompt, and the answer is held to JSON: `PLAIN`. Whatever the dialect,
only functions that the question named come out as calls; the rest is text like any other.
"""

import json
import re
from typing import Any

from msgspec import structs

from closedmesh.errors import BadRequest
from closedmesh.models.chat import (
    MAX_FORM,
    Conversation,
    Function,
    JsonSchema,
    Message,
    Question,
    Role,
    ToolCall,
)
from closedmesh.models.tool_reader import Dialect, Reader

MAX_CALLS = 8
"""Calls of one answer in `PLAIN`; small models would repeat themselves for ever."""

PLAIN_RULE = """\
You can have functions called. Answer with one JSON object and nothing else: \
{"tool_calls": [{"name": NAME, "arguments": ARGUMENTS}]} to have functions called, or \
{"response": TEXT} to answer. The functions:
"""

PLAIN_ORDER = """\
Have functions called. Answer with one JSON object and nothing else: \
{"tool_calls": [{"name": NAME, "arguments": ARGUMENTS}]}. The functions:
"""


def dialect_of(template: str | None) -> Dialect:
    """How the model of a chat template was taught to call functions."""
    if template is None or not re.search(r"\btools\b", template):
        return Dialect.PLAIN
    if "<tool_call>" in template and "<arg_key>" not in template and "<function=" not in template:
        return Dialect.TAGGED
    if '"parameters":' in template or "[TOOL_CALLS]" in template:
        return Dialect.WHOLE
    return Dialect.PLAIN


def prepare(
    question: Question, template: str | None, request_id: str
) -> tuple[Question, Reader | None]:
    """The question as the model can understand it, and the reader of its answer; `None` where no
    function may be called. `request_id` makes the ids of calls unique. Raises `BadRequest`."""
    prompt = question.prompt
    if not isinstance(prompt, Conversation) or not _speaks_of_functions(prompt):
        return question, None
    if prompt.functions and question.form:
        raise BadRequest(
            "An answer cannot both call functions and have a form of its own.",
            "Leave out either tools or response_format.",
            param="response_format",
        )
    forced = prompt.must_call or any(function.strict for function in prompt.functions)
    dialect = Dialect.PLAIN if forced else dialect_of(template)
    if dialect is Dialect.PLAIN:
        question = _plain(question, prompt)
    if not prompt.functions:
        return question, None
    names = frozenset(function.name for function in prompt.functions)
    return question, Reader(dialect, names, request_id)


def _speaks_of_functions(prompt: Conversation) -> bool:
    return bool(prompt.functions) or any(m.calls or m.role is Role.TOOL for m in prompt.messages)


def _plain(question: Question, prompt: Conversation) -> Question:
    messages = _in_words(prompt)
    if not prompt.functions:
        return structs.replace(question, prompt=Conversation(messages))
    rule = PLAIN_ORDER if prompt.must_call else PLAIN_RULE
    rule += "\n".join(json.dumps(as_json(f), ensure_ascii=False) for f in prompt.functions)
    if messages[0].role is Role.SYSTEM:
        first = structs.replace(messages[0], text=f"{messages[0].text}\n\n{rule}")
        messages = (first, *messages[1:])
    else:
        messages = (Message(Role.SYSTEM, rule), *messages)
    schema = json.dumps(_schema(prompt), ensure_ascii=False)
    if len(schema) > MAX_FORM:
        raise BadRequest(
            f"The functions have {len(schema):,} characters in all.",
            f"At most {MAX_FORM:,} are taken; name fewer of them.",
            param="tools",
        )
    return structs.replace(question, prompt=Conversation(messages), form=JsonSchema(schema))


def _in_words(prompt: Conversation) -> tuple[Message, ...]:
    """The messages for a model that knows nothing of calls."""
    names = {call.id: call.name for message in prompt.messages for call in message.calls}
    said: list[Message] = []
    results: list[str] = []
    for message in prompt.messages:
        if message.role is Role.TOOL:
            name = names.get(message.call_id, "the function")
            results.append(f"Result of {name}: {message.text}")
            continue
        if results:
            said.append(Message(Role.USER, "\n".join(results)))
            results = []
        said.append(_calls_in_words(message) if message.calls else message)
    if results:
        said.append(Message(Role.USER, "\n".join(results)))
    return tuple(said)


def _calls_in_words(message: Message) -> Message:
    calls = [{"name": call.name, "arguments": arguments(call)} for call in message.calls]
    text = json.dumps({"tool_calls": calls}, ensure_ascii=False)
    return Message(message.role, f"{message.text}\n{text}".strip())


def as_json(function: Function) -> dict[str, Any]:
    """A function as models were taught to see it."""
    return {
        "name": function.name,
        "description": function.description,
        "parameters": json.loads(function.parameters),
    }


def arguments(call: ToolCall) -> Any:
    """A call's arguments as a value; chat templates want them so."""
    return json.loads(call.arguments)


def _schema(prompt: Conversation) -> dict[str, Any]:
    """What an answer in `PLAIN` looks like."""
    shared: dict[str, Any] = {}
    calls = {
        "type": "array",
        "items": {"anyOf": [_call_schema(f, shared) for f in prompt.functions]},
        "minItems": 1,
        "maxItems": 1 if prompt.one_call else MAX_CALLS,
    }
    alternatives = [_object({"tool_calls": calls})]
    if not prompt.must_call:
        alternatives.append(_object({"response": {"type": "string"}}))
    return {"anyOf": alternatives, "$defs": shared}


def _call_schema(function: Function, shared: dict[str, Any]) -> dict[str, Any]:
    """A call's schema; what it refers to within itself moves into `shared` under new names."""
    own: dict[str, Any] = json.loads(function.parameters)
    definitions = {
        f"#/{place}/{name}": definition
        for place in ("$defs", "definitions")
        for name, definition in own.pop(place, {}).items()
    }
    places = {old: f"d{len(shared) + i}" for i, old in enumerate(definitions)}
    for old, definition in definitions.items():
        shared[places[old]] = _moved(definition, places)
    wanted = _moved(own, places) if own.get("properties") else {"type": "object"}
    return _object({"name": {"const": function.name}, "arguments": wanted})


def _moved(schema: Any, places: dict[str, str]) -> Any:
    """A schema that refers to definitions where those are now."""
    match schema:
        case {"$ref": str(target)} if target in places:
            return schema | {"$ref": f"#/$defs/{places[target]}"}
        case dict():
            return {key: _moved(value, places) for key, value in schema.items()}
        case list():
            return [_moved(value, places) for value in schema]
        case _:
            return schema


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }
