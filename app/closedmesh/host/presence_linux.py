"""Presence on Linux: asked of the desktop over D-Bus, and of the X server.

GNOME and KDE answer for Wayland and X alike; elsewhere X's own screen saver counter does, or what
the desktop tells logind (on small Wayland desktops, what their idle daemon tells it). No Wayland
desktop says which window fills the screen: there a film, a game or a presentation is known by its
keeping the screen on. A service without a session hears nothing, which forbids nothing.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from jeepney import DBusAddress, Properties, new_method_call
from Xlib import X
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, DisplayError, XError

from closedmesh.host.bus import Bus, ask

MUTTER = DBusAddress(
    "/org/gnome/Mutter/IdleMonitor/Core",
    bus_name="org.gnome.Mutter.IdleMonitor",
    interface="org.gnome.Mutter.IdleMonitor",
)
GNOME = DBusAddress(
    "/org/gnome/SessionManager",
    bus_name="org.gnome.SessionManager",
    interface="org.gnome.SessionManager",
)
KDE = DBusAddress(
    "/org/kde/Solid/PowerManagement/PolicyAgent",
    bus_name="org.kde.Solid.PowerManagement.PolicyAgent",
    interface="org.kde.Solid.PowerManagement.PolicyAgent",
)

NOT_IDLE, SCREEN_STAYS = 8, 4
"""What a program may have asked GNOME and KDE for: the session is not idle, the screen stays on.
What we ask for to stay awake ourselves is neither."""

SCREEN_SAVER = DBusAddress(
    "/org/freedesktop/ScreenSaver",
    bus_name="org.freedesktop.ScreenSaver",
    interface="org.freedesktop.ScreenSaver",
)


# logind's own name for the session of whoever asks.
SESSION = DBusAddress(
    "/org/freedesktop/login1/session/auto",
    bus_name="org.freedesktop.login1",
    interface="org.freedesktop.login1.Session",
)


def idle_seconds() -> float | None:
    """Since the last input of this session."""
    for address, method in ((MUTTER, "GetIdletime"), (SCREEN_SAVER, "GetSessionIdleTime")):
        milliseconds = _milliseconds(address, method)
        if milliseconds is not None:
            return milliseconds / 1000
    on_x = _idle_on_x()
    return _hinted(time.time()) if on_x is None else on_x  # noqa: TID251 - logind's own clock


def _hinted(now: float) -> float | None:
    """What the desktop told logind: coarse, since it does so only after some idle minutes."""
    idle, since = _property("IdleHint"), _property("IdleSinceHint")
    # A desktop that never tells leaves a session that has never been idle.
    if not isinstance(idle, bool) or not isinstance(since, int) or since == 0:
        return None
    return max(0.0, now - since / 1e6) if idle else 0.0


def _property(name: str) -> object:
    match ask(Bus.SYSTEM, Properties(SESSION).get(name)):
        case ((_signature, value),):
            return value
        case _:
            return None


def _milliseconds(address: DBusAddress, method: str) -> int | None:
    match ask(Bus.SESSION, new_method_call(address, method)):
        case (int(milliseconds),):
            return milliseconds
        case _:
            return None


SOCKETS = Path("/tmp/.X11-unix")
"""Where X servers of this computer listen."""


def _is_here(name: str) -> bool:
    """The display is a server of this computer that runs: one that was forwarded from elsewhere
    says nothing of who sits here, and a failed connection leaves a socket open in Xlib."""
    host, _, number = name.partition(":")
    return host in ("", "unix") and (SOCKETS / f"X{number.split('.')[0]}").exists()


@contextmanager
def _display() -> Iterator[Display | None]:
    """The X server, if there is one that lets us in."""
    if not _is_here(os.environ.get("DISPLAY", "")):
        yield None
        return
    try:
        display = Display()
    except (DisplayError, ConnectionClosedError, OSError):
        yield None
        return
    try:
        yield display
    finally:
        display.close()


def _idle_on_x() -> float | None:
    with _display() as display:
        # Under Wayland this server sees only the input of its own windows.
        if display is None or os.environ.get("WAYLAND_DISPLAY"):
            return None
        if not display.has_extension("MIT-SCREEN-SAVER"):
            return None
        try:
            info = display.screen().root.screensaver_query_info()
        except (XError, ConnectionClosedError):
            return None
        return float(info.idle) / 1000


def full_screen() -> bool | None:
    """The active window fills the screen, or under Wayland something keeps the screen on."""
    on_x = _filled_on_x()
    if on_x or not os.environ.get("WAYLAND_DISPLAY"):
        return on_x
    # The X server of a Wayland desktop knows only its own windows: its "no" says nothing.
    for address, method, flag in (
        (GNOME, "IsInhibited", NOT_IDLE), (KDE, "HasInhibition", SCREEN_STAYS),
    ):  # fmt: skip
        match ask(Bus.SESSION, new_method_call(address, method, "u", (flag,))):
            case (bool(kept_on),):
                return kept_on
            case _:
                continue
    return None


def _filled_on_x() -> bool | None:
    with _display() as display:
        if display is None:
            return None
        try:
            return _active_fills(display)
        except (XError, ConnectionClosedError):  # the window went away while we looked
            return None


def _active_fills(display: Display) -> bool:
    state = display.intern_atom("_NET_WM_STATE")
    full = display.intern_atom("_NET_WM_STATE_FULLSCREEN")
    root = display.screen().root
    active = root.get_full_property(display.intern_atom("_NET_ACTIVE_WINDOW"), X.AnyPropertyType)
    if active is None or not active.value or not active.value[0]:
        return False
    window = display.create_resource_object("window", active.value[0])
    states = window.get_full_property(state, X.AnyPropertyType)
    return states is not None and full in states.value
