"""A language that marks every word that was translated: what bears no mark, nobody translated."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QGroupBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTableWidget,
    QTabWidget,
    QWidget,
)

from closedmesh.ui.catalogue import Catalogue
from tests.support.desktop import RESOURCES

BEGIN, END = "⟦", "⟧"


@dataclass(frozen=True, slots=True)
class Marked(Catalogue):
    """Says everything as the source does, in brackets."""

    def say(self, text: str, meaning: str) -> str:
        del meaning
        return f"{BEGIN}{text}{END}"

    def count(self, one: str, many: str, number: int) -> str:
        return f"{BEGIN}{one if number == 1 else many}{END}"


def marked() -> Catalogue:
    """With the sentences from behind the window that the German list knows."""
    german = Catalogue.read(RESOURCES / "words" / "de.ts")
    core = {source: f"{BEGIN}{source}{END}" for source in german.core}
    patterns = tuple(
        (pattern, f"{BEGIN}{_text(pattern.parts, pattern.names)}{END}")
        for pattern, _ in german.patterns
    )
    return replace(Marked(), core=core, patterns=patterns)


def _text(parts: tuple[str, ...], names: tuple[str, ...]) -> str:
    places = [f"{{{name}}}" for name in names]
    return "".join(piece for pair in zip(parts, [*places, ""], strict=True) for piece in pair)


def unmarked(text: str) -> str:
    """What of a text stands outside of all brackets."""
    before, cut = None, "…" in text
    while text != before:
        before, text = text, re.sub(f"{BEGIN}[^{BEGIN}{END}]*{END}", " ", text)
    if cut:  # perhaps before an end mark
        text = text.partition(BEGIN)[0]
    return " ".join(text.split())


def texts(root: QWidget) -> Iterator[tuple[str, str]]:
    """Every word of a window that can be seen or heard, with where it stands. What a person or a
    model has written is not the window's."""
    for widget in [root, *root.findChildren(QWidget)]:
        name = type(widget).__name__
        for kind in ("toolTip", "accessibleName", "accessibleDescription", "windowTitle"):
            yield f"{name}.{kind}", getattr(widget, kind)()
        yield from ((f"{name} text", text) for text in _shown(widget))
    for action in root.findChildren(QAction):
        yield "action", action.text()


def _shown(widget: QWidget) -> Iterator[str]:
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QGroupBox():
            yield widget.title()
        case QTabWidget():
            yield from (widget.tabText(index) for index in range(widget.count()))
        case QComboBox():
            yield from (widget.itemText(index) for index in range(widget.count()))
        case QTableWidget():
            for column in range(widget.columnCount()):
                item = widget.horizontalHeaderItem(column)
                if item is not None:
                    yield item.text()
                    yield item.toolTip()
                for row in range(widget.rowCount()):
                    cell = widget.item(row, column)
                    yield cell.text() if cell else ""
        case _:
            pass
