"""Kept chats as values: a tree of entries with one chosen branch.

Editing a message or asking for another answer adds a sibling; nothing is ever overwritten.
`branch` is what a window shows, `versions` what its "2 / 3" arrows step through.
"""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, NewType

from msgspec import Meta, Struct

from closedmesh.models.chat import (
    Accepted,
    Finished,
    Overflow,
    Piece,
    Question,
    Receipt,
    Role,
    Route,
    Sampling,
    Waiting,
)

ConversationId = NewType("ConversationId", str)
EntryId = NewType("EntryId", int)

MAX_TITLE = 200
"""Characters; longer titles are cut."""

MAX_TEXT = 2_000_000
"""Characters of one message; far above any context, low enough for a window to show."""


class EntryState(StrEnum):
    """How an entry came out."""

    WRITING = "writing"
    COMPLETE = "complete"
    STOPPED = "stopped"
    """The person pressed Stop; the text so far is kept."""
    FAILED = "failed"
    """An error ended it; `problem` says which."""
    INTERRUPTED = "interrupted"
    """The program ended while it was being written; the text so far is kept."""


class ChatOptions(Struct, frozen=True):
    """How the questions of one conversation are asked."""

    model: str | None = None
    """`None` is the default model of the settings."""
    route: Route = Route.LOCAL
    system_prompt: Annotated[str, Meta(max_length=MAX_TEXT)] = ""
    sampling: Sampling = Sampling()
    max_tokens: Annotated[int, Meta(ge=1)] | None = None
    overflow: Overflow = Overflow.DROP_OLDEST


class Entry(Struct, frozen=True):
    """One message in the tree."""

    id: EntryId
    parent: EntryId | None
    role: Role
    text: str
    state: EntryState
    created: float
    """Unix time, seconds."""
    receipt: Receipt | None = None
    problem: str | None = None
    """For `FAILED`: what happened and what to do, in a person's words."""


class ConversationSummary(Struct, frozen=True):
    """A line in the list of chats."""

    id: ConversationId
    title: str
    pinned: bool
    updated: float
    """Unix time, seconds."""
    excerpt: str = ""
    """Where a search found its words; empty in an ordinary list."""


class ConversationDetail(Struct, frozen=True):
    """A whole chat."""

    summary: ConversationSummary
    options: ChatOptions
    entries: tuple[Entry, ...]
    """Every entry of every branch, oldest first."""
    leaf: EntryId | None
    """Last entry of the chosen branch; `None` in an empty chat."""


class Say(Struct, frozen=True, tag="say"):
    """Add the user's message and have it answered. To edit a message, say the new text with
    the old message's parent: the old branch is kept."""

    conversation: ConversationId
    parent: EntryId | None
    """The entry that is answered; `None` starts the chat anew."""
    text: Annotated[str, Meta(min_length=1, max_length=MAX_TEXT)]


class Again(Struct, frozen=True, tag="again"):
    """Have a user's message answered once more; earlier answers are kept as siblings."""

    conversation: ConversationId
    entry: EntryId
    """The user's message."""


class Recorded(Struct, frozen=True, tag_field="event", tag="recorded"):
    """Comes first for a `Turn`: where it is kept."""

    conversation: ConversationId
    question: EntryId
    reply: EntryId


AnswerEvent = Recorded | Accepted | Waiting | Piece | Finished
"""What `Control.ask` yields, in this order: `Recorded` (turns only), `Accepted`, some `Waiting`s,
`Piece`s, one `Finished`."""
Turn = Say | Again
Ask = Question | Say | Again


def branch(detail: ConversationDetail) -> tuple[Entry, ...]:
    """The chosen branch, first message first."""
    by_id = {entry.id: entry for entry in detail.entries}
    path: list[Entry] = []
    at = detail.leaf
    while at is not None:
        path.append(by_id[at])
        at = by_id[at].parent
    return tuple(reversed(path))


Versions = Mapping[tuple[EntryId | None, Role], tuple[Entry, ...]]
"""The entries of each place, by what they follow and who said them; oldest first."""


def versions(detail: ConversationDetail) -> Versions:
    """All places of a chat at once: a long one is gone through once, not for each message."""
    found: dict[tuple[EntryId | None, Role], list[Entry]] = {}
    for entry in detail.entries:
        found.setdefault((entry.parent, entry.role), []).append(entry)
    return {place: tuple(entries) for place, entries in found.items()}
