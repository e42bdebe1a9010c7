"""Whether a program listens to the microphone or watches through the camera, as in a call. `None`
where the system does not tell an ordinary program.
"""

import sys

if sys.platform == "win32":
    from closedmesh.host.microphone_windows import in_use
elif sys.platform == "darwin":
    from closedmesh.host.microphone_macos import in_use
else:
    from closedmesh.host.microphone_linux import in_use

__all__ = ["in_use"]
