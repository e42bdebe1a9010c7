"""Where the next message is written, and what is said about who will read it."""

from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QFileDialog, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from closedmesh.assembly import read_document
from closedmesh.models import attachments
from closedmesh.models.conversations import MAX_TEXT
from closedmesh.ui import words
from closedmesh.ui.chat.attached import Attached, MessageField, Read, files_in
from closedmesh.ui.chat.blocks import ThemedButton
from closedmesh.ui.chat.header_view import ComposerView
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import label, mark

MAX_LINES = 8
"""Lines that the field grows to before it scrolls."""

ICON = 16
"""Pixels."""

SPARE = 8
"""Pixels, so that the last line is never cut."""


class Composer(QFrame):
    """Enter sends, Shift+Enter begins a line, Escape stops."""

    sent = Signal(str)
    stop_requested = Signal()
    edit_cancelled = Signal()

    def __init__(
        self, theme: Theme, read: Read = read_document, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._busy = False
        self._usable = True
        self.setProperty("role", "card")
        self.attached = Attached(theme, read)
        self.text = MessageField()
        self.text.files_given.connect(self.attached.add)
        self.attached.changed.connect(self._enable)
        self.setAcceptDrops(True)
        self.text.setAccessibleName(words.tr("Message"))
        self.text.setPlaceholderText(words.tr("Write a message"))
        self.text.setTabChangesFocus(True)
        self.text.setProperty("role", "composer")
        self.text.document().setDocumentMargin(0)  # its words begin where the ones below do
        self.text.installEventFilter(self)
        self.text.textChanged.connect(self._fit)
        self._button = ThemedButton(theme, "send", words.tr("Send (Enter)"))
        self._button.setProperty("role", "send")
        self._button.clicked.connect(self._press)
        self._editing = label(
            words.tr("Editing an earlier message; the old version is kept."), "muted"
        )
        self._leave = ThemedButton(theme, "close", words.tr("Leave the message as it was"))
        self._leave.clicked.connect(self.edit_cancelled)
        self._place = label("", "muted")
        self._lay_out()
        self.display_editing(editing=False)
        self._fit()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 10, 10)
        layout.setSpacing(4)
        top = QHBoxLayout()
        top.addWidget(self._editing, 1)
        top.addWidget(self._leave)
        layout.addLayout(top)
        layout.addWidget(self.attached)
        middle = QHBoxLayout()
        middle.addWidget(self.text, 1)
        attach = ThemedButton(self._theme, "attach", words.tr("Attach a file"))
        attach.setProperty("role", "attach")
        attach.clicked.connect(self._choose_files)
        middle.addWidget(attach, alignment=Qt.AlignmentFlag.AlignBottom)
        middle.addWidget(self._button, alignment=Qt.AlignmentFlag.AlignBottom)
        layout.addLayout(middle)
        layout.addLayout(self._make_bottom())

    def display(self, view: ComposerView, *, busy: bool) -> None:
        """Show whether an answer is being written, who reads along, and whether it can go."""
        self._busy = busy
        self._usable = view.usable
        self._place.setText(view.place)
        self._place_icon.setVisible(view.exposed)
        mark(self, "exposed", on=view.exposed)
        if busy:
            self._button.become("stop", words.tr("Stop (Escape)"))
        else:
            self._button.become("send", words.tr("Send (Enter)"))
        self._enable()

    def message(self) -> str:
        """What is written, with the files that go along."""
        question = self.text.toPlainText()
        return attachments.joined(self.attached.files, question)

    def put(self, message: str) -> None:
        """Write a message, with its files."""
        files, question = attachments.parted(message)
        self.attached.put(files)
        self.text.setPlainText(question)
        self.text.moveCursor(QTextCursor.MoveOperation.End)  # where a person goes on

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Files may be let go anywhere around the field too."""
        if files_in(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Attach them."""
        self.attached.add(files_in(event.mimeData()))
        event.acceptProposedAction()

    def _choose_files(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(self, words.tr("Attach files"))
        self.attached.add(map(Path, names))
        self.text.setFocus()

    def display_editing(self, *, editing: bool) -> None:
        """Show whether an earlier message is being changed."""
        self._editing.setVisible(editing)
        self._leave.setVisible(editing)

    def _make_bottom(self) -> QHBoxLayout:
        self._place_icon = QLabel()
        self._place_icon.setAccessibleName(words.tr("Others can read this"))
        self._redraw()
        self._theme.changed.connect(self._redraw)
        bottom = QHBoxLayout()
        bottom.setSpacing(6)
        bottom.addWidget(self._place_icon)
        bottom.addWidget(self._place, 1)
        return bottom

    def _redraw(self) -> None:
        self._place_icon.setPixmap(self._theme.icon("people", "muted").pixmap(ICON, ICON))

    @property
    def place_label(self) -> QLabel:
        """The words about who reads along."""
        return self._place

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        """Catch the keys that send and stop."""
        if watched is self.text and isinstance(event, QKeyEvent) and self._is_press(event):
            if event.key() == Qt.Key.Key_Escape and self._busy:
                self.stop_requested.emit()
                return True
            plain_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            if plain_enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self._send()
                return True
        return super().eventFilter(watched, event)

    def _is_press(self, event: QKeyEvent) -> bool:
        return event.type() is QEvent.Type.KeyPress

    def _press(self) -> None:
        if self._busy:
            self.stop_requested.emit()
        else:
            self._send()

    def _send(self) -> None:
        if not self._can_send:
            return
        message = attachments.joined(self.attached.files, self.text.toPlainText().strip())
        if len(message) > MAX_TEXT:
            self.attached.problem.display(words.tr("This is too long for one message."))
            self.attached.show()
            return
        self.put("")
        self.sent.emit(message)

    @property
    def _can_send(self) -> bool:
        has_something = bool(self.text.toPlainText().strip() or self.attached.files)
        return has_something and self._usable and not self._busy and not self.attached.busy

    def _enable(self) -> None:
        self._button.setEnabled(self._busy or self._can_send)

    def _fit(self) -> None:
        lines = max(1, min(MAX_LINES, int(self.text.document().size().height())))
        self.text.setFixedHeight(lines * self.text.fontMetrics().lineSpacing() + SPARE)
        self._enable()
