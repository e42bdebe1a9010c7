"""Picks a face: a model's worker, the terminal's commands, or the window."""

import sys


def main() -> int:
    """Run the program with the arguments of its command line; the exit code."""
    arguments = sys.argv[1:]
    # Imports wait until they are needed: a worker never loads Qt, a terminal never a model.
    if arguments == ["engine-worker"]:
        from closedmesh.engine import worker

        return worker.main()
    from closedmesh.cli import app

    return app.main(arguments)


if __name__ == "__main__":
    sys.exit(main())
