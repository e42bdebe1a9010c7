"""Every key of the window, in one list: what is bound is made from it, and so is the page that
tells it to people.

    bind("search", page, self.search.setFocus)
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QGridLayout, QVBoxLayout, QWidget

from closedmesh.ui import words
from closedmesh.ui.widgets import label


@dataclass(frozen=True, slots=True)
class Keys:
    """One or more sequences of keys that do the same, in Qt's portable form."""

    sequences: tuple[str, ...]
    meaning: str
    by_widget: bool = False
    """The widget that has the focus takes them itself; there is nothing to bind."""


def every() -> dict[str, Keys]:
    """All keys by name, in the order in which they are told."""
    return {
        "chat": Keys(("Ctrl+1",), words.tr("Chat page")),
        "models": Keys(("Ctrl+2",), words.tr("Models page")),
        "sharing": Keys(("Ctrl+3",), words.tr("Sharing page")),
        "mesh": Keys(("Ctrl+4",), words.tr("Mesh page")),
        "activity": Keys(("Ctrl+5",), words.tr("Activity page")),
        "settings": Keys(("Ctrl+6",), words.tr("Settings page")),
        "new-chat": Keys(("Ctrl+N",), words.tr("New chat")),
        "search": Keys(("Ctrl+F", "Ctrl+K"), words.tr("Search chats")),
        "send": Keys(("Return",), words.tr("Send the message"), by_widget=True),
        "line": Keys(("Shift+Return",), words.tr("Begin a line in the message"), by_widget=True),
        "stop": Keys(("Escape",), words.tr("Stop the answer")),
        "start": Keys(("Return", "Enter"), words.tr("Start, on the first screen")),
        "next": Keys(("Tab", "Shift+Tab"), words.tr("Next or previous control"), by_widget=True),
        "menu": Keys(
            ("Menu", "Shift+F10"), words.tr("What can be done with a chat"), by_widget=True
        ),
        "shortcuts": Keys(("F1",), words.tr("This list")),
    }


def bind(name: str, widget: QWidget, action: Callable[[], object]) -> None:
    """Have the keys of a name do something while a widget is in sight."""
    for sequence in every()[name].sequences:
        made = QShortcut(QKeySequence(sequence), widget)
        made.setObjectName(name)
        made.activated.connect(action)


def native(name: str) -> str:
    """The keys of a name as this system writes them."""
    form = QKeySequence.SequenceFormat.NativeText
    return ", ".join(QKeySequence(keys).toString(form) for keys in every()[name].sequences)


class ShortcutsDialog(QDialog):
    """The list, for people."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(words.tr("Keyboard shortcuts"))
        table = QGridLayout()
        table.setHorizontalSpacing(24)
        for line, (name, keys) in enumerate(every().items()):
            meaning = label(keys.meaning)
            meaning.setWordWrap(False)
            table.addWidget(meaning, line, 0)
            table.addWidget(label(native(name), "strong"), line, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 16)
        layout.setSpacing(16)
        layout.addLayout(table)
        layout.addWidget(buttons)
