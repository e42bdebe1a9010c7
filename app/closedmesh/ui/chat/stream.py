"""An answer on its way into a chat."""

from PySide6.QtCore import QObject, QTimer, Signal

from closedmesh.errors import ClosedMeshError
from closedmesh.models.chat import Accepted, Finished, Piece, Waiting
from closedmesh.models.conversations import AnswerEvent, ConversationId, EntryId, Recorded, Turn
from closedmesh.ui import words
from closedmesh.ui.bridge import Answer, Bridge

REDRAW = 80
"""Milliseconds between two drawings of an answer that grows."""


class Stream(QObject):
    """One turn, from being asked until nothing more comes."""

    recorded = Signal()
    """The turn is kept; the chat has two more entries."""
    grown = Signal()
    """There is more to show; not more often than every `REDRAW`."""
    ended = Signal()

    def __init__(self, bridge: Bridge, turn: Turn, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.turn = turn
        self.text = ""
        self.waiting = ""
        self.reply: EntryId | None = None
        self.error: ClosedMeshError | None = None
        self._timer = QTimer(self, singleShot=True, interval=REDRAW)
        self._timer.timeout.connect(self.grown)
        self._answer: Answer = bridge.ask(turn)
        self._answer.received.connect(self._take)
        self._answer.failed.connect(self._fail)
        self._answer.ended.connect(self._end)

    @property
    def conversation(self) -> ConversationId:
        """The chat it belongs to."""
        return self.turn.conversation

    def pass_to(self, page: QObject) -> None:
        """Belong to another page; the one before hears nothing more."""
        for signal in (self.recorded, self.grown, self.ended):
            signal.disconnect()
        self.setParent(page)

    def stop(self) -> None:
        """Stop the answer; what was said so far is kept."""
        self._answer.cancel()

    def _take(self, event: AnswerEvent) -> None:
        match event:
            case Recorded():
                self.reply = event.reply
                self.recorded.emit()
            case Waiting(reason):
                self.waiting = f"{words.said(reason)} …"
                self._draw_soon()
            case Piece(text):
                self.text += text
                self._draw_soon()
            case Accepted() | Finished():
                pass

    def _draw_soon(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _fail(self, error: ClosedMeshError) -> None:
        self.error = error

    def _end(self) -> None:
        self._timer.stop()
        self.ended.emit()
