"""What the terminal is shown. Whatever a model or a file says is made harmless first."""

import sys
import unicodedata
from collections.abc import Sequence
from typing import Any, TextIO

import msgspec

KEPT = "\n\t"


def harmless(text: str) -> str:
    """Text without control and direction characters: no escape sequence, no hidden order."""
    return "".join(
        c for c in text if c in KEPT or unicodedata.category(c) not in ("Cc", "Cf", "Cs")
    )


class Output:
    """Facts on standard output as text or JSON, everything else on standard error."""

    def __init__(self, *, as_json: bool) -> None:
        self.as_json = as_json

    def say(self, text: str, end: str = "\n") -> None:
        """Show text; shown at once, since it may be the next word of an answer."""
        _write(sys.stdout, harmless(text) + end)

    def note(self, text: str, end: str = "\n") -> None:
        """Say something that is no part of the result."""
        _write(sys.stderr, harmless(text) + end)

    def data(self, value: Any) -> None:
        """Print a value as one line of JSON."""
        _write(sys.stdout, msgspec.json.encode(value).decode() + "\n")

    def table(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Print rows below heads, in columns."""
        lines = [[harmless(cell) for cell in row] for row in (heads, *rows)]
        widths = [max(len(line[i]) for line in lines) for i in range(len(heads))]
        for line in lines:
            cells = (cell.ljust(width) for cell, width in zip(line, widths, strict=True))
            _write(sys.stdout, "  ".join(cells).rstrip() + "\n")


def _write(stream: TextIO, text: str) -> None:
    encoding = stream.encoding or "utf-8"
    stream.write(text.encode(encoding, "replace").decode(encoding))
    stream.flush()
