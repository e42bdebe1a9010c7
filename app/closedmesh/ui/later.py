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
    _ended = Signal(object, object)
    """Result and error, from the thread."""

    def __init__(self, work: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        # By a method of this object, which tells Qt the thread that it belongs to.
        self._ended.connect(self._tell)

    def start(self) -> None:
        """Begin. The thread does not keep the program from ending."""
        threading.Thread(target=self._run, name="window-work", daemon=True).start()

    def _run(self) -> None:
        result, error = None, None
        try:
            result = self._work()
        except Exception as problem:
            error = explained(problem)
        with suppress(RuntimeError):  # Qt's half of a window that was closed is gone
            self._ended.emit(result, error)

    def _tell(self, result: object, error: object) -> None:
        if error is None:
            self.done.emit(result)
        else:
            self.failed.emit(error)
        self.deleteLater()
