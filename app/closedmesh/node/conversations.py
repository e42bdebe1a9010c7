"""Kept chats: a tree of entries each, saved while they grow, searched in full text."""

import secrets
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, assert_never

import msgspec

from closedmesh import control
from closedmesh.errors import BadRequest, ConversationNotFound
from closedmesh.models import attachments
from closedmesh.models.chat import Message, Receipt, Role
from closedmesh.models.conversations import (
    MAX_TITLE,
    Again,
    ChatOptions,
    ConversationDetail,
    ConversationId,
    ConversationSummary,
    Entry,
    EntryId,
    EntryState,
    Recorded,
    Say,
    branch,
)
from closedmesh.node.clock import Clock
from closedmesh.node.store import Store
from closedmesh.settings import ChatSettings

NEW_TITLE = "New chat"
TITLE_FROM_TEXT = 60
"""Characters of a first message that become the title."""

MAX_FOUND = 200
"""Chats that a search shows."""

EXCERPT_WORDS = 12


@dataclass(frozen=True, slots=True)
class Begun:
    """A turn that is recorded and waits for its answer."""

    recorded: Recorded
    options: ChatOptions
    messages: tuple[Message, ...]


class Conversations:
    """The chats of this home."""

    def __init__(self, store: Store, settings: Callable[[], ChatSettings], clock: Clock) -> None:
        self._store = store
        self._settings = settings
        self._clock = clock

    def recover(self) -> None:
        """After a start: what was being written was interrupted, what was deleted is gone."""
        with self._store.transaction() as database:
            database.execute(
                "UPDATE entries SET state = ? WHERE state = ?",
                (EntryState.INTERRUPTED, EntryState.WRITING),
            )
        self.purge()

    def purge(self) -> None:
        """Remove deleted chats for good."""
        with self._store.transaction() as database:
            database.execute("DELETE FROM conversations WHERE deleted IS NOT NULL")

    def do(self, command: control.ChatCommand) -> Any:
        """Carry out a command; its result."""
        match command:
            case control.NewConversation(options):
                return self.new(options)
            case control.ListConversations(search):
                return self.summaries(search)
            case control.ReadConversation(chat):
                return self.read(chat)
            case control.RenameConversation(chat, title):
                return self.rename(chat, title)
            case control.PinConversation(chat, pinned):
                return self.pin(chat, pinned=pinned)
            case control.DeleteConversation(chat):
                return self.delete(chat)
            case control.RestoreConversation(chat):
                return self.restore(chat)
            case control.ChooseBranch(chat, entry):
                return self.choose(chat, entry)
            case control.ConfigureConversation(chat, options):
                return self.configure(chat, options)
            case _:
                assert_never(command)

    def new(self, options: ChatOptions | None) -> ConversationDetail:
        """Start a chat."""
        chat = ConversationId(secrets.token_hex(8))
        chosen = options or self._settings().options()
        with self._store.transaction() as database:
            database.execute(
                "INSERT INTO conversations (id, title, updated, options) VALUES (?, ?, ?, ?)",
                (chat, NEW_TITLE, self._clock.now(), _json(chosen)),
            )
        return self.read(chat)

    def summaries(self, search: str) -> tuple[ConversationSummary, ...]:
        """Pinned chats first, then the latest; with `search` those that hold all its words."""
        search = "".join(c if c.isprintable() else " " for c in search).strip()
        if not search:
            rows = self._store.rows(
                "SELECT *, '' AS excerpt FROM conversations WHERE deleted IS NULL"
                " ORDER BY pinned DESC, updated DESC"
            )
        else:
            rows = self._search(search)
        return tuple(_summary(row) for row in rows)

    def _search(self, search: str) -> list[sqlite3.Row]:
        words = " ".join(f'"{word.replace(chr(34), chr(34) * 2)}"*' for word in search.split())
        title = search.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")
        return self._store.rows(
            r"""
            WITH hits AS MATERIALIZED (
                SELECT rowid AS entry, snippet(words, 0, '', '', '…', ?) AS excerpt
                FROM words WHERE words MATCH ?
            ), found AS (
                SELECT e.conversation AS id, min(e.id) AS first, hits.excerpt AS excerpt
                FROM hits JOIN entries e ON e.id = hits.entry GROUP BY e.conversation
            )
            SELECT c.*, coalesce(found.excerpt, '') AS excerpt
            FROM conversations c LEFT JOIN found ON found.id = c.id
            WHERE c.deleted IS NULL AND (found.id IS NOT NULL OR c.title LIKE ? ESCAPE '\')
            ORDER BY c.pinned DESC, c.updated DESC LIMIT ?
            """,
            EXCERPT_WORDS,
            words,
            f"%{title}%",
            MAX_FOUND,
        )

    def read(self, chat: ConversationId) -> ConversationDetail:
        """A whole chat. Raises `ConversationNotFound`."""
        row = self._row(chat)
        rows = self._store.rows("SELECT * FROM entries WHERE conversation = ? ORDER BY id", chat)
        return ConversationDetail(
            _summary(row),
            msgspec.json.decode(row["options"], type=ChatOptions),
            tuple(_entry(entry) for entry in rows),
            row["leaf"],
        )

    def rename(self, chat: ConversationId, title: str) -> None:
        """Give a chat a title of one's own."""
        self._update(chat, "title = ?, named = 1", title.strip()[:MAX_TITLE] or NEW_TITLE)

    def pin(self, chat: ConversationId, *, pinned: bool) -> None:
        """Keep a chat at the top, or no longer."""
        self._update(chat, "pinned = ?", int(pinned))

    def configure(self, chat: ConversationId, options: ChatOptions) -> None:
        """Change how the questions of a chat are asked."""
        self._update(chat, "options = ?", _json(options))

    def delete(self, chat: ConversationId) -> None:
        """Hide a chat until it is restored or purged."""
        self._update(chat, "deleted = ?", self._clock.now())

    def restore(self, chat: ConversationId) -> None:
        """Undo a deletion."""
        with self._store.transaction() as database:
            done = database.execute("UPDATE conversations SET deleted = NULL WHERE id = ?", (chat,))
        if not done.rowcount:
            raise _not_found()

    def choose(self, chat: ConversationId, entry: EntryId) -> ConversationDetail:
        """Show the branch through an entry, down to its latest leaf."""
        detail = self.read(chat)
        self._check_entry(detail, entry)
        leaf = entry
        while below := [e.id for e in detail.entries if e.parent == leaf]:
            leaf = max(below)
        self._update(chat, "leaf = ?", leaf)
        return self.read(chat)

    def begin(self, turn: Say | Again) -> Begun:
        """Record a turn with an empty reply. Raises `BadRequest` when it makes no sense."""
        detail = self.read(turn.conversation)
        with self._store.transaction() as database:
            chat = turn.conversation
            if isinstance(turn, Say):
                self._check_parent(detail, turn.parent)
                question = self._add(database, chat, turn.parent, Role.USER, turn.text)
                if not detail.entries:
                    _name_after(database, chat, turn.text)
            else:
                question = self._check_question(detail, turn.entry)
            reply = self._add(database, chat, question, Role.ASSISTANT, "")
            database.execute(
                "UPDATE conversations SET leaf = ?, updated = ? WHERE id = ?",
                (reply, self._clock.now(), chat),
            )
        recorded = Recorded(chat, question, reply)
        return Begun(recorded, detail.options, _messages(self.read(chat)))

    def _add(
        self,
        database: sqlite3.Connection,
        chat: ConversationId,
        parent: EntryId | None,
        role: Role,
        text: str,
    ) -> EntryId:
        state = EntryState.COMPLETE if role is Role.USER else EntryState.WRITING
        added = database.execute(
            "INSERT INTO entries (conversation, parent, role, text, state, created)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (chat, parent, role, text, state, self._clock.now()),
        )
        return EntryId(added.lastrowid or 0)

    def _check_parent(self, detail: ConversationDetail, parent: EntryId | None) -> None:
        if parent is None:
            return
        if self._check_entry(detail, parent).state is EntryState.WRITING:
            raise BadRequest(
                "The answer before is still being written.",
                "Wait for it, or stop it first.",
                param="parent",
            )

    def _check_question(self, detail: ConversationDetail, entry: EntryId) -> EntryId:
        if self._check_entry(detail, entry).role is not Role.USER:
            raise BadRequest("Only a question can be asked again.", "", param="entry")
        return entry

    def _check_entry(self, detail: ConversationDetail, entry: EntryId) -> Entry:
        for found in detail.entries:
            if found.id == entry:
                return found
        raise ConversationNotFound("This message does not exist.", "Open the chat again.")

    def save(self, reply: EntryId, text: str) -> None:
        """Keep what an answer has so far."""
        with self._store.transaction() as database:
            database.execute("UPDATE entries SET text = ? WHERE id = ?", (text, reply))

    def finish(
        self,
        reply: EntryId,
        text: str,
        state: EntryState,
        receipt: Receipt | None = None,
        problem: str | None = None,
    ) -> None:
        """Keep how an answer came out."""
        with self._store.transaction() as database:
            database.execute(
                "UPDATE entries SET text = ?, state = ?, receipt = ?, problem = ? WHERE id = ?",
                (text, state, receipt and _json(receipt), problem, reply),
            )

    def _row(self, chat: ConversationId) -> sqlite3.Row:
        rows = self._store.rows(
            "SELECT *, '' AS excerpt FROM conversations WHERE id = ? AND deleted IS NULL", chat
        )
        if not rows:
            raise _not_found()
        return rows[0]

    def _update(self, chat: ConversationId, change: str, value: object) -> None:
        with self._store.transaction() as database:
            done = database.execute(
                f"UPDATE conversations SET {change} WHERE id = ? AND deleted IS NULL",
                (value, chat),
            )
        if not done.rowcount:
            raise _not_found()


def _messages(detail: ConversationDetail) -> tuple[Message, ...]:
    """What the model is shown: the chosen branch without its empty last reply. Answers that never
    came are left out, and their questions joined, since templates want turns to alternate."""
    messages: list[Message] = []
    if detail.options.system_prompt:
        messages.append(Message(Role.SYSTEM, detail.options.system_prompt))
    for entry in branch(detail):
        if not entry.text:
            continue
        if messages and messages[-1].role is entry.role:
            joined = f"{messages[-1].text}\n\n{entry.text}"
            messages[-1] = Message(entry.role, joined)
        else:
            messages.append(Message(entry.role, entry.text))
    return tuple(messages)


def _name_after(database: sqlite3.Connection, chat: ConversationId, text: str) -> None:
    files, question = attachments.parted(text)
    line = " ".join((question or " ".join(file.name for file in files)).split())
    title = line if len(line) <= TITLE_FROM_TEXT else line[: TITLE_FROM_TEXT - 1].rstrip() + "…"
    database.execute(
        "UPDATE conversations SET title = ? WHERE id = ? AND named = 0", (title or NEW_TITLE, chat)
    )


def _summary(row: sqlite3.Row) -> ConversationSummary:
    return ConversationSummary(
        row["id"], row["title"], bool(row["pinned"]), row["updated"], row["excerpt"]
    )


def _entry(row: sqlite3.Row) -> Entry:
    receipt = row["receipt"]
    return Entry(
        row["id"],
        row["parent"],
        Role(row["role"]),
        row["text"],
        EntryState(row["state"]),
        row["created"],
        msgspec.json.decode(receipt, type=Receipt) if receipt else None,
        row["problem"],
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _not_found() -> ConversationNotFound:
    return ConversationNotFound("This chat does not exist.", "It may have been deleted.")
