"""Presence on macOS, from the registry that `ioreg` prints as a property list."""

import plistlib
import subprocess
from xml.parsers.expat import ExpatError

IOREG = ("/usr/sbin/ioreg", "-c", "IOHIDSystem", "-d", "4", "-a", "-r")

PATIENCE = 2.0
"""Seconds for `ioreg`, which answers in a few milliseconds."""


def idle_seconds() -> float | None:
    """Since the last input of any device."""
    try:
        answer = subprocess.run(IOREG, check=False, capture_output=True, timeout=PATIENCE)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return idle_from(answer.stdout)


def idle_from(answer: bytes) -> float | None:
    """What `ioreg` says, in seconds."""
    try:
        found = plistlib.loads(answer)
    except (plistlib.InvalidFileException, ExpatError, ValueError):
        return None
    if not isinstance(found, list) or not found or not isinstance(found[0], dict):
        return None
    nanoseconds = found[0].get("HIDIdleTime")
    return nanoseconds / 1e9 if isinstance(nanoseconds, int) and nanoseconds >= 0 else None
