"""Writes all receipts into a file for spreadsheets, page by page, however many there are."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from closedmesh.control import ListReceipts
from closedmesh.errors import ClosedMeshError
from closedmesh.trust import table
from closedmesh.trust.book import Line
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge

PAGE = 1000
"""Receipts that are asked for at a time."""


class LedgerExport:
    """One export; `ended` is told what became of it. A file that is not complete is removed."""

    def __init__(self, bridge: Bridge, path: Path, ended: Callable[[str], None]) -> None:
        self._bridge = bridge
        self._path = path
        self._part = path.with_name(f"{path.name}.part")
        self._ended = ended
        self._count = 0

    def start(self) -> None:
        """Begin with the newest."""
        if self._write(table.header(), "w"):
            self._ask(None)

    def _ask(self, before: int | None) -> None:
        self._bridge.do(ListReceipts(PAGE, before), self._take, self._refuse)

    def _take(self, lines: tuple[Line, ...]) -> None:
        if lines:
            self._count += len(lines)
            if self._write(table.rows(lines), "a"):
                self._ask(lines[-1].number)
            return
        try:
            self._part.replace(self._path)
        except OSError as error:
            self._fail(error)
        else:
            saved = words.plural("{n} receipt saved", "{n} receipts saved", self._count)
            self._ended(words.tr("{what} as {name}.", what=saved, name=self._path.name))

    def _write(self, text: str, mode: str) -> bool:
        try:
            with self._part.open(mode, encoding="utf-8", newline="") as file:
                file.write(text)
        except OSError as error:
            self._fail(error)
            return False
        return True

    def _refuse(self, error: ClosedMeshError) -> None:
        self._clean()
        self._ended(words.explained(error))

    def _fail(self, error: OSError) -> None:
        self._clean()
        why = error.strerror or str(error)
        self._ended(words.tr("The file could not be written: {reason}.", reason=why))

    def _clean(self) -> None:
        with suppress(OSError):
            self._part.unlink()
