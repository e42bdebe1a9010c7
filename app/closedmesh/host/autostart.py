"""The service of this account on this system: `install`, `remove`, `find`."""

import sys

if sys.platform == "win32":
    from closedmesh.host.service_windows import find, install, remove
elif sys.platform == "darwin":
    from closedmesh.host.service_macos import find, install, remove
else:
    from closedmesh.host.service_linux import find, install, remove

__all__ = ["find", "install", "remove"]
