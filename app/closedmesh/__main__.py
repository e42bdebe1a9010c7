"""Picks a face: a model's worker, the reader of PDFs, the terminal's commands, or the window."""

import os
import sys
from pathlib import Path

from closedmesh.host import bundle


def main() -> int:
    """Run the program with the arguments of its command line; the exit code."""
    bundle.hide_libraries(os.environ)
    arguments = sys.argv[1:]
    if arguments == ["engine-worker"]:
        from closedmesh.engine import worker

        return worker.main()
    if arguments == ["read-pdf"]:
        from closedmesh.host import pdf_text

        return pdf_text.main()
    from closedmesh.cli import app

    return app.main(arguments, _open_window)


def _open_window(home: Path | None, hidden: bool, link: str) -> int:  # noqa: FBT001 - one caller
    from closedmesh.ui import application

    return application.run(home, hidden=hidden, link=link)


if __name__ == "__main__":
    sys.exit(main())
