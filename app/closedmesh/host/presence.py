"""Whether somebody uses this computer: seconds since the last key or movement, and whether a
program fills the screen. `None` where the system does not tell an ordinary program.
"""

import sys

if sys.platform == "win32":
    from closedmesh.host.presence_windows import full_screen, idle_seconds
elif sys.platform == "darwin":
    from closedmesh.host.presence_macos import idle_seconds
    from closedmesh.host.screen_macos import full_screen
else:
    from closedmesh.host.presence_linux import full_screen, idle_seconds

__all__ = ["full_screen", "idle_seconds"]
