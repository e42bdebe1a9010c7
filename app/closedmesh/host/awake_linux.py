"""Keeping awake on Linux: asked of the desktop, which puts an idle computer to sleep, and of
logind, which does so where no desktop runs. Both forget us when our connection ends.
"""

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from jeepney import DBusAddress, Message, new_method_call

from closedmesh.host.bus import Bus, answer, connect

NAME = "ClosedMesh"

SUSPEND = 4
"""Of GNOME's flags: the session may go idle, the computer may not sleep."""

GNOME = DBusAddress(
    "/org/gnome/SessionManager",
    bus_name="org.gnome.SessionManager",
    interface="org.gnome.SessionManager",
)
POWER = DBusAddress(
    "/org/freedesktop/PowerManagement/Inhibit",
    bus_name="org.freedesktop.PowerManagement",
    interface="org.freedesktop.PowerManagement.Inhibit",
)
LOGIND = DBusAddress(
    "/org/freedesktop/login1",
    bus_name="org.freedesktop.login1",
    interface="org.freedesktop.login1.Manager",
)


def hold(why: str) -> Callable[[], None] | None:
    """Stay awake from now on; `why` is shown to the person."""
    held = ExitStack()
    desktop = [
        new_method_call(GNOME, "Inhibit", "susu", (NAME, 0, why, SUSPEND)),
        new_method_call(POWER, "Inhibit", "ss", (NAME, why)),
    ]
    logind = [new_method_call(LOGIND, "Inhibit", "ssss", ("idle", NAME, why, "block"))]
    granted = [_asked(held, Bus.SESSION, desktop), _asked(held, Bus.SYSTEM, logind)]
    if any(granted):
        return held.close
    held.close()
    return None


def _asked(held: ExitStack, bus: Bus, calls: list[Message]) -> bool:
    """Whether one of these services has granted it."""
    connection = connect(bus, files=True)
    if connection is None:
        return False
    held.callback(connection.close)
    for call in calls:
        found = answer(connection, call)
        if found is not None:
            _keep(held, found)
            return True
    return False


def _keep(held: ExitStack, found: tuple[Any, ...]) -> None:
    """logind holds for as long as a file is open that it gives; the desktops give a number."""
    for value in found:
        if hasattr(value, "close"):
            held.callback(value.close)
