"""What a program that was built into one folder must undo, so that others run as they would."""

import sys
from collections.abc import MutableMapping

LIBRARIES = "LD_LIBRARY_PATH"
"""Where Linux looks for libraries first; whatever starts the built program points it there."""

BEGIN_ANEW = "PYINSTALLER_RESET_ENVIRONMENT"
"""Tells the starter of a built program that it is no part of the one that started it."""


def hide_libraries(environment: MutableMapping[str, str]) -> None:
    """Give programs that this one starts (a browser, `systemctl`) the system's libraries instead of
    those of the bundle. This process has read the variable already; when it starts itself again, as
    a worker, that begins anew, instead of relying on what was set up for this one."""
    if not getattr(sys, "frozen", False):
        return
    before = environment.pop(f"{LIBRARIES}_ORIG", None)
    environment.pop(LIBRARIES, None)
    if before is not None:
        environment[LIBRARIES] = before
    environment[BEGIN_ANEW] = "1"
