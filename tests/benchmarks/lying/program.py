"""The program as a dishonest owner runs it: everything is the real thing but for its engine.

    python -m tests.benchmarks.lying.program LIE_FILE ARGUMENTS...

The arguments are those of `closedmesh`. Its models' processes are `engine`, which tell the lie
that stands in the file at the time; there is none while the file is not there.
"""

import os
import sys

from closedmesh import __main__
from closedmesh.host import service

LIE = "LIE_FILE"
"""The variable by which engines know the file."""


def main():
    """Run the program with another engine; the exit code."""
    os.environ[LIE] = sys.argv.pop(1)
    os.environ["PYTHONPATH"] = os.pathsep.join(filter(None, sys.path))
    honest = service.helper

    def helper(word):
        if word == "engine-worker":
            return (sys.executable, "-m", "tests.benchmarks.lying.engine")
        return honest(word)

    service.helper = helper
    return __main__.main()


if __name__ == "__main__":
    sys.exit(main())
