"""Renders a model's own chat template, which is a program written by a stranger.

The template comes with the model file, so it runs in jinja2's sandbox, sees only the messages
and a date that the caller gives, and has a budget of steps and of output. Rendering belongs into
the engine's worker process: what the budget does not catch then costs one worker.
"""

import json
import sys
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from types import FrameType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension, loopcontrols
from jinja2.parser import Parser
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from closedmesh.errors import BadRequest, ModelFileRefused
from closedmesh.models.chat import Conversation, Message, Role
from closedmesh.models.tools import arguments, as_json

MAX_TEMPLATE = 256 * 1024
"""Characters of a template; the largest in use have about 20,000."""

MAX_STEPS = 2_000_000
"""Lines of template code run in one rendering, about a second; a long chat needs some thousands."""

MAX_RENDERED = 16 * 1024 * 1024
"""Characters of rendered text, above any context."""

MAX_MADE = MAX_RENDERED
"""Largest text, list or number that one operation may make."""

# fmt: off
_FILTERS = frozenset([
    "abs", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float",
    "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject",
    "rejectattr", "replace", "reverse", "round", "safe", "select", "selectattr", "sort",
    "string", "sum", "title", "tojson", "trim", "unique", "upper",
])
# fmt: on
"""Filters that cannot make much out of little; `center` or `format` could."""

# fmt: off
_STRING_METHODS = frozenset([
    "capitalize", "count", "endswith", "find", "index", "isalnum", "isalpha", "isdigit",
    "islower", "isspace", "isupper", "lower", "lstrip", "replace", "rfind", "rsplit",
    "rstrip", "split", "splitlines", "startswith", "strip", "title", "upper",
])
# fmt: on
"""The same for methods of strings."""


class _TooMuch(Exception):
    """A budget is used up."""


class _Refused(Exception):
    """The template itself says that it cannot render these messages."""


class _ConcatenationAsJoin(NodeTransformer):
    """Turns `a ~ b` into `[a, b] | join`, so that one function bounds what texts grow to."""

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - jinja2's name
        parts = nodes.List([self.visit(part) for part in node.nodes])
        return nodes.Filter(parts, "join", [], [], None, None).set_lineno(node.lineno)


class _Generation(Extension):
    """`{% generation %}`: marks an answer for training, and means nothing here."""

    tags = {"generation"}  # noqa: RUF012 - as jinja2 wants it

    def parse(self, parser: Parser) -> list[nodes.Node]:
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


class _Sandbox(ImmutableSandboxedEnvironment):
    intercepted_binops = frozenset({"*", "**", "+", "%"})

    def __init__(self) -> None:
        extensions = [loopcontrols, _Generation]
        super().__init__(trim_blocks=True, lstrip_blocks=True, extensions=extensions)
        self.filters = {name: f for name, f in self.filters.items() if name in _FILTERS}
        self.filters |= {
            "tojson": _to_json, "join": _join, "replace": _replace, "indent": _indent,
        }  # fmt: skip
        # What nobody gave is nothing, whichever way a template asks for it.
        self.tests["none"] = lambda value: value is None or isinstance(value, jinja2.Undefined)

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree: nodes.Template = _ConcatenationAsJoin().visit(super()._parse(source, name, filename))
        return tree

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, str) and attr not in _STRING_METHODS:
            return False
        return super().is_safe_attribute(obj, attr, value)

    def call(self, context: Context, function: Any, /, *args: Any, **kwargs: Any) -> Any:
        if getattr(function, "__name__", "") == "replace":
            return _replace(function.__self__, *args)
        return super().call(context, function, *args, **kwargs)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        size = _size(left) * _size(right) if operator == "*" else _size(left) + _size(right)
        if size > MAX_MADE or operator == "**" or (operator == "%" and isinstance(left, str)):
            raise _TooMuch(f"the result of {operator!r} may be too large")
        return super().call_binop(context, operator, left, right)


class Template:
    """A chat template, compiled. Raises `ModelFileRefused` when it is no template."""

    def __init__(self, source: str) -> None:
        if len(source) > MAX_TEMPLATE:
            raise ModelFileRefused(
                f"The model's chat template has {len(source):,} characters.",
                f"More than {MAX_TEMPLATE:,} are refused; use another copy of the model.",
            )
        try:
            self._template = _Sandbox().from_string(source)
        except (jinja2.TemplateError, RecursionError, MemoryError) as error:
            raise ModelFileRefused(
                f"The model's chat template cannot be read: {_short(error)}.",
                "Use another copy of the model, or ask through /v1/completions.",
            ) from None

    def render(
        self,
        conversation: Conversation,
        *,
        beginning: str,
        end: str,
        now: datetime,
    ) -> str:
        """The prompt for the next answer. `beginning` and `end` are the texts of the model's BOS
        and EOS tokens. Raises `BadRequest` when the template refuses the messages (some allow no
        system prompt, or want the roles to alternate) and `ModelFileRefused` when it breaks."""
        variables: dict[str, Any] = {
            "messages": _messages(conversation.messages),
            "bos_token": beginning,
            "eos_token": end,
            "add_generation_prompt": True,
            "raise_exception": _refuse,
            "strftime_now": now.strftime,
        }
        if conversation.functions:
            variables["tools"] = [
                {"type": "function", "function": as_json(f)} for f in conversation.functions
            ]
        try:
            return _within_steps(lambda: self._collect(variables))
        except _Refused as refusal:
            raise BadRequest(
                f"The model's chat template refuses these messages: {_short(refusal)}.",
                "Check the order of the roles; some models take no system prompt.",
                param="messages",
            ) from None
        except Exception as error:  # a stranger's program: whatever it raises is its own fault
            raise ModelFileRefused(
                f"The model's chat template failed: {_short(error)}.",
                "Use another copy of the model, or ask through /v1/completions.",
            ) from None

    def _collect(self, variables: dict[str, Any]) -> str:
        parts: list[str] = []
        length = 0
        for part in self._template.generate(variables):
            length += len(part)
            if length > MAX_RENDERED:
                raise _TooMuch("its output is too long")
            parts.append(part)
        return "".join(parts)


def _messages(messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Messages as templates know them: OpenAI's form, but arguments are values."""
    names = {call.id: call.name for message in messages for call in message.calls}
    shown: list[dict[str, Any]] = []
    for message in messages:
        fields: dict[str, Any] = {"role": message.role.value, "content": message.text}
        if message.calls:
            fields["tool_calls"] = [
                {"id": c.id, "type": "function",
                 "function": {"name": c.name, "arguments": arguments(c)}}
                for c in message.calls
            ]  # fmt: skip
        if message.role is Role.TOOL:
            fields |= {"tool_call_id": message.call_id, "name": names.get(message.call_id, "")}
        shown.append(fields)
    return shown


def _refuse(reason: object) -> None:
    raise _Refused(str(reason))


def _size(value: Any) -> float:
    if isinstance(value, str | list | tuple | dict):
        return len(value)
    return abs(value) if isinstance(value, int | float) else 0


def _indent(text: Any, width: int = 4, first: bool = False) -> str:  # noqa: FBT001, FBT002 - jinja2's
    lines = str(text).splitlines()
    if sum(map(len, lines)) + (len(lines) + 1) * width > MAX_MADE:
        raise _TooMuch("an indented text is too long")
    indented = f"\n{' ' * width}".join(lines)
    return " " * width + indented if first else indented


def _join(parts: Iterable[Any], separator: str = "", attribute: str | None = None) -> str:
    texts = [str(part if attribute is None else part[attribute]) for part in parts]
    if sum(map(len, texts)) + len(separator) * len(texts) > MAX_MADE:
        raise _TooMuch("a joined text is too long")
    return separator.join(texts)


def _replace(text: Any, old: str, new: str, count: int = -1) -> str:
    whole = str(text)
    if len(whole) + whole.count(old) * len(new) > MAX_MADE:
        raise _TooMuch("a text with replacements is too long")
    return whole.replace(old, new, count)


def _to_json(value: Any, indent: int | None = None, **_options: Any) -> str:
    """Like the reference implementation of chat templates: no HTML escapes, any alphabet."""
    return json.dumps(value, ensure_ascii=False, indent=min(indent, 8) if indent else None)


def _within_steps(work: Callable[[], str]) -> str:
    """Run `work`, but at most `MAX_STEPS` lines of Python in it."""
    left = MAX_STEPS

    def count(_frame: FrameType, event: str, _value: Any) -> Any:
        nonlocal left
        if event == "line":
            left -= 1
            if left < 0:
                raise _TooMuch("it runs too long")
        return count

    before = sys.gettrace()
    sys.settrace(count)
    try:
        return work()
    finally:
        sys.settrace(before)


def _short(error: Exception) -> str:
    words = str(error).rstrip(".") or type(error).__name__
    return words if len(words) <= 200 else words[:200] + "…"
