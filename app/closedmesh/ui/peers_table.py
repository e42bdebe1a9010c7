"""The peers table. The same peer stays selected as long as the list is the same."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from closedmesh.mesh.ids import NodeId
from closedmesh.ui import words
from closedmesh.ui.lines_table import LinesTable
from closedmesh.ui.mesh_view import PeerLine, columns

FIGURES = range(3, 6)
"""Columns that hold figures."""


class PeersTable(LinesTable):
    """Shows `PeerLine`s."""

    chosen = Signal()
    """Another line is selected, or none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(columns(), FIGURES, parent)
        self._lines: tuple[PeerLine, ...] = ()
        self.setAccessibleName(words.tr("Peers"))
        self.itemSelectionChanged.connect(self.chosen)

    def display(self, lines: tuple[PeerLine, ...]) -> None:
        """Show peers."""
        if lines == self._lines:
            return
        if [line.node for line in lines] != [line.node for line in self._lines]:
            self.clearSelection()  # the place would belong to somebody else
        self._lines = lines
        self.fill([line.cells for line in lines])

    @property
    def ending(self) -> NodeId | None:
        """The selected peer, if its membership can be ended."""
        if self.selected is None or not self._lines[self.selected].can_be_ended:
            return None
        return self._lines[self.selected].node
