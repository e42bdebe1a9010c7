"""Turns what a model wrote into blocks that are safe to show.

The text is hostile: it may hold markup, pictures, links to files and characters that turn the
direction of writing. Out of here come only the tags of `TAGS`, no pictures, links with the
schemes of `SCHEMES` whose address stands next to their words, and nothing without an end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

TAGS = frozenset(
    {"p", "br", "hr", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "span"}
)
SCHEMES = ("http://", "https://")

MAX_SHOWN = 200_000
"""Characters of one message that are drawn; the copy button always gives all."""
MAX_MARKDOWN = 100_000
"""Characters; longer texts are shown as they stand, since parsing them would stall the window."""
MAX_PROSE = 1_500
"""Characters of HTML in one block, after which the next paragraph begins another: the last block is
laid out again with each word of an answer that grows."""
MAX_LINE = 2_000
"""Characters; longer lines are broken, since laying one out takes time that grows with it."""
MAX_LANGUAGE = 30

DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reorder what is read; shown by their number instead."""

_HIDDEN = re.compile(f"[{''.join(DIRECTION)}\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")
"""These, and what is no character to be read."""


@dataclass(frozen=True, slots=True)
class Prose:
    """Words as HTML of allowed tags."""

    html: str


@dataclass(frozen=True, slots=True)
class Code:
    """Program text, as it stands."""

    text: str
    language: str


Block = Prose | Code

_parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])


def plain(text: str) -> str:
    """Text in which nothing hides: direction characters by number, no control characters, no
    line without end."""
    shown = text[:MAX_SHOWN]
    if len(text) > MAX_SHOWN:
        shown += f"\n… ({len(text) - MAX_SHOWN:,} more characters; copying gives all)"
    shown = _HIDDEN.sub(_visible, shown)
    return "\n".join(part for line in shown.split("\n") for part in _broken(line))


def _visible(found: re.Match[str]) -> str:
    return f"[U+{ord(found[0]):04X}]" if found[0] in DIRECTION else "\ufffd"


def _broken(line: str) -> Iterator[str]:
    if not line:
        yield line
    for start in range(0, len(line), MAX_LINE):
        yield line[start : start + MAX_LINE]


class Growing:
    """A message as blocks, also while it grows: what can change no more is read only once."""

    def __init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        self._settled = ""
        self._parts: list[Block] = []
        """Of what is settled: paragraphs, lists, tables and code, one by one."""

    def blocks(self, text: str) -> tuple[Block, ...]:
        """All of it, in order."""
        shown = plain(text)
        if len(shown) > MAX_MARKDOWN:
            return (Code(shown, ""),)
        if not shown.startswith(self._settled):
            self._begin()
        rest = shown[len(self._settled) :]
        known: dict[str, Any] = {}
        parts = list(_parts(rest, known))
        if known.get("references"):  # addresses that stand apart, which any part may mean
            self._begin()
            return _joined([part for part, _ in _parts(shown, {})])
        made = _joined([*self._parts, *(part for part, _ in parts)])
        self._settle(rest, parts)
        return made

    def _settle(self, rest: str, parts: list[tuple[Block, int]]) -> None:
        """All but the last two parts, since a line that is not whole may be another's."""
        if len(parts) > 2:
            lines = rest.split("\n")[: parts[-2][1]]
            self._settled += "".join(f"{line}\n" for line in lines)
            self._parts += [part for part, _ in parts[:-2]]


def blocks(text: str) -> tuple[Block, ...]:
    """A message that is whole as blocks, in order."""
    return Growing().blocks(text)


def _parts(text: str, known: dict[str, Any]) -> Iterator[tuple[Block, int]]:
    """Each part with the line on which it begins."""
    open_ones: list[Token] = []
    for token in _parser.parse(text, known):
        open_ones.append(token)
        if token.level == 0 and token.nesting <= 0:
            line = open_ones[0].map[0] if open_ones[0].map else 0
            yield _part(open_ones), line
            open_ones = []


def _part(tokens: Sequence[Token]) -> Block:
    first = tokens[0]
    if first.type not in ("fence", "code_block"):
        return Prose("".join(_html(tokens)))
    language = first.info.split()[0][:MAX_LANGUAGE] if first.info.strip() else ""
    return Code(first.content.rstrip("\n"), language)


def _joined(parts: Sequence[Block]) -> tuple[Block, ...]:
    """Paragraphs that follow each other in one block, up to a size."""
    made: list[Block] = []
    prose: list[str] = []
    for part in (*parts, None):
        if prose and (not isinstance(part, Prose) or sum(map(len, prose)) > MAX_PROSE):
            made.append(Prose("".join(prose)))
            prose = []
        match part:
            case Prose(html):
                prose.append(html)
            case Code():
                made.append(part)
            case None:
                pass
    return tuple(made)


def _html(tokens: Sequence[Token]) -> Iterator[str]:
    links: list[str] = []
    for token in tokens:
        match token.type:
            case "inline":
                yield from _html(token.children or [])
            case "link_open":
                links.append(str(token.attrs.get("href", "")))
                if links[-1].startswith(SCHEMES):
                    yield f'<a href="{escape(links[-1])}">'
            case "link_close":
                yield _link_end(links.pop() if links else "")
            case _:
                yield _leaf(token)


def _leaf(token: Token) -> str:
    content = escape(token.content)
    match token.type:
        case "text" | "text_special" | "html_inline" | "html_block":
            return content
        case "softbreak" | "hardbreak":
            return "<br>"
        case "code_inline":
            return f"<code>{content}</code>"
        case "fence" | "code_block":
            return f"<pre>{content}</pre>"
        case "image":
            return f"<code>[image: {content} {escape(str(token.attrs.get('src', '')))}]</code>"
        case _:
            return _tag(token)


def _link_end(address: str) -> str:
    end = "</a>" if address.startswith(SCHEMES) else ""
    return f"{end} <code>{escape(address)}</code>"


def _tag(token: Token) -> str:
    if token.tag not in TAGS or token.hidden:
        return ""
    return f"</{token.tag}>" if token.nesting < 0 else f"<{token.tag}>"
