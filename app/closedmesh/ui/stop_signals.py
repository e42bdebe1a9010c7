"""SIGINT and SIGTERM as a Qt signal.

Python runs its handlers only between two of its own instructions, and Qt's event loop may not
come to one for a long time; a byte on a socket wakes it.
"""

import signal
import socket
from types import FrameType

from PySide6.QtCore import QObject, QSocketNotifier, Signal

CAUGHT = (signal.SIGINT, signal.SIGTERM)


class StopSignals(QObject):
    """Catches from `catch` until `release`."""

    received = Signal()

    def catch(self) -> None:
        """Take the signals over."""
        self._inner, self._outer = socket.socketpair()
        for end in (self._inner, self._outer):
            end.settimeout(0)
        self._wakeup = signal.set_wakeup_fd(self._outer.fileno(), warn_on_full_buffer=False)
        self._handlers = {number: signal.signal(number, _nothing) for number in CAUGHT}
        self._notifier = QSocketNotifier(self._inner.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._read)

    def release(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup)
        for number, handler in self._handlers.items():
            signal.signal(number, handler)
        self._inner.close()
        self._outer.close()

    def _read(self) -> None:
        if set(self._inner.recv(64)) & set(CAUGHT):
            self.received.emit()


def _nothing(number: int, frame: FrameType | None) -> None:
    """The byte on the socket says it all."""
