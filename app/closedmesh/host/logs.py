"""Logs: private, bounded, without prompts, answers or secrets, which nobody may log at all.

Of an exception that is logged, its kind and its place are kept and never its text: libraries
quote in it what they were given.
"""

import copy
import logging
import os
import sys
import traceback
from collections.abc import Iterator
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

from closedmesh.host.paths import PRIVATE

FILE_BYTES = 1_000_000
OLD_FILES = 4
"""With the current one, five files of one megabyte for each program that writes."""

FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class _PrivateFile(RotatingFileHandler):
    """A rotating file that only this account may read, from its first byte."""

    def _open(self) -> TextIOWrapper:
        handle = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(os.fdopen(handle, "ab"), encoding="utf-8")


class _Formatter(logging.Formatter):
    """Writes exceptions without their text."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, also when another handler has already put the exception into words."""
        record = copy.copy(record)
        record.exc_text = None
        return super().format(record)

    def formatException(self, ei: object) -> str:  # noqa: N802 - logging's name
        """Where it happened and what kind it is, with all that led to it."""
        error = ei[1] if isinstance(ei, tuple) else None
        return "\n".join(_told(error)) if isinstance(error, BaseException) else ""


def _told(error: BaseException) -> Iterator[str]:
    yield f"{''.join(traceback.format_tb(error.__traceback__))}{type(error).__qualname__}"
    if isinstance(error, BaseExceptionGroup):
        for inner in error.exceptions:
            yield "of which one is"
            yield from _told(inner)
    if before := error.__cause__ or error.__context__:
        yield "after"
        yield from _told(before)


def keep_logs(folder: Path, name: str) -> None:
    """Write this process's log to `folder/name.log`, in detail with `CLOSEDMESH_LOG=debug`.

    Calling it again replaces the file of the first call.
    """
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    handler = _PrivateFile(
        folder / f"{name}.log", maxBytes=FILE_BYTES, backupCount=OLD_FILES, delay=True
    )
    handler.setFormatter(_Formatter(FORMAT))
    end_logs()
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    detail = os.environ.get("CLOSEDMESH_LOG", "").lower() == "debug"
    logging.getLogger("closedmesh").setLevel(logging.DEBUG if detail else logging.INFO)
    sys.excepthook = _log_crash


def end_logs() -> None:
    """Close this process's log; what is logged from then on is written nowhere."""
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h, _PrivateFile)]:
        root.removeHandler(old)
        old.close()


def _log_crash(
    kind: type[BaseException], value: BaseException, traceback: TracebackType | None
) -> None:
    logging.getLogger("closedmesh").critical("crashed", exc_info=(kind, value, traceback))
    sys.__excepthook__(kind, value, traceback)
