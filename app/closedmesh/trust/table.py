"""The receipts as a table for spreadsheets: comma separated, one line each, every field of `Line`.

Names in it come from strangers, so nothing in it can be taken for a formula.
"""

import csv
import io
from collections.abc import Iterable, Sequence

from closedmesh.trust.book import Line

FORMULA = ("=", "+", "-", "@", "\t")
"""With what a formula begins."""


def header() -> str:
    """The names of the columns."""
    return _csv(Line.__struct_fields__)


def rows(lines: Iterable[Line]) -> str:
    """The lines below it."""
    names = Line.__struct_fields__
    return "".join(_csv([getattr(line, name) for name in names]) for line in lines)


def _csv(values: Sequence[object]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerow(_safe(value) for value in values)
    return text.getvalue()


def _safe(value: object) -> object:
    if not isinstance(value, str):
        return value
    line = value.replace("\r", " ")
    return f"'{line}" if line.startswith(FORMULA) else line
