"""One message of the open chat, with what can be done about it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from closedmesh.models import attachments, reasoning
from closedmesh.models.chat import Role, ServedBy
from closedmesh.models.conversations import Entry, EntryState
from closedmesh.ui import words
from closedmesh.ui.chat.attached import file_words
from closedmesh.ui.chat.blocks import InertText, MessageText, ThemedButton
from closedmesh.ui.chat.fold import Fold
from closedmesh.ui.chat.markdown_view import plain
from closedmesh.ui.chat.message_view import footer, problem_words, speaker, thought_words
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Problem, button, label, row


@dataclass(frozen=True, slots=True)
class Shown:
    """What a message widget shows."""

    entry: Entry
    siblings: tuple[Entry, ...]
    """All versions of it, itself included."""
    titles: Mapping[str, str]
    """Titles of models by name."""


class MessageWidget(QFrame):
    """A question or an answer."""

    edit_requested = Signal(object)
    """The `Entry` of a question that is to be asked in other words."""
    again_requested = Signal(object)
    """The `Entry` of an answer that is to be given anew."""
    branch_requested = Signal(object)
    """The `Entry` of another version."""
    receipt_requested = Signal(object)
    """The `Entry` of an answer through the mesh whose receipt is to be opened."""

    def __init__(self, theme: Theme, shown: Shown, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown = shown
        self._text = ""
        self.setProperty("role", "question" if self._is_question else "answer")
        self._words: InertText | MessageText = (
            InertText("prose", wrap=True) if self._is_question else MessageText(theme)
        )
        self._waiting = label("", "muted")
        self._waiting.hide()
        self._problem = Problem()
        self._footer = label("", "muted")
        self._position = label("", "muted")
        self._position.setWordWrap(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 12, 6)
        layout.setSpacing(4)
        layout.addWidget(label(speaker(shown.entry), "strong"))
        self._folds: list[Fold] = []
        self._folded = QVBoxLayout()
        self._folded.setSpacing(2)
        layout.addLayout(self._folded)
        for widget in (self._words, self._waiting, self._problem):
            layout.addWidget(widget)
        self._ask_again = button(
            words.tr("Answer again"), lambda: self.again_requested.emit(self._shown.entry)
        )
        layout.addLayout(row(self._ask_again))
        layout.addLayout(self._bottom())
        self.display(shown)

    @property
    def _is_question(self) -> bool:
        return self._shown.entry.role is Role.USER

    def _bottom(self) -> QHBoxLayout:
        bottom = QHBoxLayout()
        bottom.setSpacing(2)
        self._older = ThemedButton(self._theme, "left", words.tr("The version before"))
        self._older.clicked.connect(lambda: self._step(-1))
        self._newer = ThemedButton(self._theme, "right", words.tr("The next version"))
        self._newer.clicked.connect(lambda: self._step(1))
        copy = ThemedButton(self._theme, "copy", words.tr("Copy this message"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._own_words))
        if self._is_question:
            self._change = ThemedButton(self._theme, "edit", words.tr("Edit; this version is kept"))
            self._change.clicked.connect(lambda: self.edit_requested.emit(self._shown.entry))
        else:
            self._change = ThemedButton(
                self._theme, "regenerate", words.tr("Answer again; this answer is kept")
            )
            self._change.clicked.connect(lambda: self.again_requested.emit(self._shown.entry))
        self._receipt = ThemedButton(
            self._theme, "receipt", words.tr("Open and check the receipt of this answer")
        )
        self._receipt.clicked.connect(lambda: self.receipt_requested.emit(self._shown.entry))
        bottom.addWidget(self._footer, 1)
        steps = (self._older, self._position, self._newer)
        for widget in (*steps, copy, self._change, self._receipt):
            bottom.addWidget(widget)
        return bottom

    def display(self, shown: Shown) -> None:
        """Show an entry as it is kept."""
        self._shown = shown
        entry = shown.entry
        if entry.state is not EntryState.WRITING:
            self.display_text(entry.text)
            self.display_waiting("")
        self._problem.display(problem_words(entry))
        self._ask_again.setVisible(bool(entry.problem) and not self._is_question)
        self._footer.setText(footer(entry, shown.titles))
        self._change.setVisible(entry.state is not EntryState.WRITING)
        through_mesh = entry.receipt is not None and entry.receipt.served_by is ServedBy.MESH
        self._receipt.setVisible(through_mesh)
        several = len(shown.siblings) > 1
        for widget in (self._older, self._position, self._newer):
            widget.setVisible(several)
        place = [sibling.id for sibling in shown.siblings].index(entry.id)
        self._older.setEnabled(place > 0)
        self._newer.setEnabled(place < len(shown.siblings) - 1)
        self._position.setText(f"{place + 1} / {len(shown.siblings)}")

    def display_text(self, text: str) -> None:
        """Show text, also while it grows."""
        if text == self._text:
            return
        self._text = text
        match self._words:
            case MessageText():
                answer = reasoning.parted(text)
                thoughts = (
                    [(thought_words(answer), answer.thought)]
                    if answer.thought or answer.thinking
                    else []
                )
                self._display_folds("thinking", thoughts)
                self._words.display_markdown(answer.answer)
            case InertText():
                files, question = attachments.parted(text)
                self._display_folds("attach", [(file_words(one), one.text) for one in files])
                self._words.setPlainText(plain(question))
                self._words.setVisible(bool(question))

    def _display_folds(self, icon: str, folded: Sequence[tuple[str, str]]) -> None:
        while len(self._folds) > len(folded):
            gone = self._folds.pop()
            self._folded.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self._folds) < len(folded):
            self._folds.append(Fold(self._theme, icon))
            self._folded.addWidget(self._folds[-1])
        for fold, (title, text) in zip(self._folds, folded, strict=True):
            fold.display(title, text)

    @property
    def _own_words(self) -> str:
        """What was said: without files that went along, and without thoughts."""
        if self._is_question:
            return attachments.parted(self._text)[1]
        return reasoning.parted(self._text).answer

    def display_waiting(self, reason: str) -> None:
        """Say why there is no text yet."""
        self._waiting.setText(reason)
        self._waiting.setVisible(bool(reason))

    def _step(self, by: int) -> None:
        ids = [sibling.id for sibling in self._shown.siblings]
        place = ids.index(self._shown.entry.id) + by
        if 0 <= place < len(ids):
            self.branch_requested.emit(self._shown.siblings[place])
