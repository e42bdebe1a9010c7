"""Reads what programs send: any bytes go in, a checked value or `BadRequest` comes out."""

import re
from typing import Any, TypeVar

import msgspec

from closedmesh.errors import BadRequest

Value = TypeVar("Value")

MALFORMED = (msgspec.DecodeError, UnicodeDecodeError, RecursionError)
"""What msgspec raises for bytes that are no JSON, no UTF-8, or nested without end.
`ValidationError` is a `DecodeError`, so it must be caught before these."""

_MISSING = re.compile(r"missing required field `([^`]+)`")
_AT = re.compile(r" - at `\$\.?([^`]*)`$")


def decode(body: bytes, kind: type[Value]) -> Value:
    """The value that `body` says, an empty body being `{}`. Raises `BadRequest`."""
    try:
        return msgspec.json.decode(body or b"{}", type=kind)
    except msgspec.ValidationError as error:
        raise refused(error) from None
    except MALFORMED:
        raise BadRequest("The body is not valid JSON.", "Send one JSON object.") from None


def convert(value: Any, kind: type[Value]) -> Value:
    """The value that decoded JSON says. Raises `BadRequest`."""
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError as error:
        raise refused(error) from None


def refused(error: msgspec.ValidationError) -> BadRequest:
    """The same, naming the part that is wrong."""
    text = str(error)
    title = _AT.sub("", text)
    place = [found.group(1) for found in (_AT.search(text), _MISSING.search(text)) if found]
    param = ".".join(filter(None, place)) or None
    return BadRequest(
        f"{param}: {title}." if param else f"{title}.", "Correct the request.", param=param
    )
