"""Reads a file that a person attaches to a question: text as it stands, of a PDF its text."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from closedmesh.errors import ClosedMeshError
from closedmesh.models.attachments import Attachment

MAX_TEXT_FILE = 2_000_000
"""Bytes of a file of text."""

MAX_PDF = 50_000_000
"""Bytes of a PDF."""

MAX_PAGES = 400
"""Pages of a PDF that are read; a note says so where there are more."""

MAX_TEXT = 1_000_000
"""Characters that are taken out of a PDF."""

DONE, LOCKED, UNREADABLE = 0, 3, 4
"""Exit codes of the process that reads a PDF."""

PDF_SECONDS = 30.0
"""Until a PDF counts as one that cannot be read."""

CHOOSE = "Choose a file of text, Markdown, program code, or a PDF."

if sys.platform == "win32":
    _QUIET = subprocess.CREATE_NO_WINDOW
else:
    _QUIET = 0


def read(path: Path, reader: Sequence[str]) -> Attachment:
    """A file as text; `reader` is the command of the process that reads a PDF. May take as long
    as `PDF_SECONDS`. Raises `ClosedMeshError`."""
    try:
        if not path.is_file():
            raise ClosedMeshError(f"{path.name} is no file.", CHOOSE)
        size = path.stat().st_size
        with path.open("rb") as file:
            is_pdf = file.read(5) == b"%PDF-"
            file.seek(0)
            most = MAX_PDF if is_pdf else MAX_TEXT_FILE
            data = file.read(most + 1)
    except OSError as error:
        raise ClosedMeshError(
            f"{path.name} cannot be read: {error.strerror}.", "Look at its rights."
        ) from error
    if len(data) > most:
        raise ClosedMeshError(
            f"{path.name} has {size / 1e6:.0f} MB; at most {most / 1e6:.0f} MB are taken.",
            "Attach the part of it that matters.",
        )
    return _pdf(path.name, data, reader) if is_pdf else Attachment(path.name, _text(path, data))


def _text(path: Path, data: bytes) -> str:
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        found = data.decode("utf-16" if marked else "utf-8-sig")
    except UnicodeDecodeError:
        found = data.decode("cp1252", "replace")
    if "\0" in found or found.count("\ufffd") * 20 > len(found):
        raise ClosedMeshError(f"{path.name} holds no text.", CHOOSE)
    if not found.strip():
        raise ClosedMeshError(f"{path.name} is empty.", "Choose another file.")
    return found.replace("\r\n", "\n").replace("\r", "\n")


def _pdf(name: str, data: bytes, reader: Sequence[str]) -> Attachment:
    try:
        done = subprocess.run(
            reader,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PDF_SECONDS,
            check=False,
            creationflags=_QUIET,
        )
    except subprocess.TimeoutExpired:
        raise ClosedMeshError(
            f"{name} could not be read within {PDF_SECONDS:.0f} seconds.",
            "Save it anew from another program, or attach its text.",
        ) from None
    if done.returncode == LOCKED:
        raise ClosedMeshError(f"{name} is locked with a password.", "Attach an unlocked copy.")
    count, _, text = done.stdout.decode("utf-8", "replace").partition("\n")
    if done.returncode != DONE or not count.isdecimal():
        raise ClosedMeshError(
            f"{name} is damaged, or is no PDF that can be read.", "Attach its text instead."
        )
    if not text.strip():
        raise ClosedMeshError(
            f"{name} holds pictures of text, not text.", "Let a program recognise its text first."
        )
    return Attachment(name, text, _note(int(count), text))


def _note(pages: int, text: str) -> str:
    if len(text) >= MAX_TEXT:
        return f"Only the first {len(text):,} characters of it are read."
    if pages > MAX_PAGES:
        return f"Only the first {MAX_PAGES} of its {pages:,} pages are read."
    return ""
