"""One message's text as widgets that open nothing, fetch nothing and fit their width."""

import math
from collections.abc import Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QByteArray, Qt, QUrl
from PySide6.QtGui import (
    QDesktopServices,
    QGuiApplication,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QMessageBox,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from closedmesh.ui import words
from closedmesh.ui.chat.colouring import coloured
from closedmesh.ui.chat.markdown_view import SCHEMES, Block, Code, Growing, Prose, plain
from closedmesh.ui.colours import LIGHT
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import label

SPARE = 2
"""Pixels, so that rounding never cuts the last line."""


class ThemedButton(QToolButton):
    """A button with an icon that follows the theme."""

    def __init__(self, theme: Theme, icon: str, tip: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        theme.changed.connect(self._draw)
        self._draw()

    def become(self, icon: str, tip: str) -> None:
        """Show another icon, with another meaning."""
        self._icon = icon
        self.setToolTip(tip)
        self.setAccessibleName(tip)
        self._draw()

    def _draw(self) -> None:
        self.setIcon(self._theme.icon(self._icon))


class InertText(QTextBrowser):
    """Shows text at its full height. Loads nothing; asks before it opens an address."""

    def __init__(self, role: str, *, wrap: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self.setOpenLinks(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        if wrap:
            self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        else:
            self.setLineWrapMode(QTextBrowser.LineWrapMode.NoWrap)
        self.anchorClicked.connect(self._ask_before_opening)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._fit()

    def loadResource(self, kind: int, name: QUrl | str) -> Any:  # noqa: N802 - Qt's name
        """Nothing is ever loaded: a picture could be a file of this computer."""
        del kind, name
        return QByteArray()

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802 - Qt's name
        """Turning the wheel moves the chat, not this text."""
        event.ignore()

    def _fit(self) -> None:
        bar = self.horizontalScrollBar().sizeHint().height() if self._overflows() else 0
        margins = self.contentsMargins().top() + self.contentsMargins().bottom()
        self.setFixedHeight(math.ceil(self.document().size().height()) + margins + bar + SPARE)

    def _overflows(self) -> bool:
        wide = self.document().idealWidth() > self.viewport().width()
        return self.lineWrapMode() is QTextBrowser.LineWrapMode.NoWrap and wide

    def _ask_before_opening(self, address: QUrl) -> None:
        text = address.toString()
        if not text.startswith(SCHEMES):
            return
        answer = QMessageBox.question(
            self.window(),
            words.tr("Open this address?"),
            words.tr(
                "The model wrote this address. Open it in the browser?\n\n{address}",
                address=plain(text)[:500],
            ),
        )
        if answer == QMessageBox.StandardButton.Yes:
            QDesktopServices.openUrl(address)


class CodeBlock(QFrame):
    """Program text with its language and a copy button."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._code = Code("", "")
        self._pieces: list[tuple[tuple[str, str], ...]] = []
        self._ends: list[int] = []
        """Places in the document where the pieces end."""
        self.setProperty("role", "code")
        self._language = label("", "muted")
        self._text = InertText("code", wrap=False)
        self._text.setAccessibleName(words.tr("Code"))
        copy = ThemedButton(theme, "copy", words.tr("Copy this code"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._code.text))
        top = QHBoxLayout()
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self._language, 1)
        top.addWidget(copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 4, 6, 8)
        layout.setSpacing(2)
        layout.addLayout(top)
        layout.addWidget(self._text)

    def display(self, code: Code) -> None:
        """Show code; of one that grows, only the last piece is written anew."""
        self._code = code
        self._language.setText(code.language or words.tr("text", "of a block of code"))
        wanted = list(coloured(code.text, code.language))
        same = _same(self._pieces, wanted)
        del self._ends[same:]
        self._pieces = wanted
        cursor = QTextCursor(self._text.document())
        cursor.beginEditBlock()
        cursor.setPosition(self._ends[-1] if self._ends else 0)
        cursor.movePosition(QTextCursor.MoveOperation.End, QTextCursor.MoveMode.KeepAnchor)
        cursor.removeSelectedText()
        for piece in wanted[same:]:
            self._write(cursor, piece)
            self._ends.append(cursor.position())
        cursor.endEditBlock()

    def _write(self, cursor: QTextCursor, piece: Sequence[tuple[str, str]]) -> None:
        for text, colour in piece:
            form = QTextCharFormat()
            if colour:
                form.setForeground(self._theme.colour(colour))
            cursor.insertText(text, form)

    def redraw(self) -> None:
        """Show the same in other colours."""
        self._pieces, self._ends = [], []
        self.display(self._code)


class ProseBlock(InertText):
    """Paragraphs, lists, tables."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__("prose", wrap=True, parent=parent)
        self._theme = theme

    def display(self, prose: Prose) -> None:
        """Show paragraphs."""
        self.document().setDefaultStyleSheet(_document_style(colours_of(self._theme)))
        self.setHtml(prose.html)


_Kind = TypeVar("_Kind", CodeBlock, ProseBlock)


class MessageText(QWidget):
    """A message's text; when more of it comes, only the blocks that changed are drawn."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._growing = Growing()
        self._shown: list[Block] = []
        self._widgets: list[CodeBlock | ProseBlock] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        theme.changed.connect(self._redraw)

    def display_markdown(self, text: str) -> None:
        """Show what a model wrote."""
        self._display(self._growing.blocks(text))

    def _display(self, wanted: Sequence[Block]) -> None:
        same = _same(self._shown, wanted)
        for index in range(same, len(wanted)):
            self._put(index, wanted[index])
        while len(self._widgets) > len(wanted):
            self._remove_last()
        self._shown = list(wanted)

    def _put(self, index: int, block: Block) -> None:
        if isinstance(block, Code):
            self._at(index, CodeBlock).display(block)
        else:
            self._at(index, ProseBlock).display(block)

    def _at(self, index: int, kind: type[_Kind]) -> _Kind:
        """The widget at a place, made anew if it is of another kind."""
        while index < len(self._widgets):
            found = self._widgets[index]
            if isinstance(found, kind):
                return found
            self._remove_last()
        made = kind(self._theme)
        self._widgets.append(made)
        self._layout.addWidget(made)
        return made

    def _remove_last(self) -> None:
        widget = self._widgets.pop()
        self._layout.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _redraw(self) -> None:
        for block, widget in zip(self._shown, self._widgets, strict=True):
            if isinstance(block, Prose) and isinstance(widget, ProseBlock):
                widget.display(block)
            elif isinstance(widget, CodeBlock):
                widget.redraw()


def _same(before: Sequence[object], now: Sequence[object]) -> int:
    """How many are the same from the begin on."""
    pairs = enumerate(zip(before, now, strict=False))
    shorter = min(len(before), len(now))
    return next((place for place, (old, new) in pairs if old != new), shorter)


def colours_of(theme: Theme) -> dict[str, str]:
    """Every colour of the theme by name."""
    return {name: theme.colour(name).name() for name in LIGHT}


def _document_style(colours: dict[str, str]) -> str:
    return (
        "p, li { line-height: 135%; }"
        # The title of a page is the largest thing on it.
        "h1 { font-size: x-large; } h2 { font-size: large; } h3, h4, h5, h6 { font-size: medium; }"
        f"a {{ color: {colours['link']}; }}"
        f"code {{ font-family: monospace; background-color: {colours['code']}; }}"
        f"pre {{ font-family: monospace; background-color: {colours['code']};"
        " white-space: pre-wrap; }"
        f"blockquote {{ color: {colours['muted']}; }}"
        "table { border-collapse: collapse; }"
        f"td, th {{ border: 1px solid {colours['border']}; padding: 4px 8px; }}"
    )
