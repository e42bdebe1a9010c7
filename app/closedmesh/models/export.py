"""A kept chat as a file of its own: Markdown for people, JSON for programs."""

import re
from datetime import UTC, datetime

import msgspec

from closedmesh.models.chat import Role
from closedmesh.models.conversations import ConversationDetail, Entry, EntryState, branch

SPEAKERS = {Role.SYSTEM: "System", Role.USER: "You", Role.ASSISTANT: "Answer"}

MAX_NAME = 80
"""Characters of a file name, which some systems limit to 255 bytes."""

FORMAT = "closedmesh-chat-1"


def to_markdown(detail: ConversationDetail) -> str:
    """The chosen branch, as it is read in the window."""
    parts = [f"# {' '.join(detail.summary.title.split())}"]
    if detail.options.system_prompt:
        parts.append(f"## {SPEAKERS[Role.SYSTEM]}\n\n{detail.options.system_prompt}")
    parts += [_section(entry) for entry in branch(detail)]
    return "\n\n".join(parts) + "\n"


def _section(entry: Entry) -> str:
    lines = [f"## {SPEAKERS[entry.role]}", "", entry.text]
    if entry.state is not EntryState.COMPLETE:
        lines += ["", f"*({entry.problem or entry.state})*"]
    if entry.receipt:
        lines += ["", f"*{entry.receipt.model}, served by {entry.receipt.served_by}*"]
    return "\n".join(lines)


def to_json(detail: ConversationDetail) -> str:
    """The whole tree with every branch and receipt."""
    return msgspec.json.format(
        msgspec.json.encode({"format": FORMAT, "conversation": detail}), indent=2
    ).decode()


def file_name(detail: ConversationDetail, extension: str) -> str:
    """A name that every system accepts: no separators, no reserved words, nothing hidden."""
    words = re.sub(r"[^\w \-]+", " ", detail.summary.title)
    name = " ".join(words.split())[:MAX_NAME].strip(" .-_")
    day = datetime.fromtimestamp(detail.summary.updated, UTC).date().isoformat()
    return f"{day} {name or 'Chat'}.{extension}"
