"""Keeps this computer from falling asleep by itself while it must not.

Only the sleep that comes of idleness is held off: the screen may go dark, and a person who closes
the lid or chooses "sleep" is obeyed. `hold` gives the way to let go again, or `None` where the
system does not grant it; the system lets go by itself when this program ends.
"""

import sys

if sys.platform == "win32":
    from closedmesh.host.awake_windows import hold
elif sys.platform == "darwin":
    from closedmesh.host.awake_macos import hold
else:
    from closedmesh.host.awake_linux import hold

__all__ = ["hold"]
