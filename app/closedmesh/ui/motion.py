"""Movement that nobody has to look at: menus that fade and slide, a cursor that blinks.

Qt takes from the system whether the first is wanted; a person can have less of both here.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

ALL_EFFECTS = Qt.UIEffect.UI_General
"""Stands for menus, boxes and tool tips together."""


class Motion:
    """Remembers what the system wants, and takes it away where less was chosen."""

    def __init__(self) -> None:
        self._wanted = QApplication.isEffectEnabled(ALL_EFFECTS)
        self._blinking = QApplication.cursorFlashTime()

    def choose(self, *, reduced: bool) -> None:
        """Less movement from now on, or again as much as the system wants."""
        QApplication.setEffectEnabled(ALL_EFFECTS, self._wanted and not reduced)
        QApplication.setCursorFlashTime(0 if reduced else self._blinking)
