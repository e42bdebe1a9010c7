"""Takes calls from any thread and makes them on Qt's, in batches.

However many calls arrive, Qt's event queue sees at most one event an `INTERVAL_MS`: a fast model
must not make the window slow.
"""

import threading
from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

INTERVAL_MS = 16
"""Milliseconds between two batches: a frame of an ordinary screen."""


class Mailbox(QObject):
    """`post` from anywhere; the calls are made in order on the thread that made the mailbox."""

    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = threading.Lock()
        self._calls: deque[Callable[[], None]] = deque()
        self._open = True
        self._timer = QTimer(self, interval=INTERVAL_MS, singleShot=True)
        self._timer.timeout.connect(self._deliver)
        self._arrived.connect(self._timer.start, Qt.ConnectionType.QueuedConnection)

    def open(self) -> None:
        """Take calls again after `close`."""
        with self._lock:
            self._open = True

    def close(self) -> None:
        """Forget what was not delivered; nothing is delivered after this."""
        with self._lock:
            self._open = False
            self._calls.clear()
        self._timer.stop()

    def post(self, call: Callable[[], None]) -> None:
        """Have a call made soon; any thread may ask for it."""
        with self._lock:
            if not self._open:
                return
            first = not self._calls
            self._calls.append(call)
        if first:
            self._arrived.emit()

    def _deliver(self) -> None:
        with self._lock:
            calls, self._calls = self._calls, deque()
        try:
            while calls and self._open:
                calls.popleft()()
        finally:
            if calls:
                self._keep(calls)

    def _keep(self, calls: deque[Callable[[], None]]) -> None:
        """A call raised, so the ones behind it come with the next batch."""
        with self._lock:
            if self._open:
                self._calls.extendleft(reversed(calls))
                self._timer.start()
