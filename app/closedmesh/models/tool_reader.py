"""Reads an answer as it comes: what of it is text, and which functions it wants called. Pure."""

import json
import re
from enum import StrEnum
from typing import Any

from closedmesh.models.chat import ToolCall

OPEN, CLOSE = "<tool_call>", "</tool_call>"

_RESPONSE = re.compile(r'\s*\{\s*"response"\s*:\s*"')
_CALLS = re.compile(r'\s*\{\s*"tool_calls"\s*:\s*\[')
_WHOLE_CHARACTERS = re.compile(r'(?:[^"\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*')
_HALF_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}$")

MAX_HELD = 200_000
"""Characters that are held back at most because they may be a call; the longest function that can
be named has half as many."""

Said = tuple[str, tuple[ToolCall, ...]]
"""New text, and new calls."""


class Dialect(StrEnum):
    """How a model asks for a call."""

    TAGGED = "tagged"
    """`<tool_call>{"name": ..., "arguments": {...}}</tool_call>`, between other text."""
    WHOLE = "whole"
    """The whole answer is one such object, or a list of them."""
    PLAIN = "plain"
    """The whole answer is `{"tool_calls": [...]}`, or `{"response": "..."}` for a text."""


class Reader:
    """Reads one answer. What might be a call is held back until it is known."""

    def __init__(self, dialect: Dialect, names: frozenset[str], request_id: str) -> None:
        self._dialect = dialect
        self._names = names
        self._request_id = request_id
        self._held = ""
        self._free = False
        """What comes from now on is text."""
        self._inside = False
        """A tag is open."""
        self._objects: _Objects | None = None
        """A list of calls has begun."""
        self._over = False
        """The text's closing quotation mark was met."""
        self._count = 0

    @property
    def called(self) -> bool:
        """The answer wants a function called."""
        return self._count > 0

    def push(self, text: str) -> Said:
        """The next characters of the answer."""
        self._held += text
        match self._dialect:
            case Dialect.TAGGED:
                return self._tagged()
            case Dialect.WHOLE:
                return self._whole()
            case Dialect.PLAIN:
                return self._plain()

    def finish(self) -> Said:
        """The answer is over: what was held back."""
        held, self._held = self._held, ""
        if self._dialect is Dialect.PLAIN:
            begun = self._free or self._objects is not None
            return "" if begun else held, ()  # half an escape, half a call, or the last bracket
        if self._inside:
            calls = self._calls(_value(held))
            return ("", calls) if calls else (OPEN + held, ())
        if self._dialect is Dialect.TAGGED:
            return ("" if self.called and not held.strip() else held), ()
        calls = self._calls(_value(held))
        return ("", calls) if calls else (held, ())

    def _tagged(self) -> Said:
        text = ""
        calls: tuple[ToolCall, ...] = ()
        while True:
            before, mark, after = self._held.partition(CLOSE if self._inside else OPEN)
            if not mark:
                break
            self._held = after
            if self._inside:
                found = self._calls(_value(before))
                calls += found
                text += "" if found else OPEN + before + CLOSE
            else:
                text += before if before.strip() or not self.called else ""
            self._inside = not self._inside
        if self._inside:
            shown, _ = self._unless_too_long()
            text += OPEN + shown if shown else ""
        else:
            keep = _beginning(self._held, OPEN)
            shown = self._held[: len(self._held) - keep]
            if shown.strip() or not self.called:
                text += shown
                self._held = self._held[len(shown) :]
        return text, calls

    def _whole(self) -> Said:
        if not self._free and self._held.lstrip()[:1] in ("", "{", "["):
            return self._unless_too_long()
        self._free = True
        text, self._held = self._held, ""
        return text, ()

    def _plain(self) -> Said:
        if self._objects is None and not self._free:
            if found := _RESPONSE.match(self._held):
                self._free = True
            elif found := _CALLS.match(self._held):
                self._objects = _Objects()
            else:
                return self._unless_too_long()
            self._held = self._held[found.end() :]
        return self._called() if self._objects else self._answered()

    def _called(self) -> Said:
        assert self._objects is not None
        text, self._held = self._held, ""
        shown = ""
        calls: tuple[ToolCall, ...] = ()
        for whole in self._objects.push(text):
            found = self._calls(_value(whole))
            calls += found
            shown += "" if found else whole
        return shown, calls

    def _answered(self) -> Said:
        if self._over:
            self._held = ""
            return "", ()
        whole = _WHOLE_CHARACTERS.match(self._held)
        raw = whole.group() if whole else ""
        raw = _HALF_PAIR.sub("", raw)
        self._held = self._held[len(raw) :]
        self._over = self._held.startswith('"')
        text = json.loads(f'"{raw}"', strict=False)
        return text.encode("utf-8", "replace").decode(), ()

    def _unless_too_long(self) -> Said:
        """Go on holding back, but not for ever: an answer may come from anybody."""
        if len(self._held) <= MAX_HELD:
            return "", ()
        self._dialect, self._free, self._inside = Dialect.WHOLE, True, False
        text, self._held = self._held, ""
        return text, ()

    def _calls(self, value: Any) -> tuple[ToolCall, ...]:
        """Calls of the functions that may be called; none if there is any other. Their ids have
        nine letters and digits, on which Mistral's templates insist."""
        wanted = value if isinstance(value, list) else [value]
        read = [_name_and_arguments(one) for one in wanted]
        calls: list[ToolCall] = []
        for one in read:
            if one is None or one[0] not in self._names:
                return ()
            number = self._count + len(calls)
            calls.append(ToolCall(f"{self._request_id[:7]}{number:02}", *one))
        self._count += len(calls)
        return tuple(calls)


class _Objects:
    """Finds the JSON objects of a list, each when its last bracket comes."""

    def __init__(self) -> None:
        self._text = ""
        self._depth = 0
        self._quoted = False
        self._escaped = False

    def push(self, text: str) -> list[str]:
        """The objects that these characters complete; what stands between them is left out."""
        whole: list[str] = []
        start = 0
        for index, sign in enumerate(text):
            if self._escaped:
                self._escaped = False
            elif self._quoted:
                self._escaped = sign == "\\"
                self._quoted = sign != '"'
            elif sign == '"':
                self._quoted = True
            elif sign == "{":
                start = index if self._depth == 0 else start
                self._depth += 1
            elif sign == "}" and self._depth:
                self._depth -= 1
                if self._depth == 0:
                    whole.append(self._text + text[start : index + 1])
                    self._text = ""
        if self._depth:
            self._text += text[start:]
        return whole


def _name_and_arguments(value: Any) -> tuple[str, str] | None:
    """Some models call the arguments parameters, some write them as a text of JSON."""
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        return None
    arguments = value.get("arguments", value.get("parameters", {}))
    if isinstance(arguments, str):
        arguments = _value(arguments)
    if not isinstance(arguments, dict):
        return None
    return value["name"], json.dumps(arguments, ensure_ascii=False)


def _value(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _beginning(text: str, mark: str) -> int:
    """How many characters at the end of a text may be the beginning of a mark."""
    longest = min(len(mark) - 1, len(text))
    return next((n for n in range(longest, 0, -1) if mark[:n] == text[-n:]), 0)
