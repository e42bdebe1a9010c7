"""Work that takes a while and belongs to the window, not to the peer: on a thread of its own."""

import threading
from collections.abc import Callable
from contextlib import suppress

from PySide6.QtCore import QObject, Signal

from closedmesh.ui.bridge import explained


class Later(QObject):
    """Does one thing; `done` or `failed` follows on Qt's thread, unless the parent is gone."""

    done = Signal(object)
    failed = Signal(object)
    """A `ClosedMeshError`."""

    def __init__(self, work: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.done.connect(lambda _: self.deleteLater())
        self.failed.connect(lambda _: self.deleteLater())

    def start(self) -> None:
        """Begin. The thread does not keep the program from ending."""
        threading.Thread(target=self._run, name="window-work", daemon=True).start()

    def _run(self) -> None:
        try:
            result = self._work()
        except Exception as error:
            with suppress(RuntimeError):  # Qt's half of a window that was closed is gone
                self.failed.emit(explained(error))
        else:
            with suppress(RuntimeError):
                self.done.emit(result)
