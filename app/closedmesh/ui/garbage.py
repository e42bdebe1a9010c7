"""Collects garbage on Qt's thread alone.

Python collects cycles on whichever thread happens to allocate, and a cycle may hold widgets, which
must not be destroyed on any thread but Qt's: the program would crash, rarely and anywhere.
"""

import gc

from PySide6.QtCore import QObject, QTimer

INTERVAL_MS = 500
"""Milliseconds between two looks whether there is enough to collect."""


class Garbage(QObject):
    """Takes collecting over from `start` until `stop`; both are called on Qt's thread."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=INTERVAL_MS)
        self._timer.timeout.connect(self._look)

    def start(self) -> None:
        """From now on nothing is collected elsewhere."""
        gc.disable()
        self._timer.start()

    def stop(self) -> None:
        """Leave it to Python again."""
        self._timer.stop()
        gc.enable()

    def _look(self) -> None:
        """Collect the oldest generation that Python itself would have collected by now."""
        due = [
            count > limit for count, limit in zip(gc.get_count(), gc.get_threshold(), strict=True)
        ]
        if due[0]:
            gc.collect(2 if all(due) else int(due[1]))
