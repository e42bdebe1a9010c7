"""The service under launchd, as an agent of the account."""

import os
import plistlib
import sys
from pathlib import Path

from closedmesh.host.service import Installed, Job, run, succeeds, write

ADVICE = "Look at System Settings > General > Login Items, or start `closedmesh serve` yourself."


def agent(job: Job) -> bytes:
    """The property list. `KeepAlive` restarts the peer after a crash, not after it was ended."""
    return plistlib.dumps(
        {
            "Label": label(job),
            "ProgramArguments": list(job.command),
            "RunAtLoad": True,
            "KeepAlive": {"SuccessfulExit": False},
            "ThrottleInterval": 10,
            "ProcessType": "Background",
            "LowPriorityIO": True,
            "Nice": 10,
            "Umask": 0o077,
            "StandardOutPath": "/dev/null",
            "StandardErrorPath": "/dev/null",
        }
    )


def label(job: Job) -> str:
    """The name that launchd knows."""
    return f"org.{job.name}.peer"


if sys.platform == "darwin":

    def _domain() -> str:
        return f"gui/{os.getuid()}"

    def _place(job: Job) -> Path:
        return Path.home() / "Library" / "LaunchAgents" / f"{label(job)}.plist"

    def install(job: Job) -> Installed:
        """Start the peer now and at every login. Raises `ClosedMeshError`."""
        place = _place(job)
        succeeds(("launchctl", "bootout", f"{_domain()}/{label(job)}"))
        write(place, agent(job))
        run(("launchctl", "bootstrap", _domain(), str(place)), ADVICE)
        return Installed(str(place), starts_at_login=True, manager="launchd")

    def remove(job: Job) -> bool:
        """End the service and forget it; whether there was one."""
        place = _place(job)
        if not place.exists():
            return False
        succeeds(("launchctl", "bootout", f"{_domain()}/{label(job)}"))
        place.unlink(missing_ok=True)
        return True

    def find(job: Job) -> Installed | None:
        """The service, if it was installed."""
        place = _place(job)
        if not place.exists():
            return None
        enabled = succeeds(("launchctl", "print", f"{_domain()}/{label(job)}"))
        return Installed(str(place), starts_at_login=enabled, manager="launchd")
