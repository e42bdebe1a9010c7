"""A QR code, drawn module by module: dark on light with its quiet zone, whatever the theme."""

import segno
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from closedmesh.ui import words

QUIET = 4
"""Light modules around the code, as its standard asks for."""

MODULE = 3
"""Pixels of one module; a telephone reads this from a screen."""


class QrCode(QWidget):
    """Shows one text as a code; invisible while there is none, or where it is too long for one."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._matrix: tuple[bytearray, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(words.tr("QR code"))
        self.hide()

    def display(self, text: str) -> None:
        """Show a text."""
        self._matrix = matrix(text)
        side = (len(self._matrix) + 2 * QUIET) * MODULE
        self.setFixedSize(QSize(side, side))
        self.setVisible(bool(self._matrix))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        """Draw whole modules, without smoothing."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(Qt.GlobalColor.white))
        black = QColor(Qt.GlobalColor.black)
        for y, line in enumerate(self._matrix):
            for x, dark in enumerate(line):
                if dark:
                    place = ((x + QUIET) * MODULE, (y + QUIET) * MODULE)
                    painter.fillRect(QRectF(*place, MODULE, MODULE), black)
        painter.end()


def matrix(text: str) -> tuple[bytearray, ...]:
    """Lines of modules, 1 for a dark one; nothing for no text and for one that is too long."""
    if not text:
        return ()
    try:
        return segno.make(text, error="l", micro=False, boost_error=False).matrix
    except segno.DataOverflowError:
        return ()
