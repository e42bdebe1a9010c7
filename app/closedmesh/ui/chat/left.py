"""What a page of chats leaves to the one that takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass

from closedmesh.models.conversations import ChatOptions, ConversationDetail, ConversationId, Entry
from closedmesh.ui.chat.stream import Stream


@dataclass(frozen=True, slots=True)
class ThreadPlace:
    """Where a person reads in a chat."""

    count: int
    """Messages that are drawn."""
    from_top: int | None
    """Pixels; `None` at the end, which is followed."""


@dataclass(frozen=True, slots=True)
class Left:
    """The open chat, what is written, and every answer on its way."""

    detail: ConversationDetail | None
    options: ChatOptions | None
    """Of a chat that has not begun."""
    editing: Entry | None
    """The question that is being put in other words."""
    message: str
    drafts: Mapping[ConversationId | None, str]
    streams: Mapping[ConversationId, Stream]
    search: str
    place: ThreadPlace
