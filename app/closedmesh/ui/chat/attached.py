"""The files that go along with the next message: read one after another, each shown with its size
in tokens and a way to leave it out."""

from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from closedmesh.errors import ClosedMeshError
from closedmesh.models.attachments import MAX_FILES, Attachment, tokens
from closedmesh.ui import words
from closedmesh.ui.chat.blocks import ThemedButton
from closedmesh.ui.later import Later
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Line, Problem, label

Read = Callable[[Path], Attachment]


def files_in(data: QMimeData) -> list[Path]:
    """The files of this computer that something dragged or copied names."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class MessageField(QPlainTextEdit):
    """Where words are written; files that are dropped or pasted here are attached."""

    files_given = Signal(list)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:  # noqa: N802 - Qt's name
        """Files, and whatever else it takes."""
        return bool(files_in(source)) or super().canInsertFromMimeData(source)

    def insertFromMimeData(self, source: QMimeData) -> None:  # noqa: N802 - Qt's name
        """Files are attached, words are inserted."""
        if files := files_in(source):
            self.files_given.emit(files)
        else:
            super().insertFromMimeData(source)


class Attached(QWidget):
    """The list; invisible while it is empty."""

    changed = Signal()

    def __init__(self, theme: Theme, read: Read, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._read = read
        self._files: list[Attachment] = []
        self._waiting: list[Path] = []
        self._reading: Path | None = None
        self._batch = 0
        self._news = label("", "muted")
        self.problem = Problem()
        self._lines = QVBoxLayout()
        self._lines.setSpacing(4)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._lines)
        layout.addWidget(self._news)
        layout.addWidget(self.problem)
        self._show()

    @property
    def files(self) -> tuple[Attachment, ...]:
        """What was read."""
        return tuple(self._files)

    @property
    def busy(self) -> bool:
        """Something is still being read."""
        return self._reading is not None

    def put(self, files: Iterable[Attachment]) -> None:
        """Have these and no others; what is being read no longer counts."""
        self._batch += 1
        self._files, self._waiting, self._reading = list(files), [], None
        self.problem.display("")
        self._show()

    def add(self, paths: Iterable[Path]) -> None:
        """Read files and attach them."""
        self.problem.display("")
        for path in paths:
            if len(self._files) + len(self._waiting) + self.busy >= MAX_FILES:
                most = words.number(MAX_FILES)
                self.problem.display(words.tr("At most {n} files go with a message.", n=most))
                break
            self._waiting.append(path)
        self._read_next()

    def _read_next(self) -> None:
        if self._reading is None and self._waiting:
            path = self._reading = self._waiting.pop(0)
            reading = Later(partial(self._read, path), self)
            reading.done.connect(partial(self._take, self._batch))
            reading.failed.connect(partial(self._fail, self._batch))
            reading.start()
        self._show()

    def _take(self, batch: int, found: Attachment) -> None:
        if batch == self._batch:
            self._files.append(found)
            self._reading = None
            self._read_next()

    def _fail(self, batch: int, error: ClosedMeshError) -> None:
        if batch == self._batch:
            self.problem.display(words.explained(error))
            self._reading = None
            self._read_next()

    def _leave_out(self, file: Attachment) -> None:
        self._files.remove(file)
        self.problem.display("")
        self._show()

    def _show(self) -> None:
        while (item := self._lines.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for file in self._files:
            self._lines.addWidget(self._line(file))
        self._news.setVisible(self.busy)
        if self._reading is not None:
            self._news.setText(words.tr("Reading {name}…", name=self._reading.name))
        self.setVisible(bool(self._files) or self.busy or not self.problem.isHidden())
        self.changed.emit()

    def _line(self, file: Attachment) -> QFrame:
        frame = QFrame()
        frame.setProperty("role", "attached")
        name = Line()
        name.display(f"{file_words(file)} {words.said(file.note)}")
        remove = ThemedButton(self._theme, "close", words.tr("Leave out {name}", name=file.name))
        remove.clicked.connect(lambda: self._leave_out(file))
        layout = QHBoxLayout(frame)
        layout.setContentsMargins(10, 2, 4, 2)
        layout.addWidget(name, 1)
        layout.addWidget(remove)
        return frame


def file_words(file: Attachment) -> str:
    """`notes.md · about 1,200 tokens`."""
    count = words.plural("about {n} token", "about {n} tokens", tokens(file.text))
    return f"{file.name} · {count}"
