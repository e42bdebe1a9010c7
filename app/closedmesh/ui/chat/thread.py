"""The open chat from top to bottom. Follows what is being written while a person is at its end."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from closedmesh.models.conversations import (
    ConversationDetail,
    Entry,
    EntryId,
    Versions,
    branch,
    versions,
)
from closedmesh.ui import words
from closedmesh.ui.chat.left import ThreadPlace
from closedmesh.ui.chat.message import MessageWidget, Shown
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import PAGE_WIDTH, button, label

PART = 60
"""Messages that are drawn at first; earlier ones come on request."""

STEP = 8
"""Messages that are drawn at once: so many take no longer than a person notices."""

NEAR_END = 40
"""Pixels from the end at which a person counts as reading along."""


def examples() -> tuple[str, ...]:
    """What a first question may be."""
    return (
        words.tr("Explain in three sentences how a rainbow is made."),
        words.tr("Write a short poem about the sea."),
        words.tr("Write a Python function that reverses a list."),
    )


class Thread(QScrollArea):
    """The messages of one branch."""

    edit_requested = Signal(object)
    again_requested = Signal(object)
    branch_requested = Signal(object)
    receipt_requested = Signal(object)
    example_chosen = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._detail: ConversationDetail | None = None
        self._titles: Mapping[str, str] = {}
        self._path: tuple[Entry, ...] = ()
        self._versions: Versions = {}
        self._widgets: dict[EntryId, MessageWidget] = {}
        self._count = STEP
        self._wanted = PART
        self._from_end = 0
        """Pixels below what is read, which stays in its place while earlier messages come."""
        self._at_end = True
        self._from_top: int | None = None
        """Pixels above what is read, while a page that took another's place is laid out."""
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._draw_more)
        self.setAccessibleName(words.tr("Messages"))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        content = QWidget()
        content.setProperty("role", "page")
        content.setMaximumWidth(PAGE_WIDTH)
        self._layout = QVBoxLayout(content)
        self._layout.setContentsMargins(20, 16, 20, 16)
        self._layout.setSpacing(10)
        self._empty = self._make_empty()
        self._layout.addWidget(self._empty)
        self._earlier = button(words.tr("Show earlier messages"), self._show_earlier)
        self._earlier.hide()
        self._layout.addWidget(self._earlier)
        self._layout.addStretch(1)
        self.setWidget(content)
        self.verticalScrollBar().valueChanged.connect(self._note_place)
        self.verticalScrollBar().rangeChanged.connect(self._follow)
        self.verticalScrollBar().actionTriggered.connect(self._let_go)

    def _make_empty(self) -> QWidget:
        empty = QWidget()
        layout = QVBoxLayout(empty)
        layout.setSpacing(8)
        layout.addSpacing(60)
        layout.addWidget(label(words.tr("What would you like to know?"), "title"))
        self._welcome = label("", "muted")
        layout.addWidget(self._welcome)
        layout.addSpacing(12)
        for example in examples():
            layout.addWidget(button(example, self._chooser(example), "example"))
        return empty

    def _chooser(self, example: str) -> Callable[[], None]:
        return lambda: self.example_chosen.emit(example)

    def display(self, detail: ConversationDetail | None, titles: Mapping[str, str]) -> None:
        """Show a chat, or the invitation to begin one."""
        if detail is self._detail and titles == self._titles:
            return
        if self._detail is None or detail is None or detail.summary.id != self._detail.summary.id:
            self._clear()
            self._count, self._wanted = STEP, PART
            self._at_end, self._from_top = True, None
        if detail is not self._detail:
            self._path = branch(detail) if detail else ()
            self._versions = versions(detail) if detail else {}
        self._detail = detail
        self._titles = titles
        self._lay_out()

    def display_welcome(self, words: str) -> None:
        """Say above an empty chat who will read what is written."""
        self._welcome.setText(words)

    def _lay_out(self) -> None:
        path = self._path
        shown = path[-self._count :]
        self._empty.setVisible(not path)
        self._earlier.setVisible(len(path) > self._wanted)
        if len(path) > len(shown) and self._count < self._wanted:
            self._timer.start()
        kept = {entry.id for entry in shown}
        for gone in [entry for entry in self._widgets if entry not in kept]:
            self._remove(gone)
        for place, entry in enumerate(shown):
            now = Shown(entry, self._versions[entry.parent, entry.role], self._titles)
            if entry.id in self._widgets:
                self._widgets[entry.id].display(now)
            else:
                self._add(place, entry.id, now)

    def _add(self, place: int, entry: EntryId, shown: Shown) -> None:
        widget = MessageWidget(self._theme, shown)
        widget.edit_requested.connect(self.edit_requested)
        widget.again_requested.connect(self.again_requested)
        widget.branch_requested.connect(self.branch_requested)
        widget.receipt_requested.connect(self.receipt_requested)
        self._widgets[entry] = widget
        self._layout.insertWidget(2 + place, widget)  # after the two that are always there

    def _remove(self, entry: EntryId) -> None:
        widget = self._widgets.pop(entry)
        self._layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _clear(self) -> None:
        for entry in list(self._widgets):
            self._remove(entry)

    def _show_earlier(self) -> None:
        self._wanted += PART
        self._at_end = False
        self._draw_more()

    def _draw_more(self) -> None:
        bar = self.verticalScrollBar()
        self._from_end = bar.maximum() - bar.value()
        self._count = min(self._count + STEP, self._wanted)
        self._lay_out()

    def display_growing(self, entry: EntryId, text: str, waiting: str) -> None:
        """Show what an answer has so far."""
        if widget := self._widgets.get(entry):
            widget.display_text(text)
            widget.display_waiting("" if text else waiting)

    @property
    def place(self) -> ThreadPlace:
        """Where a person reads."""
        from_top = None if self._at_end else self.verticalScrollBar().value()
        return ThreadPlace(self._count, from_top)

    def go_to(self, place: ThreadPlace) -> None:
        """Show the same of the same chat as another thread did."""
        self._count, self._wanted = place.count, max(PART, place.count)
        self._at_end, self._from_top = place.from_top is None, place.from_top
        self._lay_out()

    def go_to_end(self) -> None:
        """Show the last message, and follow it."""
        self._at_end, self._from_top = True, None
        self._follow()

    def _let_go(self) -> None:
        """A person moves what is shown."""
        self._from_top = None

    def _note_place(self, value: int) -> None:
        if self._from_top is None:
            self._at_end = value >= self.verticalScrollBar().maximum() - NEAR_END

    def _follow(self) -> None:
        bar = self.verticalScrollBar()
        if self._at_end:
            bar.setValue(bar.maximum())
        elif self._from_top is not None:
            bar.setValue(self._from_top)
        elif self._timer.isActive():
            bar.setValue(bar.maximum() - self._from_end)
