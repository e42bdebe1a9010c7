"""The table of receipts on the Activity page, the newest first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from closedmesh.ui import words
from closedmesh.ui.activity_view import LedgerLine, columns
from closedmesh.ui.lines_table import LinesTable

FIGURES = (2, 4)
"""Columns that hold figures."""


class LedgerTable(LinesTable):
    """Shows `LedgerLine`s; a double click or Enter opens one."""

    opened = Signal(int)
    """The number of a receipt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__([(title, "") for title in columns()], FIGURES, parent)
        self._lines: tuple[LedgerLine, ...] = ()
        self.setAccessibleName(words.tr("Receipts"))
        self.activated.connect(lambda index: self.opened.emit(self._lines[index.row()].number))

    def display(self, lines: tuple[LedgerLine, ...]) -> None:
        """Show receipts; the selected one stays selected."""
        if lines == self._lines:
            return
        chosen = self.chosen
        self._lines = lines
        self.fill([line.cells for line in lines])
        self.clearSelection()
        for place in [place for place, line in enumerate(lines) if line.number == chosen]:
            self.selectRow(place)

    @property
    def chosen(self) -> int | None:
        """Number of the selected receipt."""
        return None if self.selected is None else self._lines[self.selected].number
