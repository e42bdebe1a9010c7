"""Settings as a file that is carried to another computer, and back.

There are no secrets among the settings, but an address may hold a user's name and password: these
stay behind. What comes back is checked like anything else that a person types.
"""

import re
from typing import Any

import msgspec

from closedmesh.errors import BadRequest
from closedmesh.settings import Settings, Value, changed

FORMAT = "closedmesh-settings-1"

MAX_BYTES = 1_000_000
"""Of a file that is read back."""

_SIGNED_IN = re.compile(r"(?<=://)[^/@\s]*@")


class _File(msgspec.Struct, forbid_unknown_fields=True):
    format: str
    settings: dict[str, dict[str, Any]]


def to_json(settings: Settings) -> bytes:
    """Every setting that is not as it comes, as a file."""
    now, first = msgspec.to_builtins(settings), msgspec.to_builtins(Settings())
    chosen = {
        table: {name: _without_sign_in(v) for name, v in values.items() if v != first[table][name]}
        for table, values in now.items()
    }
    kept = {table: values for table, values in chosen.items() if values}
    return msgspec.json.format(msgspec.json.encode(_File(FORMAT, kept)), indent=2) + b"\n"


def from_json(data: bytes, settings: Settings) -> dict[str, Value]:
    """The changes that a file makes to settings: what it does not name goes back to how it comes.
    Raises `BadRequest` for a file that is none, and for a value that makes no sense."""
    try:
        file = msgspec.json.decode(data[: MAX_BYTES + 1], type=_File)
    except msgspec.DecodeError:
        raise _no_file() from None
    if file.format != FORMAT:
        raise _no_file()
    first = msgspec.to_builtins(Settings())
    wanted = {f"{table}.{n}": v for table, values in first.items() for n, v in values.items()}
    for table, values in file.settings.items():
        for name, value in values.items():
            if name not in first.get(table, {}):
                raise BadRequest(
                    f"This file has a setting {table}.{name} that is not known here.",
                    "Update the program, or take it out of the file.",
                )
            wanted[f"{table}.{name}"] = value
    changed(Settings(), wanted)
    now = {f"{t}.{n}": v for t, vs in msgspec.to_builtins(settings).items() for n, v in vs.items()}
    return {name: value for name, value in wanted.items() if value != now[name]}


def _without_sign_in(value: object) -> object:
    return _SIGNED_IN.sub("", value) if isinstance(value, str) else value


def _no_file() -> BadRequest:
    return BadRequest(
        "This file holds no settings of ClosedMesh.", "Choose one that was exported here."
    )
