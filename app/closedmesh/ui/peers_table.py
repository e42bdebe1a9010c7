"""The peers table. It is filled anew only where words differ, so that a selection survives."""

from html import escape

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from closedmesh.mesh.ids import NodeId
from closedmesh.ui import words
from closedmesh.ui.mesh_view import PeerLine, columns

MOST_LINES = 12
"""Lines seen at once; more of them scroll."""

FIGURES = range(3, 6)
"""Columns that hold figures."""


class PeersTable(QTableWidget):
    """Shows `PeerLine`s."""

    chosen = Signal()
    """Another line is selected, or none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        titles = columns()
        super().__init__(0, len(titles), parent)
        self._lines: tuple[PeerLine, ...] = ()
        self.setAccessibleName(words.tr("Peers"))
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        for place, (title, tip) in enumerate(titles):
            item = QTableWidgetItem(title)
            item.setToolTip(tip)
            item.setTextAlignment(_alignment(place))
            self.setHorizontalHeaderItem(place, item)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setStretchLastSection(True)
        header.setHighlightSections(False)
        self.itemSelectionChanged.connect(self.chosen)
        self._fit()

    def display(self, lines: tuple[PeerLine, ...]) -> None:
        """Show peers."""
        if lines == self._lines:
            return
        if [line.node for line in lines] != [line.node for line in self._lines]:
            self.clearSelection()  # the place would belong to somebody else
        grown = len(lines) != len(self._lines)
        self._lines = lines
        self.setRowCount(len(lines))
        for place, line in enumerate(lines):
            for column, text in enumerate(line.cells):
                self._put(place, column, text)
        if grown:
            self._fit()

    @property
    def ending(self) -> NodeId | None:
        """The selected peer, if its membership can be ended."""
        rows = {index.row() for index in self.selectedIndexes()}
        found = [self._lines[row] for row in rows if self._lines[row].can_be_ended]
        return found[0].node if found else None

    def _put(self, place: int, column: int, text: str) -> None:
        item = self.item(place, column)
        if item is None:
            item = QTableWidgetItem()
            item.setTextAlignment(_alignment(column))
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


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in FIGURES else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
