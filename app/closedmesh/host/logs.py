"""Logs: private, bounded, without prompts, answers or secrets, which nobody may log at all."""

import logging
import os
import sys
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


def keep_logs(folder: Path, name: str) -> None:
    """Write this process's log to `folder/name.log`, in detail with `CLOSEDMESH_LOG=debug`.

    Calling it again replaces the file of the first call.
    """
    folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    handler = _PrivateFile(
        folder / f"{name}.log", maxBytes=FILE_BYTES, backupCount=OLD_FILES, delay=True
    )
    handler.setFormatter(logging.Formatter(FORMAT))
    root = logging.getLogger()
    for old in [h for h in root.handlers if isinstance(h, _PrivateFile)]:
        root.removeHandler(old)
        old.close()
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    detail = os.environ.get("CLOSEDMESH_LOG", "").lower() == "debug"
    logging.getLogger("closedmesh").setLevel(logging.DEBUG if detail else logging.INFO)
    sys.excepthook = _log_crash


def _log_crash(
    kind: type[BaseException], value: BaseException, traceback: TracebackType | None
) -> None:
    logging.getLogger("closedmesh").critical("crashed", exc_info=(kind, value, traceback))
    sys.__excepthook__(kind, value, traceback)
