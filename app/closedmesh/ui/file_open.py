"""Links that macOS hands to a program that runs: events of the application, not arguments."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFileOpenEvent


class FileOpenLinks(QObject):
    """Calls `opened` with each link."""

    def __init__(self, opened: Callable[[str], None], parent: QObject) -> None:
        super().__init__(parent)
        self._opened = opened
        self._watched = parent

    def listen(self) -> None:
        """Begin, on the only system that has such events: a filter sees every event there is."""
        if sys.platform == "darwin":
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Take links, and leave everything else."""
        if isinstance(event, QFileOpenEvent) and event.url().scheme() == "closedmesh":
            self._opened(event.url().toString())
            return True
        return super().eventFilter(watched, event)
