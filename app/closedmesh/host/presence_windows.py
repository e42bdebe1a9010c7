"""Presence on Windows."""

import ctypes
import sys

TICKS = 1 << 32
"""The counter of milliseconds starts again after 49.7 days."""

BUSY = 2
FULL_SCREEN_D3D = 3
PRESENTATION = 4
"""Of `QUERY_USER_NOTIFICATION_STATE`: a full-screen program, a game, a presentation."""


def idle_from(now: int, last: int) -> float:
    """Seconds between two readings of the millisecond counter."""
    return ((now - last) % TICKS) / 1000


if sys.platform == "win32":
    from ctypes import wintypes

    class _LastInput(ctypes.Structure):
        _fields_ = (("size", wintypes.UINT), ("time", wintypes.DWORD))

    def idle_seconds() -> float | None:
        """Since the last input of this session."""
        last = _LastInput(size=ctypes.sizeof(_LastInput))
        if not ctypes.windll.user32.GetLastInputInfo(ctypes.byref(last)):
            return None
        ticks = ctypes.windll.kernel32.GetTickCount
        ticks.restype = wintypes.DWORD
        return idle_from(ticks(), last.time)

    def full_screen() -> bool | None:
        """A program, game or presentation fills the screen."""
        state = ctypes.c_int()
        if ctypes.windll.shell32.SHQueryUserNotificationState(ctypes.byref(state)) != 0:
            return None
        return state.value in (BUSY, FULL_SCREEN_D3D, PRESENTATION)
