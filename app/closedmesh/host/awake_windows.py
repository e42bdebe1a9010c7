"""Keeping awake on Windows: a power request, which `powercfg /requests` shows with its reason.

`SetThreadExecutionState` would hold only for the thread that called it.
"""

import ctypes
import sys
from collections.abc import Callable
from typing import Any, Protocol

SIMPLE_STRING = 1
"""Of `POWER_REQUEST_CONTEXT_*`."""

SYSTEM_REQUIRED = 1
"""Of `POWER_REQUEST_TYPE`; the display may turn off."""

INVALID_HANDLE = ctypes.c_void_p(-1).value


class ReasonContext(ctypes.Structure):
    """`REASON_CONTEXT`, with the larger of its two forms as room."""

    _fields_ = (
        ("version", ctypes.c_uint32),
        ("flags", ctypes.c_uint32),
        ("text", ctypes.c_wchar_p),
        ("room", ctypes.c_void_p * 2),
    )


class Kernel(Protocol):
    """What is used of kernel32."""

    PowerCreateRequest: Any
    PowerSetRequest: Any
    CloseHandle: Any


def request(kernel: Kernel, why: str) -> Callable[[], None] | None:
    """Make a request and set it; closing its handle takes it back."""
    kernel.PowerCreateRequest.restype = ctypes.c_void_p
    context = ReasonContext(flags=SIMPLE_STRING, text=why)
    handle = kernel.PowerCreateRequest(ctypes.byref(context))
    if handle in (None, INVALID_HANDLE):
        return None
    if not kernel.PowerSetRequest(ctypes.c_void_p(handle), SYSTEM_REQUIRED):
        kernel.CloseHandle(ctypes.c_void_p(handle))
        return None
    return lambda: kernel.CloseHandle(ctypes.c_void_p(handle))


if sys.platform == "win32":

    def hold(why: str) -> Callable[[], None] | None:
        """Stay awake from now on; `why` is shown to the person."""
        return request(ctypes.WinDLL("kernel32"), why)
