"""A table of lines that are read and selected, never edited; as high as its lines, up to a limit.

A cell is written anew only where its words differ, so that a selection and a reader's place stay.
"""

from collections.abc import Container, Sequence
from html import escape

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

MOST_LINES = 12
"""Lines seen at once; more of them scroll."""


class LinesTable(QTableWidget):
    """Shows rows of texts; `figures` are the columns that hold figures."""

    def __init__(
        self, titles: Sequence[tuple[str, str]], figures: Container[int], parent: QWidget | None
    ) -> None:
        super().__init__(0, len(titles), parent)
        self._figures = figures
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        for column, (title, tip) in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setToolTip(tip)
            item.setTextAlignment(self._alignment(column))
            self.setHorizontalHeaderItem(column, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        self._fit()

    def fill(self, rows: Sequence[Sequence[str]]) -> None:
        """Show these rows, and no others."""
        grown = len(rows) != self.rowCount()
        self.setRowCount(len(rows))
        for place, cells in enumerate(rows):
            for column, text in enumerate(cells):
                self._put(place, column, text)
        if grown:
            self._fit()

    @property
    def selected(self) -> int | None:
        """The place of the selected row."""
        return next((index.row() for index in self.selectedIndexes()), None)

    def _put(self, place: int, column: int, text: str) -> None:
        item = self.item(place, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(self._alignment(column))
            self.setItem(place, column, item)
        if item.text() != text:
            item.setText(text)
            item.setToolTip(f"<p>{escape(text)}</p>")

    def _fit(self) -> None:
        shown = min(max(1, self.rowCount()), MOST_LINES)
        line = self.verticalHeader().defaultSectionSize()
        bar = self.horizontalScrollBar().sizeHint().height()
        head = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(head + shown * line + bar + 2 * self.frameWidth())

    def _alignment(self, column: int) -> Qt.AlignmentFlag:
        right = column in self._figures
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter
