"""Ways of asking that a person has given names: a system prompt with its parameters.

They lie in a file of the window's own. A preset never says where a chat is answered: that is
chosen where everybody sees it.
"""

import os
import tempfile
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, structs

from closedmesh.errors import ClosedMeshError
from closedmesh.models.chat import Overflow, Sampling
from closedmesh.models.conversations import MAX_TEXT, ChatOptions
from closedmesh.ui import words

MAX_NAME = 60
"""Characters."""

MAX_FILE = 8_000_000
"""Bytes; a larger file was not written here."""


class Preset(Struct, frozen=True):
    """One way of asking."""

    name: Annotated[str, Meta(min_length=1, max_length=MAX_NAME)]
    system_prompt: Annotated[str, Meta(max_length=MAX_TEXT)]
    sampling: Sampling
    max_tokens: Annotated[int, Meta(ge=1)] | None
    overflow: Overflow

    @classmethod
    def of(cls, name: str, options: ChatOptions) -> "Preset":
        """What a chat's options say, under a name."""
        return cls(
            name, options.system_prompt, options.sampling, options.max_tokens, options.overflow
        )

    def applied(self, options: ChatOptions) -> ChatOptions:
        """Options with this way of asking, and the model and place that they had."""
        return structs.replace(
            options,
            system_prompt=self.system_prompt,
            sampling=self.sampling,
            max_tokens=self.max_tokens,
            overflow=self.overflow,
        )


class Presets:
    """All of them, read anew each time: another window may have changed them."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def all(self) -> tuple[Preset, ...]:
        """In the order of their names; none where the file cannot be read."""
        try:
            return self._read()
        except (OSError, msgspec.DecodeError):
            return ()

    def keep(self, preset: Preset) -> None:
        """Add one, instead of any of the same name. Raises `ClosedMeshError`."""
        self._write([*(one for one in self._usable() if one.name != preset.name), preset])

    def forget(self, name: str) -> None:
        """Remove one. Raises `ClosedMeshError`."""
        self._write([one for one in self._usable() if one.name != name])

    def _read(self) -> tuple[Preset, ...]:
        with self._file.open("rb") as file:
            found = msgspec.json.decode(file.read(MAX_FILE), type=tuple[Preset, ...])
        return tuple(sorted(found, key=lambda one: one.name.casefold()))

    def _usable(self) -> tuple[Preset, ...]:
        """As `all`, but a broken file is put aside before it would be written over."""
        try:
            return self._read()
        except FileNotFoundError:
            return ()
        except (OSError, msgspec.DecodeError):
            try:
                self._file.replace(self._file.with_suffix(".broken"))
            except OSError as error:
                raise _unwritten(self._file, error) from error
            return ()

    def _write(self, presets: list[Preset]) -> None:
        try:
            handle, name = tempfile.mkstemp(dir=self._file.parent, prefix=".presets.")
            with os.fdopen(handle, "wb") as file:
                file.write(msgspec.json.format(msgspec.json.encode(presets), indent=2))
            Path(name).replace(self._file)
        except OSError as error:
            raise _unwritten(self._file, error) from error


def _unwritten(file: Path, error: OSError) -> ClosedMeshError:
    return ClosedMeshError(
        words.tr("The presets could not be written: {reason}.", reason=error.strerror or ""),
        words.tr("Look at {file} and the space left on its disk.", file=str(file)),
    )
