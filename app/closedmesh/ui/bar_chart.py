"""A chart of the last days as bars. What is settled is solid and what is pending is hatched, what
comes in stands above the line and what goes out below it: never by colour alone.
"""

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from closedmesh.ui import words
from closedmesh.ui.activity_view import Chart
from closedmesh.ui.drawing import Drawing
from closedmesh.ui.theme import Theme

Fill = Literal["settled", "pending", "spent"]

PLOT = 84
"""Pixels for the bars above the line, where none is below."""

GAP = 0.22
"""Of a day's width, between two bars."""

WIDEST = 22.0
"""Pixels of a bar."""

ROUND = 2.0
"""Pixels of a bar's corners."""


def paint_fill(painter: QPainter, area: QRectF, fill: Fill, palette: QPalette) -> None:
    """One bar, or a part of one."""
    accent = palette.color(QPalette.ColorRole.Highlight)
    quiet = palette.color(QPalette.ColorRole.PlaceholderText)
    painter.setPen(Qt.PenStyle.NoPen)
    match fill:
        case "settled":
            painter.setBrush(accent)
        case "pending":
            painter.setBrush(_faint(accent))
            painter.drawRoundedRect(area, ROUND, ROUND)
            painter.setBrush(QBrush(accent, Qt.BrushStyle.BDiagPattern))
        case "spent":
            painter.setBrush(quiet)
    painter.drawRoundedRect(area, ROUND, ROUND)


def _faint(colour: QColor) -> QColor:
    faint = QColor(colour)
    faint.setAlphaF(0.18)
    return faint


class BarChart(Drawing):
    """Shows a `Chart`; each bar tells its day where the pointer rests."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._chart: Chart | None = None

    def display(self, chart: Chart) -> None:
        """Show other days."""
        if chart != self._chart:
            self._chart = chart
            self.setAccessibleName(chart.title)
            nothing = words.tr("Nothing in these days.")
            self.setAccessibleDescription(chart.summary or nothing)
            self.update()

    def height_with(self, line: int) -> int:
        """The bars, words above and words below."""
        return PLOT + 2 * line

    def words_at(self, share: float) -> str:
        """A day and what it had."""
        bars = self._chart.bars if self._chart else ()
        place = int(share * len(bars))
        return bars[place].words if 0 <= place < len(bars) else ""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The bars, the line they stand on, and the words around them."""
        if self._chart is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        up = max(bar.up for bar in self._chart.bars)
        down = max(bar.down for bar in self._chart.bars)
        scale = (PLOT - 2) / (up + down) if up + down > 0 else 0.0
        line = self.line + (PLOT if not down else 1 + up * scale)
        self._paint_bars(painter, line, scale)
        muted = self.palette().color(QPalette.ColorRole.PlaceholderText)
        painter.fillRect(QRectF(0, line, self.width(), 1), muted)
        painter.setPen(muted)
        self.write(painter, QRectF(0, 0, self.width(), self.line), self._top())
        below = QRectF(0, self.line + PLOT + 1, self.width(), self.line)
        self.write(painter, below, self._chart.first)
        self.write(painter, below, words.tr("today"), at_end=True)

    def _top(self) -> str:
        if self._chart is None or not self._chart.top:
            return words.tr("Nothing in these days.")
        return words.tr("Most in a day: {amount}", amount=self._chart.top)

    def _paint_bars(self, painter: QPainter, line: float, scale: float) -> None:
        bars = self._chart.bars if self._chart else ()
        for place, bar in enumerate(bars):
            left, step = self.across(place / len(bars), (place + 1) / len(bars))
            width = min(WIDEST, step * (1 - GAP))
            left += (step - width) / 2
            settled, pending = (bar.up - bar.up_pending) * scale, bar.up_pending * scale
            if settled > 0:
                area = QRectF(left, line - settled, width, settled)
                paint_fill(painter, area, "settled", self.palette())
            if pending > 0:
                area = QRectF(left, line - settled - pending, width, pending)
                paint_fill(painter, area, "pending", self.palette())
            if bar.down > 0:
                area = QRectF(left, line + 1, width, bar.down * scale)
                paint_fill(painter, area, "spent", self.palette())


class FillKey(QWidget):
    """A small sample of one fill, for a legend."""

    def __init__(self, fill: Fill, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fill = fill
        self.setFixedSize(18, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The sample."""
        paint_fill(QPainter(self), QRectF(self.rect()), self._fill, self.palette())
