"""Program text in colours, in pieces.

Finding the colours of a long text takes longer than a frame may, and a text that grows would have
them found anew with each word. So it is cut where something new begins, and each piece is read by
itself, once. A text in quotes that goes on over such a place is taken for code from there on.
"""

from collections.abc import Iterator
from functools import lru_cache

from pygments import lex
from pygments.lexers import get_lexer_by_name
from pygments.token import Comment, Keyword, Literal, Name, Number, String, _TokenType
from pygments.util import ClassNotFound

MAX_COLOURED = 20_000
"""Characters of one text that are coloured."""

PIECE = 600
"""Characters after which a piece ends at the next line that begins something."""

LONGEST_PIECE = 2_000
"""Characters after which it ends at the next line, whatever that is."""

PIECES_KEPT = 256

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


def pieces(text: str) -> tuple[str, ...]:
    """The text in pieces of whole lines; all but the last stay as they are when it grows."""
    made, size, was_empty = [[""]], 0, False
    for line in text.splitlines(keepends=True):
        begins = was_empty and not line[0].isspace()
        if size >= (PIECE if begins else LONGEST_PIECE):
            made.append([])
            size = 0
        made[-1].append(line)
        size += len(line)
        was_empty = not line.strip()
    return tuple("".join(lines) for lines in made)


def coloured(text: str, language: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Each piece as runs of text, with the name of their colour in `ui.colours` or none."""
    begin = 0
    for piece in pieces(text):
        yield _runs(piece, language) if begin < MAX_COLOURED else ((piece, ""),)
        begin += len(piece)


@lru_cache(PIECES_KEPT)
def _runs(piece: str, language: str) -> tuple[tuple[str, str], ...]:
    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False) if language else None
    except ClassNotFound:
        lexer = None
    if lexer is None:
        return ((piece, ""),)
    return tuple((text, _colour(kind)) for kind, text in lex(piece, lexer))


def _colour(kind: _TokenType) -> str:
    return next((name for family, name in _COLOURS if kind[: len(family)] == family), "")
