"""What charts share: a height that follows the size of words, words where the pointer rests, and
a time that runs in the direction of reading."""

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QStyle, QToolTip, QWidget

from closedmesh.ui.theme import Theme

LINE = 18
"""Pixels of a line of words, at least."""


class Drawing(QWidget):
    """A widget that is drawn from data, as wide as there is room."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFixedHeight(self.height_with(self.line))
        theme.changed.connect(self.update)

    def height_with(self, line: int) -> int:
        """Pixels of the whole, where a line of words takes so many."""
        raise NotImplementedError

    def words_at(self, share: float) -> str:
        """What stands at a share of the way from the begin to the end; empty where nothing is."""
        raise NotImplementedError

    @property
    def line(self) -> int:
        """Pixels of a line of words."""
        return max(LINE, self.fontMetrics().height() + 2)

    def across(self, begin: float, end: float) -> tuple[float, float]:
        """Left edge and width, in pixels, of what lies between two shares of the way."""
        width = self.width() * (end - begin)
        return self.width() * (1 - end if self._is_mirrored else begin), width

    def write(self, painter: QPainter, area: QRectF, text: str, *, at_end: bool = False) -> None:
        """Words on one side of an area: where reading begins, or where it ends."""
        side = Qt.AlignmentFlag.AlignRight if at_end else Qt.AlignmentFlag.AlignLeft
        visual = QStyle.visualAlignment(self.layoutDirection(), side)
        painter.drawText(area, visual | Qt.AlignmentFlag.AlignAbsolute, text)

    @property
    def _is_mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def changeEvent(self, event: QEvent) -> None:  # noqa: N802 - Qt's name
        """Larger words need more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self.setFixedHeight(self.height_with(self.line))

    def event(self, event: QEvent) -> bool:
        """Tell what is under the pointer."""
        if isinstance(event, QHelpEvent):
            share = event.pos().x() / max(1, self.width())
            words = self.words_at(1 - share if self._is_mirrored else share)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().event(event)
