"""What is protected and what is not, in words, from `resources/security.toml`.

There is one text, so that the window and the public pages cannot promise different things.
"""

import tomllib
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

Words = Annotated[str, Meta(min_length=1)]


class Statement(Struct, frozen=True, forbid_unknown_fields=True):
    """One fact, with what it rests on."""

    title: Words
    text: Words


class Section(Struct, frozen=True, forbid_unknown_fields=True):
    """Facts of one kind."""

    title: Words
    statement: Annotated[tuple[Statement, ...], Meta(min_length=1)]


class _Text(Struct, frozen=True, forbid_unknown_fields=True):
    section: Annotated[tuple[Section, ...], Meta(min_length=1)]


def parse(text: str) -> tuple[Section, ...]:
    """Read the text. Raises `ValueError` that names what is wrong."""
    return msgspec.convert(tomllib.loads(text), _Text).section
