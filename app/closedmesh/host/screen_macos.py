"""Whether a program fills a screen on macOS, from the list of windows that the window server gives
every program: their places and layers, not their titles, for which it would ask the person.

A screen that a program fills has no menu bar, and a window from edge to edge.
"""

import ctypes
import plistlib
from collections.abc import Iterable
from ctypes.util import find_library
from typing import Any
from xml.parsers.expat import ExpatError

from msgspec import Struct

ON_SCREEN = 1 | 16
"""Windows that are seen, without the desktop's own."""

BINARY = 200
"""`kCFPropertyListBinaryFormat_v1_0`."""

MENU_BAR = 24
"""The layer of the menu bar; ordinary windows are on 0."""

NOTCH = 60.0
"""Points at the top that a window does not reach where the camera is."""

SLACK = 2.0
"""Points by which edges may differ."""

MOST_SCREENS = 16


class Area(Struct, frozen=True):
    """A rectangle in points."""

    x: float
    y: float
    width: float
    height: float


class Window(Struct, frozen=True):
    """One window."""

    layer: int
    area: Area


def filled(windows: Iterable[Window], screens: Iterable[Area]) -> bool:
    """Some screen has no menu bar and is filled by an ordinary window."""
    every = tuple(windows)
    return any(
        not any(w.layer == MENU_BAR and _on_top_of(w.area, screen) for w in every)
        and any(w.layer == 0 and _fills(w.area, screen) for w in every)
        for screen in screens
    )


def _on_top_of(bar: Area, screen: Area) -> bool:
    return abs(bar.x - screen.x) <= SLACK and abs(bar.y - screen.y) <= SLACK


def _fills(area: Area, screen: Area) -> bool:
    below = abs(area.y + area.height - screen.y - screen.height) <= SLACK
    wide = abs(area.x - screen.x) <= SLACK and abs(area.width - screen.width) <= SLACK
    return wide and below and -SLACK <= area.y - screen.y <= NOTCH


def windows_from(answer: bytes) -> tuple[Window, ...]:
    """The list that the window server gives, as a property list."""
    try:
        found = plistlib.loads(answer)
    except (plistlib.InvalidFileException, ExpatError, ValueError):
        return ()
    return tuple(_window(each) for each in found if isinstance(each, dict))


def _window(found: dict[str, Any]) -> Window:
    bounds = found.get("kCGWindowBounds", {})
    sides = (float(bounds.get(side, 0.0)) for side in ("X", "Y", "Width", "Height"))
    return Window(int(found.get("kCGWindowLayer", -1)), Area(*sides))


class _Rectangle(ctypes.Structure):
    """`CGRect`."""

    _fields_ = tuple((side, ctypes.c_double) for side in ("x", "y", "width", "height"))


def full_screen() -> bool | None:
    """A program fills a screen now."""
    graphics, foundation = find_library("CoreGraphics"), find_library("CoreFoundation")
    if graphics is None or foundation is None:
        return None
    try:
        cg, cf = ctypes.CDLL(graphics), ctypes.CDLL(foundation)
        return filled(windows_from(_list(cg, cf)), _screens(cg))
    except (OSError, AttributeError):
        return None


def _list(cg: ctypes.CDLL, cf: ctypes.CDLL) -> bytes:
    cg.CGWindowListCopyWindowInfo.restype = ctypes.c_void_p
    cf.CFPropertyListCreateData.restype = ctypes.c_void_p
    cf.CFDataGetBytePtr.restype = ctypes.c_void_p
    cf.CFDataGetLength.restype = ctypes.c_long
    windows = ctypes.c_void_p(cg.CGWindowListCopyWindowInfo(ON_SCREEN, 0))
    if windows.value is None:
        return b""
    form, options = ctypes.c_long(BINARY), ctypes.c_ulong(0)
    data = ctypes.c_void_p(cf.CFPropertyListCreateData(None, windows, form, options, None))
    cf.CFRelease(windows)
    if data.value is None:
        return b""
    try:
        return ctypes.string_at(cf.CFDataGetBytePtr(data), cf.CFDataGetLength(data))
    finally:
        cf.CFRelease(data)


def _screens(cg: ctypes.CDLL) -> tuple[Area, ...]:
    cg.CGDisplayBounds.restype = _Rectangle
    ids, count = (ctypes.c_uint32 * MOST_SCREENS)(), ctypes.c_uint32()
    if cg.CGGetActiveDisplayList(MOST_SCREENS, ids, ctypes.byref(count)):
        return ()
    bounds = [cg.CGDisplayBounds(ctypes.c_uint32(one)) for one in ids[: count.value]]
    return tuple(Area(b.x, b.y, b.width, b.height) for b in bounds)
