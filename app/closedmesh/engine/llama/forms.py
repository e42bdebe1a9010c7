"""Turns what an answer must look like into a grammar, and refuses what would choke llama.cpp.

Forms come from strangers, and llama.cpp reads grammars by recursion in the process that answers
everybody: depth, repetitions and size are bounded before it sees one.
"""

import json
import re
from typing import Any

from llama_cpp.llama_grammar import json_schema_to_gbnf

from closedmesh.errors import BadRequest
from closedmesh.models.chat import AnswerForm, Grammar, JsonSchema

MAX_DEPTH = 32
"""Levels of a schema, and of a grammar's brackets."""

MAX_PARTS = 5000
"""Values in a schema, and rules of a grammar."""

MAX_REPETITIONS = 10_000
"""Sum of all numbers in a grammar's braces: each is a rule in llama.cpp."""

MAX_GRAMMAR = 400_000
"""Characters of a grammar that was made from a schema."""

_TOKEN = re.compile(
    r"""
    "(?:\\.|[^"\\])*" | \[(?:\\.|[^\]\\])*\] | \#[^\n]*   # neither counts inside
    | (?P<rule>::=) | (?P<open>\() | (?P<close>\)) | \{(?P<numbers>[0-9,\s]*)\}
    """,
    re.VERBOSE | re.DOTALL,
)
_COUNTS = ("minItems", "maxItems", "minLength", "maxLength")


def grammar_text(form: AnswerForm) -> str:
    """The grammar of a form, in GBNF. Raises `BadRequest`."""
    match form:
        case Grammar(text):
            return _checked(text)
        case JsonSchema(text):
            return _checked(_converted(text))


def _converted(text: str) -> str:
    try:
        schema = json.loads(text)
        _check_schema(schema, 0, [0])
        return str(json_schema_to_gbnf(text))
    except BadRequest:
        raise
    except (
        AssertionError,
        AttributeError,
        IndexError,
        KeyError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        raise _refused(
            f"The JSON schema cannot be turned into a grammar ({type(error).__name__})."
        ) from None


def _check_schema(value: Any, depth: int, seen: list[int]) -> None:
    seen[0] += 1
    if depth > MAX_DEPTH or seen[0] > MAX_PARTS:
        raise _refused(f"The JSON schema has more than {MAX_DEPTH} levels or {MAX_PARTS} parts.")
    if isinstance(value, dict):
        for name in _COUNTS:
            if isinstance(count := value.get(name), int) and count > MAX_REPETITIONS:
                raise _refused(f"The JSON schema has a {name} above {MAX_REPETITIONS}.")
        for part in value.values():
            _check_schema(part, depth + 1, seen)
    elif isinstance(value, list):
        for part in value:
            _check_schema(part, depth + 1, seen)


def _checked(text: str) -> str:
    depth = rules = repetitions = 0
    for match in _TOKEN.finditer(text):
        if match["open"]:
            depth += 1
        elif match["close"]:
            depth -= 1
        elif match["rule"]:
            rules += 1
        elif match["numbers"]:
            repetitions += sum(int(number[:9]) for number in re.findall("[0-9]+", match["numbers"]))
        if depth > MAX_DEPTH:
            raise _refused(f"The grammar has brackets more than {MAX_DEPTH} deep.")
    if rules > MAX_PARTS or repetitions > MAX_REPETITIONS or len(text) > MAX_GRAMMAR:
        raise _refused(
            f"The grammar has {rules} rules and {repetitions} repetitions in {len(text)}"
            f" characters; {MAX_PARTS}, {MAX_REPETITIONS} and {MAX_GRAMMAR} are the most."
        )
    return text


def _refused(title: str) -> BadRequest:
    return BadRequest(title, "Use a simpler form.", param="response_format")
