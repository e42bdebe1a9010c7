"""Takes the text out of a PDF, in a process of its own that does nothing else.

A PDF comes from anywhere, and the smallest file can ask for endless time and memory. This process
has as little of both as is enough, reads the file from its standard input, writes the text to its
standard output, and whoever started it ends it when it takes too long.
"""

import io
import logging
import sys

from pypdf import PdfReader

from closedmesh.host.documents import DONE, LOCKED, MAX_PAGES, MAX_TEXT, UNREADABLE

if sys.platform != "win32":
    import resource

MAX_MEMORY = 1_500_000_000
"""Bytes of address space, where the system can limit it."""


def main() -> int:
    """Read one PDF; the exit code."""
    _limit()
    logging.disable()  # what a hostile file makes a parser say is nobody's business
    data = sys.stdin.buffer.read()
    try:
        pages, text = extract(data)
    except PermissionError:
        return LOCKED
    except Exception:
        return UNREADABLE
    sys.stdout.buffer.write(f"{pages}\n{text}".encode("utf-8", "replace"))
    return DONE


def extract(data: bytes) -> tuple[int, str]:
    """Number of pages, and the text of the first ones. Raises `PermissionError` for a file that
    has a password."""
    reader = PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise PermissionError
    parts: list[str] = []
    left = MAX_TEXT
    pages = len(reader.pages)
    for number in range(min(pages, MAX_PAGES)):
        found = reader.pages[number].extract_text()[:left].strip()
        left -= len(found)
        parts.append(found)
        if left <= 0:
            break
    return pages, "\n\n".join(part for part in parts if part)


def _limit() -> None:
    if sys.platform != "win32":
        for kind in (resource.RLIMIT_AS, resource.RLIMIT_DATA):
            _, most = resource.getrlimit(kind)
            limit = MAX_MEMORY if most == resource.RLIM_INFINITY else min(MAX_MEMORY, most)
            try:
                resource.setrlimit(kind, (limit, most))
            except (OSError, ValueError):  # macOS refuses some
                continue
