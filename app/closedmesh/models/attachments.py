"""Files that go along with a question, as part of its text: models read nothing else.

Each stands before the question with its name and its exact length, so that it can be told apart
again whatever is in it.
"""

import re
from collections.abc import Iterable

from msgspec import Struct

MAX_NAME = 120
"""Characters of a name."""

MAX_FILES = 10
"""With one question."""

CHARACTERS_PER_TOKEN = 3.6
"""Of ordinary prose, with the vocabularies of today; what is made of it is an estimate."""

_HEAD = re.compile(r'<document name="([^"\n]{1,120})" characters="(\d{1,7})">\n')
_TAIL = "\n</document>\n\n"


class Attachment(Struct, frozen=True):
    """A file as text."""

    name: str
    text: str
    note: str = ""
    """What a person should know, like that only the first pages are in it."""


def tokens(text: str) -> int:
    """About how many tokens a text has."""
    wide = sum(ord(character) > 0x2E7F for character in text)  # Chinese, Japanese, Korean
    return round((len(text) - wide) / CHARACTERS_PER_TOKEN) + wide


def joined(attachments: Iterable[Attachment], question: str) -> str:
    """One message of files and a question."""
    return "".join(
        f'<document name="{_plain(one.name)}" characters="{len(one.text)}">\n{one.text}{_TAIL}'
        for one in attachments
    ) + question  # fmt: skip


def parted(message: str) -> tuple[tuple[Attachment, ...], str]:
    """The files of a message, and its question."""
    found: list[Attachment] = []
    at = 0
    while len(found) < MAX_FILES and (head := _HEAD.match(message, at)):
        start, end = head.end(), head.end() + int(head[2])
        if message[end : end + len(_TAIL)] != _TAIL:
            break
        found.append(Attachment(head[1], message[start:end]))
        at = end + len(_TAIL)
    return tuple(found), message[at:]


def _plain(name: str) -> str:
    shown = "".join(c if c.isprintable() and c not in '"<>' else "_" for c in name)
    return shown[-MAX_NAME:] or "_"
