"""Forms that an answer may be held to, checked before a model's process compiles them. Pure.

What is compiled runs in native code, so that its size, depth and repetitions are limited here:
a form that asks for more than these is refused, whoever sends it.
"""

import json
import re
from typing import Any

from closedmesh.errors import BadRequest
from closedmesh.models.chat import MAX_FORM, Grammar, JsonSchema

MAX_DEPTH = 40
"""Schemas within schemas, and brackets within brackets; OpenAI allows 10 levels."""

MAX_PARTS = 10_000
"""Values in a schema; OpenAI allows 5,000 properties."""

MAX_REPETITION = 1_000
"""Times that a part may be asked for; llama.cpp writes each of them out."""

ANY_OBJECT = JsonSchema('{"type":"object"}')

_COUNTS = frozenset({"minItems", "maxItems", "minLength", "maxLength"})
_REPETITION = re.compile(r"\{\s*(\d*)\s*(?:,\s*(\d*)\s*)?\}")


def json_schema(schema: Any, param: str) -> JsonSchema:
    """A form of decoded JSON; `param` names where it stands in the request. Raises `BadRequest`."""
    if not isinstance(schema, dict):
        raise _refuse("The schema is no JSON object.", param)
    left = MAX_PARTS
    todo: list[tuple[Any, int]] = [(schema, 0)]
    while todo:
        value, depth = todo.pop()
        left -= 1
        if left < 0:
            raise _refuse(f"The schema has more than {MAX_PARTS:,} parts.", param)
        if depth > MAX_DEPTH:
            raise _refuse(f"The schema is nested more than {MAX_DEPTH} levels deep.", param)
        if isinstance(value, dict):
            _check_counts(value, param)
            todo += [(part, depth + 1) for part in value.values()]
        elif isinstance(value, list):
            todo += [(part, depth + 1) for part in value]
    text = json.dumps(schema, ensure_ascii=False)
    _check_length(text, param)
    return JsonSchema(text)


def grammar(text: str, param: str) -> Grammar:
    """A form in llama.cpp's GBNF. Raises `BadRequest`."""
    _check_length(text, param)
    if not re.search(r"^\s*root\s*::=", text, re.MULTILINE):
        raise _refuse("The grammar has no rule `root`.", param)
    depth = 0
    for sign in re.sub(r'"(?:[^"\\]|\\.)*"|\[(?:[^\]\\]|\\.)*\]', "", text):
        depth += (sign == "(") - (sign == ")")
        if depth > MAX_DEPTH:
            raise _refuse(f"The grammar is nested more than {MAX_DEPTH} levels deep.", param)
    _check_repetitions(text, param)
    return Grammar(text)


def _check_length(text: str, param: str) -> None:
    if not 0 < len(text) <= MAX_FORM:
        raise _refuse(f"It has {len(text):,} characters; at most {MAX_FORM:,} are taken.", param)


def _check_counts(schema: dict[str, Any], param: str) -> None:
    for name in _COUNTS & schema.keys():
        count = schema[name]
        if isinstance(count, int | float) and not 0 <= count <= MAX_REPETITION:
            raise _refuse(f"{name} is {count}; at most {MAX_REPETITION:,} is taken.", param)
    if isinstance(pattern := schema.get("pattern"), str):
        _check_repetitions(pattern, param)


def _check_repetitions(text: str, param: str) -> None:
    for found in _REPETITION.finditer(text):
        for count in found.groups():
            if count and int(count[:9]) > MAX_REPETITION:
                raise _refuse(
                    f"It repeats a part {found.group()} times; at most {MAX_REPETITION:,} is"
                    " taken.",
                    param,
                )


def _refuse(title: str, param: str) -> BadRequest:
    return BadRequest(title, "Ask for a simpler form.", param=param)
