"""The Chat page: joins list, thread, composer and the answers that are being written."""

from pathlib import Path
from typing import Any

from msgspec import structs
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QMessageBox, QVBoxLayout, QWidget

from closedmesh.control import (
    ChooseBranch,
    ConfigureConversation,
    NewConversation,
    OpenReceipt,
    ReadConversation,
)
from closedmesh.errors import ClosedMeshError
from closedmesh.models import export
from closedmesh.models.chat import Route
from closedmesh.models.conversations import (
    Again,
    ChatOptions,
    ConversationDetail,
    ConversationId,
    Entry,
    EntryId,
    Say,
    Turn,
)
from closedmesh.status import Status
from closedmesh.ui import shortcuts, words
from closedmesh.ui.bridge import Bridge
from closedmesh.ui.chat.chats import ChatList
from closedmesh.ui.chat.composer import Composer
from closedmesh.ui.chat.header import Header
from closedmesh.ui.chat.header_view import composer_view, header_view, routes, titles_of
from closedmesh.ui.chat.left import Left
from closedmesh.ui.chat.parameters import Parameters
from closedmesh.ui.chat.presets import Presets
from closedmesh.ui.chat.stream import Stream
from closedmesh.ui.chat.thread import Thread
from closedmesh.ui.receipt_dialog import ReceiptDialog
from closedmesh.ui.theme import Theme
from closedmesh.ui.widgets import Problem


class ChatPage(QWidget):
    """Everything about chats. A chat that is not open goes on being answered."""

    answered = Signal()
    """An answer is complete."""

    def __init__(
        self,
        bridge: Bridge,
        theme: Theme,
        presets: Presets | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._bridge = bridge
        self._presets = presets
        self._theme = theme
        self._status: Status | None = None
        self._detail: ConversationDetail | None = None
        self._wanted: ConversationId | None = None
        self._options: ChatOptions | None = None
        self._editing: Entry | None = None
        self._drafts: dict[ConversationId | None, str] = {}
        self._streams: dict[ConversationId, Stream] = {}
        self.chats = ChatList(bridge, theme)
        self.header = Header(theme)
        self.thread_view = Thread(theme)
        self.composer = Composer(theme)
        self.problem = Problem()
        right = QVBoxLayout()
        right.setContentsMargins(0, 0, 0, 0)
        right.setSpacing(0)
        right.addWidget(self.header)
        right.addWidget(self.thread_view, 1)
        below = QVBoxLayout()
        below.setContentsMargins(20, 0, 20, 14)
        below.addWidget(self.problem)
        below.addWidget(self.composer)
        right.addLayout(below)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.chats, 1)
        layout.addLayout(right, 3)
        self._connect()
        self._show()

    def _connect(self) -> None:
        self.chats.chosen.connect(self._open)
        self.chats.new_requested.connect(self.new_chat)
        self.chats.deleted.connect(self._forget)
        self.chats.renamed.connect(self._reread)
        self.chats.export_requested.connect(self._export)
        self.header.model_chosen.connect(self._choose_model)
        self.header.route_chosen.connect(self._choose_route)
        self.header.parameters_requested.connect(self._change_parameters)
        self.thread_view.edit_requested.connect(self._edit)
        self.thread_view.again_requested.connect(self._again)
        self.thread_view.branch_requested.connect(self._choose_branch)
        self.thread_view.receipt_requested.connect(self._open_receipt)
        self.thread_view.example_chosen.connect(self.composer.text.setPlainText)
        self.composer.sent.connect(self._send)
        self.composer.stop_requested.connect(self._stop)
        self.composer.edit_cancelled.connect(self._leave_edit)
        shortcuts.bind("search", self, self.chats.search.setFocus)
        shortcuts.bind("stop", self, self._stop)

    # What the window asks for

    def display(self, status: Status) -> None:
        """Show what the peer says of itself."""
        first = self._status is None or self._status.process != status.process
        self._status = status
        if first:
            self.chats.refresh()
        self._show()

    def new_chat(self) -> None:
        """Begin a chat; it is kept from its first message on."""
        self._keep_draft()
        self._detail, self._wanted, self._options = None, None, None
        self._show()
        self.composer.put(self._drafts.pop(None, ""))
        self.focus_composer()

    def focus_composer(self) -> None:
        """Let a person write."""
        self.composer.text.setFocus()

    def leave(self) -> Left:
        """Everything that a page in another language goes on with; this one is not used again."""
        left = Left(
            self._detail,
            self._options,
            self._editing,
            self.composer.message(),
            self._drafts,
            self._streams,
            self.chats.search.text(),
            self.thread_view.place,
        )
        self._streams = {}
        return left

    def take_over(self, left: Left) -> None:
        """Go on where another page was left."""
        self._detail, self._options, self._editing = left.detail, left.options, left.editing
        self._wanted = left.detail.summary.id if left.detail else None
        self._drafts = dict(left.drafts)
        for stream in left.streams.values():
            stream.pass_to(self)
            self._attend(stream)
        self._show()
        self.composer.put(left.message)
        self.chats.search.setText(left.search)
        self.thread_view.go_to(left.place)

    # What is shown

    def _show(self) -> None:
        status, detail = self._status, self._detail
        options = self._current_options()
        self.thread_view.display(detail, titles_of(status))
        self.thread_view.display_welcome(routes()[options.route].welcome)
        stream = self._streams.get(detail.summary.id) if detail else None
        if stream and stream.reply is not None:
            self.thread_view.display_growing(stream.reply, stream.text, stream.waiting or "…")
        self.composer.display(composer_view(options, status), busy=stream is not None)
        self.composer.display_editing(editing=self._editing is not None)
        self.chats.mark(detail.summary.id if detail else None)
        if status:
            title = detail.summary.title if detail else words.tr("New chat")
            self.header.display(title, header_view(options, status))

    def _current_options(self) -> ChatOptions:
        if self._detail:
            return self._detail.options
        if self._options:
            return self._options
        return self._status.settings.chat.options() if self._status else ChatOptions()

    def _open(self, chat: ConversationId) -> None:
        self._keep_draft()
        self._wanted = chat
        self._bridge.do(ReadConversation(chat), self._opened)

    def _opened(self, detail: ConversationDetail) -> None:
        if detail.summary.id != self._wanted:
            return
        fresh = self._detail is None or self._detail.summary.id != detail.summary.id
        self._detail = detail
        self._show()
        if fresh:
            self.problem.display("")
            self.composer.put(self._drafts.pop(detail.summary.id, ""))
            self.thread_view.go_to_end()
            self.focus_composer()

    def _reread(self, chat: ConversationId) -> None:
        if chat == self._wanted:
            self._bridge.do(ReadConversation(chat), self._opened)

    def _keep_draft(self) -> None:
        self._editing = None
        chat = self._detail.summary.id if self._detail else None
        self._drafts[chat] = self.composer.message()

    def _forget(self, chat: ConversationId) -> None:
        if stream := self._streams.get(chat):
            stream.stop()
        if self._detail and self._detail.summary.id == chat:
            self.composer.put("")
            self.new_chat()

    # Asking

    def _send(self, text: str) -> None:
        self.problem.display("")
        if self._detail is None:
            command = NewConversation(self._current_options())
            self._bridge.do(command, lambda detail: self._begin(detail, text), self._returner(text))
            return
        parent: EntryId | None = self._detail.leaf
        if self._editing:
            parent = self._editing.parent
            self._editing = None
        self._ask(Say(self._detail.summary.id, parent, text))

    def _returner(self, text: str) -> Any:
        """Gives a person's words back when they could not be sent."""

        def failed(error: ClosedMeshError) -> None:
            self.problem.display(words.explained(error))
            if not self.composer.message():
                self.composer.put(text)

        return failed

    def _begin(self, detail: ConversationDetail, text: str) -> None:
        self._detail, self._wanted, self._options = detail, detail.summary.id, None
        self._ask(Say(detail.summary.id, None, text))

    def _again(self, entry: Entry) -> None:
        if self._detail and entry.parent is not None and self._stream is None:
            self.problem.display("")
            self._ask(Again(self._detail.summary.id, entry.parent))

    def _ask(self, turn: Turn) -> None:
        stream = Stream(self._bridge, turn, self)
        self._attend(stream)
        self.thread_view.go_to_end()
        self._show()

    def _attend(self, stream: Stream) -> None:
        self._streams[stream.conversation] = stream
        stream.recorded.connect(lambda: self._recorded(stream))
        stream.grown.connect(lambda: self._grown(stream))
        stream.ended.connect(lambda: self._ended(stream))

    @property
    def _stream(self) -> Stream | None:
        return self._streams.get(self._detail.summary.id) if self._detail else None

    def _recorded(self, stream: Stream) -> None:
        self.chats.refresh()
        self._reread(stream.conversation)

    def _grown(self, stream: Stream) -> None:
        if stream is self._stream and stream.reply is not None:
            self.thread_view.display_growing(stream.reply, stream.text, stream.waiting)

    def _ended(self, stream: Stream) -> None:
        if self._streams.get(stream.conversation) is stream:
            del self._streams[stream.conversation]
        if not stream.error and stream.text:
            self.answered.emit()
        if stream.error and stream.reply is None:
            self._returner(stream.turn.text if isinstance(stream.turn, Say) else "")(stream.error)
        self._reread(stream.conversation)
        self.chats.refresh()
        self._show()
        stream.deleteLater()

    def _stop(self) -> None:
        if stream := self._stream:
            stream.stop()

    # Changing

    def _edit(self, entry: Entry) -> None:
        self._editing = entry
        self.composer.put(entry.text)
        self._show()
        self.focus_composer()

    def _leave_edit(self) -> None:
        self._editing = None
        self.composer.put("")
        self._show()

    def _choose_branch(self, entry: Entry) -> None:
        if self._detail:
            self._bridge.do(ChooseBranch(self._detail.summary.id, entry.id), self._opened)

    def _open_receipt(self, entry: Entry) -> None:
        if entry.receipt:
            wanted = OpenReceipt(request=entry.receipt.request_id)
            ReceiptDialog(self._bridge, self._theme, wanted, self).open()

    def _choose_model(self, model: str | None) -> None:
        self._configure(structs.replace(self._current_options(), model=model))

    def _choose_route(self, route: Route) -> None:
        if not self._may_leave(route):
            return
        self._configure(structs.replace(self._current_options(), route=route))
        self.focus_composer()

    def _may_leave(self, route: Route) -> bool:
        """A chat that was kept on this computer is sent whole with its next question: asked."""
        before = self._current_options().route
        if not (self._detail and self._detail.entries) or before is not Route.LOCAL:
            return True
        if not routes()[route].exposed:
            return True
        answer = QMessageBox.question(
            self,
            words.tr("Let this chat leave this computer?"),
            words.tr(
                "Everything said in this chat so far goes along with the next question, and whoever"
                " answers can read it. A new chat would hold nothing of it."
            ),
        )
        return answer == QMessageBox.StandardButton.Yes

    def _change_parameters(self) -> None:
        dialog = Parameters(self._current_options(), self._presets, self)
        if dialog.exec():
            self._configure(dialog.options)
        dialog.deleteLater()

    def _configure(self, options: ChatOptions) -> None:
        if self._detail is None:
            self._options = options
            self._show()
            return
        chat = self._detail.summary.id
        self._bridge.do(ConfigureConversation(chat, options), lambda _none: self._reread(chat))

    def _export(self, chat: ConversationId, extension: str) -> None:
        self._bridge.do(ReadConversation(chat), lambda detail: self._save(detail, extension))

    def _save(self, detail: ConversationDetail, extension: str) -> None:
        name, _ = QFileDialog.getSaveFileName(
            self, words.tr("Export chat"), export.file_name(detail, extension)
        )
        if not name:
            return
        text = export.to_markdown(detail) if extension == "md" else export.to_json(detail)
        try:
            Path(name).write_text(text, "utf-8")
        except OSError as error:
            self.problem.display(
                words.tr(
                    "The chat could not be written to {name}: {strerror}.",
                    name=name,
                    strerror=words.said(error.strerror or ""),
                )
            )
