"""The list of chats: search, open, rename, pin, export, delete with a way back."""

from typing import cast

from PySide6.QtCore import QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QInputDialog,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QVBoxLayout,
    QWidget,
)

from closedmesh.control import (
    DeleteConversation,
    ListConversations,
    PinConversation,
    RenameConversation,
    RestoreConversation,
)
from closedmesh.models.conversations import MAX_TITLE, ConversationId, ConversationSummary
from closedmesh.ui import words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.chat.blocks import ThemedButton
from closedmesh.ui.chat.markdown_view import plain
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import button, label

SEARCH_DELAY = 200
"""Milliseconds after the last key until a search begins."""

UNDO_TIME = 12_000
"""Milliseconds that the way back is offered."""

WIDTHS = (180, 250)
"""Pixels, in a narrow and in a wide window."""


class ChatList(QFrame):
    """The left column of the page."""

    chosen = Signal(str)
    """The `ConversationId` to open."""
    new_requested = Signal()
    export_requested = Signal(str, str)
    """`ConversationId` and file extension."""
    deleted = Signal(str)
    renamed = Signal(str)

    def __init__(self, bridge: Bridge, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._theme = theme
        self._open: ConversationId | None = None
        self._summaries: tuple[ConversationSummary, ...] = ()
        self.setProperty("role", "chats")
        self.setMinimumWidth(WIDTHS[0])
        self.setMaximumWidth(WIDTHS[1])
        self.search = QLineEdit()
        self.search.setPlaceholderText(words.tr("Search chats"))
        self.search.setAccessibleName(words.tr("Search chats"))
        self.search.setClearButtonEnabled(True)
        self._timer = QTimer(self, singleShot=True, interval=SEARCH_DELAY)
        self._timer.timeout.connect(self.refresh)
        self.search.textChanged.connect(lambda _text: self._timer.start())
        new = ThemedButton(theme, "new-chat", words.tr("New chat"))
        new.clicked.connect(self.new_requested)
        self.list = QListWidget()
        self.list.setAccessibleName(words.tr("Chats"))
        self.list.setIconSize(QSize(14, 14))
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.list.itemClicked.connect(self._choose)
        self.list.itemActivated.connect(self._choose)
        self._nothing = label(words.tr("No chat holds these words."), "muted")
        self._nothing.hide()
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        top.addWidget(new)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 12, 10, 10)
        layout.addLayout(top)
        layout.addWidget(self._nothing)
        layout.addWidget(self.list, 1)
        layout.addWidget(self._make_undo())
        theme.changed.connect(self._fill)

    def _make_undo(self) -> QFrame:
        self._undo = QFrame()
        self._undo.setProperty("role", "card")
        self._undo_words = label("")
        self._undo_timer = QTimer(self, singleShot=True, interval=UNDO_TIME)
        self._undo_timer.timeout.connect(self._undo.hide)
        self._gone: ConversationId | None = None
        layout = QHBoxLayout(self._undo)
        layout.setContentsMargins(8, 6, 8, 6)
        layout.addWidget(self._undo_words, 1)
        layout.addWidget(button(words.tr("Undo"), self._restore))
        self._undo.hide()
        return self._undo

    def refresh(self) -> None:
        """Read the list anew."""
        self._bridge.do(ListConversations(self.search.text()), self._take)

    def mark(self, chat: ConversationId | None) -> None:
        """Show which chat is open."""
        if chat != self._open:
            self._open = chat
            self._fill()

    def _take(self, summaries: tuple[ConversationSummary, ...]) -> None:
        if summaries != self._summaries:
            self._summaries = summaries
            self._fill()
        self._nothing.setVisible(not summaries and bool(self.search.text()))

    def _fill(self) -> None:
        place = self.list.verticalScrollBar().value()
        self.list.clear()
        for summary in self._summaries:
            words = plain(summary.title)
            if summary.excerpt:
                words += "\n" + " ".join(plain(summary.excerpt).split())
            item = QListWidgetItem(words)
            item.setToolTip(plain(summary.title))
            item.setData(Qt.ItemDataRole.UserRole, summary.id)
            if summary.pinned:
                item.setIcon(self._theme.icon("pin", "muted"))
            self.list.addItem(item)
            if summary.id == self._open:
                self.list.setCurrentItem(item)
        self.list.verticalScrollBar().setValue(place)

    def _choose(self, item: QListWidgetItem) -> None:
        self.chosen.emit(item.data(Qt.ItemDataRole.UserRole))

    def _summary(self, chat: ConversationId) -> ConversationSummary:
        return next(summary for summary in self._summaries if summary.id == chat)

    def _show_menu(self, place: QPoint) -> None:
        if item := self.list.itemAt(place):
            chat = cast("ConversationId", item.data(Qt.ItemDataRole.UserRole))
            menu = self.menu_for(chat)
            menu.exec(self.list.viewport().mapToGlobal(place))
            menu.deleteLater()

    def menu_for(self, chat: ConversationId) -> QMenu:
        """What can be done with a chat."""
        summary = self._summary(chat)
        icon = self._theme.icon
        menu = QMenu(self)
        pin = words.tr("No longer pinned") if summary.pinned else words.tr("Pin to the top")
        menu.addAction(icon("edit"), words.tr("Rename…"), lambda: self._ask_title(summary))
        menu.addAction(icon("pin"), pin, lambda: self._pin(summary))
        menu.addSeparator()
        export = self.export_requested
        menu.addAction(
            icon("export"), words.tr("Export as Markdown…"), lambda: export.emit(chat, "md")
        )
        menu.addAction(
            icon("export"), words.tr("Export as JSON…"), lambda: export.emit(chat, "json")
        )
        menu.addSeparator()
        menu.addAction(icon("delete"), words.tr("Delete"), lambda: self.delete(summary))
        return menu

    def _ask_title(self, summary: ConversationSummary) -> None:
        title, chosen = QInputDialog.getText(
            self, words.tr("Rename chat"), words.tr("Title of the chat:"), text=summary.title
        )
        if chosen and title.strip():
            self._bridge.do(
                RenameConversation(summary.id, title.strip()[:MAX_TITLE]),
                lambda _none: self._say_renamed(summary.id),
            )

    def _say_renamed(self, chat: ConversationId) -> None:
        self.refresh()
        self.renamed.emit(chat)

    def _pin(self, summary: ConversationSummary) -> None:
        command = PinConversation(summary.id, not summary.pinned)
        self._bridge.do(command, lambda _none: self.refresh())

    def delete(self, summary: ConversationSummary) -> None:
        """Delete a chat, and offer to have it back."""

        def done(_none: None) -> None:
            self._gone = summary.id
            self._undo_words.setText(words.tr("Deleted “{title}”", title=plain(summary.title)[:60]))
            self._undo.show()
            self._undo_timer.start()
            self.deleted.emit(summary.id)
            self.refresh()

        self._bridge.do(DeleteConversation(summary.id), done)

    def _restore(self) -> None:
        if self._gone is not None:
            gone = self._gone
            self._undo.hide()
            self._bridge.do(RestoreConversation(gone), lambda _none: self._reopen(gone))

    def _reopen(self, chat: ConversationId) -> None:
        self.refresh()
        self.chosen.emit(chat)
