"""Asks for something while a widget is seen, and for nothing while nobody looks."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget


class WhileSeen(QObject):
    """Calls `ask` when a widget comes into sight, and then every `interval` milliseconds until it
    is out of sight."""

    def __init__(self, widget: QWidget, interval: int, ask: Callable[[], object]) -> None:
        super().__init__(widget)
        self._ask = ask
        self._timer = QTimer(self, interval=interval)
        self._timer.timeout.connect(ask)
        widget.installEventFilter(self)

    @property
    def is_asking(self) -> bool:
        """Whether it goes on."""
        return self._timer.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Begin and end with the widget's being seen."""
        if event.type() is QEvent.Type.Show:
            self._ask()
            self._timer.start()
        elif event.type() is QEvent.Type.Hide:
            self._timer.stop()
        return super().eventFilter(watched, event)
