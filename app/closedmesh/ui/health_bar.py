"""Trouble that lasts, at the top of the window: what is wrong and one thing to do."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from closedmesh.errors import ClosedMeshError
from closedmesh.status import Health, Severity
from closedmesh.ui import words
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import button, label

ICON = 22
"""Pixels."""

MAX_ITEMS = 4
"""Shown at once; the pages need their room."""

_MENDED_ON = {
    "settings": ("setting", "secrets", "api-key"),
    "models": ("model",),
    "mesh": ("membership", "invite", "no-entry", "not-listed", "network"),
}
"""How the codes of what can be mended on a page begin."""

_ORDER = [Severity.ERROR, Severity.WARNING, Severity.INFO]


class HealthBar(QWidget):
    """One line for each item, the worst first; nothing while all is well."""

    start_requested = Signal()
    """Start the peer again."""
    page_requested = Signal(str)
    """Show the page where something can be done about it."""
    report_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._items: tuple[Health, ...] = ()
        self._lost: ClosedMeshError | None = None
        self._notice: ClosedMeshError | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        theme.changed.connect(self._rebuild)

    def display(self, items: tuple[Health, ...]) -> None:
        """Show the trouble of a peer that runs."""
        if items != self._items or self._lost is not None:
            self._items, self._lost = items, None
            self._rebuild()

    def display_lost(self, error: ClosedMeshError) -> None:
        """Say that no peer runs, with a button that starts it again."""
        self._lost = error
        self._rebuild()

    def display_starting(self) -> None:
        """No peer runs yet, and nothing is wrong."""
        self._items, self._lost = (), None
        self._rebuild()

    def display_notice(self, error: ClosedMeshError | None) -> None:
        """Show what went wrong until it is dismissed or something else does; `None` dismisses."""
        self._notice = error
        self._rebuild()

    def lines(self) -> tuple[str, ...]:
        """What is shown, as words."""
        return tuple(line.words for line in self._lines())

    def _lines(self) -> list["HealthLine"]:
        found = (self._layout.itemAt(n) for n in range(self._layout.count()))
        widgets = [item.widget() for item in found if item is not None]
        return [widget for widget in widgets if isinstance(widget, HealthLine)]

    def _rebuild(self) -> None:
        for line in self._lines():
            self._layout.removeWidget(line)
            line.hide()
            line.deleteLater()
        if self._lost is not None:
            again = button(words.tr("Start again"), self.start_requested.emit, "primary")
            self._add_error(self._lost, again)
            return
        if self._notice is not None:
            self._add_error(
                self._notice, button(words.tr("Dismiss"), lambda: self.display_notice(None))
            )
        items = sorted(self._items, key=lambda item: _ORDER.index(item.severity))
        for item in items[:MAX_ITEMS]:
            self._layout.addWidget(HealthLine(item, self._theme, self._action(item)))

    def _action(self, item: Health) -> QPushButton | None:
        """The one thing to do: where it can be mended, else a report for those who help."""
        for page, codes in _MENDED_ON.items():
            if item.code.startswith(codes):
                return button(_open_words(page), partial(self.page_requested.emit, page))
        if item.severity is Severity.INFO:
            return None
        return button(words.tr("Save a report…"), self.report_requested.emit)

    def _add_error(self, error: ClosedMeshError, action: QPushButton) -> None:
        item = Health(error.code, Severity.ERROR, error.title, error.advice)
        self._layout.addWidget(HealthLine(item, self._theme, action))


class HealthLine(QFrame):
    """One item; its severity is told by the shape of the icon as well as the colour."""

    def __init__(self, item: Health, theme: Theme, action: QPushButton | None = None) -> None:
        super().__init__()
        title, advice = words.said(item.title), words.said(item.advice)
        self.words = f"{title} {advice}"
        self.setProperty("severity", item.severity.value)
        self.setAccessibleName(self.words)
        icon = QLabel()
        colour = "text" if item.severity is Severity.INFO else item.severity.value
        icon.setPixmap(theme.icon(item.severity.value, colour).pixmap(ICON, ICON))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(12)
        layout.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        text = QVBoxLayout()
        text.setSpacing(1)
        text.addWidget(label(title, "strong"))
        text.addWidget(label(advice))
        layout.addLayout(text, 1)
        if action is not None:
            layout.addWidget(action)


def _open_words(page: str) -> str:
    names = {
        "settings": words.tr("Open Settings"),
        "models": words.tr("Open Models"),
        "mesh": words.tr("Open Mesh"),
    }
    return names[page]
