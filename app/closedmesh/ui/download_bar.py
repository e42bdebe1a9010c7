"""The bar below the Models page: what is being fetched, and what can be done about it."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from closedmesh.control import (
    CancelDownload,
    Command,
    PauseDownload,
    PreferDownload,
    ResumeDownload,
)
from closedmesh.status import Status
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.downloads_view import WHOLE, DownloadRow, downloads_view
from closedmesh.ui.widgets import Line, Problem, button, label


class DownloadBar(QWidget):
    """Shows a `DownloadsView`; hidden while nothing is in the queue."""

    def __init__(self, bridge: Bridge, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self.setProperty("role", "downloads")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.rows: dict[str, DownloadWidget] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(24, 12, 24, 12)
        self._layout.setSpacing(10)
        self.more = label("", "muted")
        self._layout.addWidget(self.more)
        self.hide()

    def display(self, status: Status) -> None:
        """Show the queue of a peer."""
        view = downloads_view(status)
        ids = [row.id for row in view.rows]
        for gone in [known for known in self.rows if known not in ids]:
            self.rows.pop(gone).deleteLater()
        for place, row in enumerate(view.rows):
            if row.id not in self.rows:
                self.rows[row.id] = self._make(row.id)
            self._layout.insertWidget(place, self.rows[row.id])
            self.rows[row.id].display(row)
        self.more.setText(view.more)
        self.more.setVisible(bool(view.more))
        self.setVisible(bool(view.rows))

    def _make(self, download: str) -> "DownloadWidget":
        made = DownloadWidget()
        for pressed, command in (
            (made.pause, PauseDownload(download)),
            (made.resume, ResumeDownload(download)),
            (made.prefer, PreferDownload(download)),
            (made.cancel, CancelDownload(download)),
        ):
            pressed.clicked.connect(lambda _=False, command=command: self._do(command))
        return made

    def _do(self, command: Command[Any]) -> None:
        self._bridge.do(command)


class DownloadWidget(QWidget):
    """One download."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = label("", "strong")
        self.title.setWordWrap(False)
        self.words = Line("muted")
        self.progress = QProgressBar()
        self.progress.setRange(0, WHOLE)
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(6)
        self.problem = Problem()
        self.pause = button(words.tr("Pause"), lambda: None)
        self.resume = button(words.tr("Go on"), lambda: None)
        self.prefer = button(words.tr("Fetch first"), lambda: None)
        self.cancel = button(words.tr("Give up"), lambda: None, "danger")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addWidget(self.words, 1)
        for pressed in (self.pause, self.resume, self.prefer, self.cancel):
            head.addWidget(pressed)
        layout.addLayout(head)
        layout.addWidget(self.progress)
        layout.addWidget(self.problem)

    def display(self, row: DownloadRow) -> None:
        """Show how it does."""
        self.setAccessibleName(f"{row.title}: {row.words}")
        self.title.setText(row.title)
        self.words.display(row.words)
        self.progress.setValue(row.progress)
        self.problem.display(row.trouble)
        self.pause.setVisible(row.can_pause)
        self.resume.setVisible(row.can_resume)
        self.prefer.setVisible(row.can_prefer)
