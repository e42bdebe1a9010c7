"""Turns what a model wrote into blocks that are safe to show.

The text is hostile: it may hold markup, pictures, links to files and characters that turn the
direction of writing. Out of here come only the tags of `TAGS`, no pictures, links with the
schemes of `SCHEMES` whose address stands next to their words, and nothing without an end.
"""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from markdown_it import MarkdownIt
from markdown_it.token import Token
from pygments import lex
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Literal, Name, Number, String, _TokenType
from pygments.util import ClassNotFound

TAGS = frozenset(
    {"p", "br", "hr", "strong", "em", "s", "code", "pre", "ul", "ol", "li", "blockquote", "a"}
    | {"h1", "h2", "h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td", "span"}
)
SCHEMES = ("http://", "https://")

MAX_SHOWN = 200_000
"""Characters of one message that are drawn; the copy button always gives all."""
MAX_MARKDOWN = 100_000
"""Characters; longer texts are shown as they stand, since parsing them would stall the window."""
MAX_HIGHLIGHTED = 20_000
"""Characters of code that are coloured."""
MAX_LINE = 2_000
"""Characters; longer lines are broken, since laying one out takes time that grows with it."""
MAX_LANGUAGE = 30

DIRECTION = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that reorder what is read; shown by their number instead."""


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
    shown = "".join(_visible(c) for c in shown)
    return "\n".join(part for line in shown.split("\n") for part in _broken(line))


def _visible(character: str) -> str:
    if character in DIRECTION:
        return f"[U+{ord(character):04X}]"
    if character in "\n\t":
        return character
    return "\ufffd" if unicodedata.category(character) in ("Cc", "Cs") else character


def _broken(line: str) -> Iterator[str]:
    if not line:
        yield line
    for start in range(0, len(line), MAX_LINE):
        yield line[start : start + MAX_LINE]


def blocks(text: str) -> tuple[Block, ...]:
    """A message as blocks, in order."""
    shown = plain(text)
    if len(shown) > MAX_MARKDOWN:
        return (Code(shown, ""),)
    made: list[Block] = []
    prose: list[Token] = []
    for token in _parser.parse(shown):
        if token.level == 0 and token.type in ("fence", "code_block"):
            _end_prose(prose, made)
            language = token.info.split()[0][:MAX_LANGUAGE] if token.info.strip() else ""
            made.append(Code(token.content.rstrip("\n"), language))
        else:
            prose.append(token)
    _end_prose(prose, made)
    return tuple(made)


def _end_prose(tokens: list[Token], made: list[Block]) -> None:
    if tokens:
        made.append(Prose("".join(_html(tokens))))
        tokens.clear()


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


_COLOURS = (
    (Comment, "code-comment"),
    (Keyword, "code-keyword"),
    (String, "code-string"),
    (Number, "code-number"),
    (Literal, "code-number"),
    (Name.Function, "code-name"),
    (Name.Class, "code-name"),
    (Name.Builtin, "code-name"),
    (Name.Tag, "code-name"),
)


def highlighted(code: Code, colours: Mapping[str, str]) -> str:
    """Code as HTML; `colours` gives a value like `#0a5a86` for each name of `ui.colours`."""
    try:
        lexer = get_lexer_by_name(code.language) if code.language else None
    except ClassNotFound:
        lexer = None
    if lexer is None or len(code.text) > MAX_HIGHLIGHTED:
        return f"<pre>{escape(code.text)}</pre>"
    pieces = (_coloured(kind, text, colours) for kind, text in lex(code.text, lexer))
    return f"<pre>{''.join(pieces).rstrip()}</pre>"


def _coloured(kind: _TokenType, text: str, colours: Mapping[str, str]) -> str:
    for family, name in _COLOURS:
        if kind[: len(family)] == family:
            return f'<span style="color:{colours[name]}">{escape(text)}</span>'
    return escape(text)
