"""Whether the network costs by the byte, as Windows' list of networks knows it (a COM object)."""

import ctypes
import sys
import uuid
from collections.abc import Sequence
from typing import Any, Protocol

LIST_MANAGER = uuid.UUID("DCB00C01-570F-4A9B-8D69-199FDBA5723B")
COST_MANAGER = uuid.UUID("DCB00008-570F-4A9B-8D69-199FDBA5723B")
"""The class of the list, and the interface that tells the cost."""

EVERYWHERE = 23
"""`CLSCTX_ALL`."""

RELEASE, GET_COST = 2, 3
"""Places of the interface's functions."""

UNRESTRICTED = 0x1
COSTLY = 0x2 | 0x4 | 0x10000 | 0x40000
"""A fixed plan, pay by the byte, over the limit of the plan, roaming."""

FAILED = 1 << 31


def meaning(cost: int) -> bool | None:
    """`NLM_CONNECTION_COST` as an answer."""
    if cost & COSTLY:
        return True
    return False if cost & UNRESTRICTED else None


class Ole(Protocol):
    """What is used of ole32."""

    CoInitializeEx: Any
    CoUninitialize: Any
    CoCreateInstance: Any


def cost_now(ole: Ole) -> int:
    """`NLM_CONNECTION_COST` of the connection that is used now; 0 is unknown."""
    started = ole.CoInitializeEx(None, 0) % (1 << 32) < FAILED
    try:
        return _ask(ole)
    finally:
        if started:
            ole.CoUninitialize()


def _ask(ole: Ole) -> int:
    manager, cost = ctypes.c_void_p(), ctypes.c_uint32()
    result = ole.CoCreateInstance(
        LIST_MANAGER.bytes_le, None, EVERYWHERE, COST_MANAGER.bytes_le, ctypes.byref(manager)
    )
    if result or manager.value is None:
        return 0
    try:
        result = _call(manager, GET_COST, [ctypes.byref(cost), ctypes.c_void_p()])
    finally:
        _call(manager, RELEASE, [])
    return 0 if result else cost.value


def _call(this: ctypes.c_void_p, place: int, arguments: Sequence[Any]) -> int:
    """Call a function of a COM object; the object's first word leads to the table of them."""
    table = ctypes.cast(this, ctypes.POINTER(ctypes.POINTER(ctypes.c_void_p))).contents
    kinds = [ctypes.c_void_p] * (1 + len(arguments))
    function = ctypes.CFUNCTYPE(ctypes.c_uint32, *kinds)(table[place] or 0)
    return int(function(this, *arguments))


if sys.platform == "win32":

    def metered() -> bool | None:
        """The answer for the connection that is used now."""
        return meaning(cost_now(ctypes.WinDLL("ole32")))
