"""Waits for a panel that shows tray icons; there may be none, or it may start after us.

Qt looks for the panel's D-Bus service once, when it is first asked, and keeps the answer. At
login the panel may not be there yet, so the service is awaited here before Qt is asked.
"""

import sys

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QSystemTrayIcon

LOOK_MS = 500
"""Milliseconds between two looks."""

SERVICE_PATIENCE = 8
"""Looks for the D-Bus service before Qt is asked, which then also finds older panels."""

PATIENCE = 20
"""Looks before we say that there is none; a desktop's panel is up within this after login."""

WATCHER = "org.kde.StatusNotifierWatcher"


class TrayHost(QObject):
    """Looks from `start` on until a panel is found."""

    found = Signal()
    missing = Signal()
    """There is none for now; `found` may still come."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.is_there = False
        self._looks = 0
        self._timer = QTimer(self, interval=LOOK_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """Begin to look."""
        self._look()
        if not self.is_there:
            self._timer.start()

    def stop(self) -> None:
        """Look no longer."""
        self._timer.stop()

    def _look(self) -> None:
        self._looks += 1
        if self._is_available():
            self.is_there = True
            self._timer.stop()
            self.found.emit()
        elif self._looks == PATIENCE:
            self.missing.emit()

    def _is_available(self) -> bool:
        if self._looks <= SERVICE_PATIENCE and not _service_is_there():
            return False
        return QSystemTrayIcon.isSystemTrayAvailable()


def _service_is_there() -> bool:
    """Whether Qt may be asked: always but on a Linux desktop whose service has not come yet."""
    if sys.platform != "linux":
        return True
    from PySide6.QtDBus import QDBusConnection  # noqa: PLC0415 - for desktops with D-Bus

    bus = QDBusConnection.sessionBus()
    return not bus.isConnected() or bus.interface().isServiceRegistered(WATCHER).value() is True
