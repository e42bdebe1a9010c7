"""The service under systemd, as a user unit with as few rights as a user unit can give up."""

import os
from pathlib import Path

from closedmesh.errors import ClosedMeshError
from closedmesh.host.service import Installed, Job, run, succeeds, write

ADVICE = "Look at `systemctl --user status`; without systemd start `closedmesh serve` yourself."

UNIT = """\
[Unit]
Description=ClosedMesh peer ({home})
StartLimitIntervalSec=300
StartLimitBurst=5

[Service]
Type=exec
ExecStart={command}
Restart=on-failure
RestartSec=10
KillMode=mixed
TimeoutStopSec=20
StandardOutput=null
Nice=10
CPUWeight=20
IOSchedulingClass=idle
UMask=0077
LimitCORE=0
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
SystemCallArchitectures=native

[Install]
WantedBy=default.target
"""
"""Standard output is the ready line; what matters is in the peer's own bounded logs."""


def install(job: Job) -> Installed:
    """Start the peer now and at every login. Raises `ClosedMeshError`."""
    place = _place(job)
    write(place, unit(job).encode())
    try:
        run(("systemctl", "--user", "daemon-reload"), ADVICE)
        run(("systemctl", "--user", "enable", "--now", place.name), ADVICE)
    except ClosedMeshError:
        remove(job)
        raise
    return Installed(str(place), starts_at_login=True, manager="systemd")


def remove(job: Job) -> bool:
    """End the service and forget it, also where no manager answers; whether there was one."""
    place = _place(job)
    if not place.exists():
        return False
    succeeds(("systemctl", "--user", "disable", "--now", place.name))
    place.unlink(missing_ok=True)
    succeeds(("systemctl", "--user", "daemon-reload"))
    return True


def find(job: Job) -> Installed | None:
    """The service, if it was installed."""
    place = _place(job)
    if not place.exists():
        return None
    enabled = succeeds(("systemctl", "--user", "is-enabled", "--quiet", place.name))
    return Installed(str(place), starts_at_login=enabled, manager="systemd")


def _place(job: Job) -> Path:
    config = os.environ.get("XDG_CONFIG_HOME")
    base = Path(config) if config else Path.home() / ".config"
    return base / "systemd" / "user" / f"{job.name}.service"


def unit(job: Job) -> str:
    """The unit file. Every word is quoted, so that no path means anything to systemd."""
    return UNIT.format(
        home=_plain(job.home), command=" ".join(_quoted(word) for word in job.command)
    )


def _quoted(word: str) -> str:
    for sign, written in (("\\", "\\\\"), ('"', '\\"'), ("%", "%%"), ("$", "$$"), ("\n", "\\n")):
        word = word.replace(sign, written)
    return f'"{word}"'


def _plain(text: str) -> str:
    return "".join(c if c.isprintable() else "?" for c in text).replace("%", "%%")
