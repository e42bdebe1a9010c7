"""The table of receipts on the Activity page, the newest first."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from closedmesh.ui import words
from closedmesh.ui.activity_view import LedgerLine, columns

MOST_LINES = 12
"""Lines seen at once; more of them scroll."""

FIGURES = (2, 4)
"""Columns that hold figures."""


class LedgerTable(QTableWidget):
    """Shows `LedgerLine`s; a double click or Enter opens one."""

    opened = Signal(int)
    """The number of a receipt."""

    def __init__(self, parent: QWidget | None = None) -> None:
        titles = columns()
        super().__init__(0, len(titles), parent)
        self._lines: tuple[LedgerLine, ...] = ()
        self.setAccessibleName(words.tr("Receipts"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        for column, title in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setTextAlignment(_alignment(column))
            self.setHorizontalHeaderItem(column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        self.activated.connect(lambda index: self.opened.emit(self._lines[index.row()].number))
        self._fit()

    def display(self, lines: tuple[LedgerLine, ...]) -> None:
        """Show receipts; the selected one stays selected."""
        if lines == self._lines:
            return
        chosen = self.chosen
        self._lines = lines
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            for column, text in enumerate(line.cells):
                self._put(place, column, text)
        self.clearSelection()
        for place in [place for place, line in enumerate(lines) if line.number == chosen]:
            self.selectRow(place)
        self._fit()

    @property
    def chosen(self) -> int | None:
        """Number of the selected receipt."""
        rows = {index.row() for index in self.selectedIndexes()}
        return next((self._lines[row].number for row in rows), None)

    def _put(self, place: int, column: int, text: str) -> None:
        item = QTableWidgetItem(text)
        item.setTextAlignment(_alignment(column))
        item.setToolTip(f"<p>{escape(text)}</p>")
        self.setItem(place, column, item)

    def _fit(self) -> None:
        shown = min(max(1, self.rowCount()), MOST_LINES)
        line = self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + shown * line + bar + 2 * self.frameWidth())


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
