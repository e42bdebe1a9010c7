"""The strip of the last 24 hours: what was shared, paused or held back. Told by pattern and
height as well as by colour."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QWidget

from closedmesh.ui import words
from closedmesh.ui.drawing import Drawing
from closedmesh.ui.sharing_view import Segment, legend
from closedmesh.ui.theme import Theme

BAR = 24
"""Pixels of the tallest bar."""


def hours() -> tuple[str, ...]:
    """What stands below the strip, from its begin to its end."""
    return (
        words.tr("24 h ago"),
        words.tr("18 h", "ago"),
        words.tr("12 h", "ago"),
        words.tr("6 h", "ago"),
        words.tr("now"),
    )


def paint_bar(painter: QPainter, area: QRectF, kind: str, accent: QColor, quiet: QColor) -> None:
    """One bar of a kind, inside `area`."""
    share = {"shared": 1.0, "held": 0.6, "paused": 0.6, "off": 0.15}[kind]
    bar = QRectF(area.left(), area.bottom() - area.height() * share, area.width(),
                 area.height() * share)  # fmt: skip
    if kind == "shared":
        painter.fillRect(bar, accent)
    elif kind == "held":
        painter.fillRect(bar, QBrush(accent, Qt.BrushStyle.BDiagPattern))
    elif kind == "paused":
        painter.fillRect(bar, QBrush(quiet, Qt.BrushStyle.Dense5Pattern))
    else:
        painter.fillRect(bar, quiet)


class DayStrip(Drawing):
    """Shows `Segment`s; each tells its times where the pointer rests."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._segments: tuple[Segment, ...] = ()
        self.setAccessibleName(words.tr("The last 24 hours"))

    def display(self, segments: tuple[Segment, ...]) -> None:
        """Show other segments."""
        if segments != self._segments:
            self._segments = segments
            self.setAccessibleDescription("; ".join(segment.words for segment in segments[-12:]))
            self.update()

    def height_with(self, line: int) -> int:
        """Bars, and hours below."""
        return BAR + 2 + line

    def words_at(self, share: float) -> str:
        """What held at a time, and from when until when."""
        found = [s.words for s in self._segments if s.begin <= share <= s.end]
        return found[-1] if found else ""

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Bars above, hours below."""
        painter = QPainter(self)
        accent, quiet = _colours(self.palette())
        for segment in self._segments:
            left, width = self.across(segment.begin, segment.end)
            area = QRectF(left, 0, max(1.0, width), BAR)
            paint_bar(painter, area, segment.kind, accent, quiet)
        painter.fillRect(QRectF(0, BAR, self.width(), 1), quiet)
        painter.setPen(self.palette().color(QPalette.ColorRole.PlaceholderText))
        area = QRectF(0, BAR + 2, self.width(), self.height() - BAR - 2)
        shown = hours()
        for index, text in enumerate(shown):
            place = index / (len(shown) - 1)
            _write(painter, area, self.across(place, place)[0], text)


def _write(painter: QPainter, area: QRectF, x: float, text: str) -> None:
    width = painter.fontMetrics().horizontalAdvance(text)
    left = min(max(area.left(), x - width / 2), area.right() - width)
    painter.drawText(QRectF(left, area.top(), width + 1, area.height()),
                     Qt.AlignmentFlag.AlignVCenter, text)  # fmt: skip


class LegendKey(QWidget):
    """A small sample of one kind of bar."""

    def __init__(self, kind: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self.setFixedSize(18, 14)
        self.setToolTip(legend()[kind])

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """The sample."""
        accent, quiet = _colours(self.palette())
        paint_bar(QPainter(self), QRectF(self.rect()), self._kind, accent, quiet)


def _colours(palette: QPalette) -> tuple[QColor, QColor]:
    accent = palette.color(QPalette.ColorRole.Highlight)
    return accent, palette.color(QPalette.ColorRole.PlaceholderText)
