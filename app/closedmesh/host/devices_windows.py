"""Opens all devices of Windows that offer an interface, for reading."""

import ctypes
import sys
import uuid
from functools import partial

from closedmesh.host.power_emi import Device

ENERGY_METER = uuid.UUID("45BD8344-7ED6-49CF-A440-C276C933B053")

PRESENT, INTERFACES = 0x2, 0x10
READ, SHARED, EXISTING = 0x80000000, 0x3, 3

MOST = 64
"""Devices; more are none."""

PATH_AT = 4
"""Bytes before the path in what `SetupDiGetDeviceInterfaceDetailW` gives."""

if sys.platform == "win32":
    from ctypes import wintypes

    INVALID = ctypes.c_void_p(-1).value

    class _Interface(ctypes.Structure):
        _fields_ = (
            ("size", wintypes.DWORD),
            ("kind", ctypes.c_byte * 16),
            ("flags", wintypes.DWORD),
            ("reserved", ctypes.c_void_p),
        )

    def open_all(kind: uuid.UUID = ENERGY_METER) -> list[Device]:
        """Those that an ordinary program may open; they stay open as long as the program runs."""
        try:
            handles = [handle for path in _paths(kind) if (handle := _open(path)) is not None]
        except OSError:
            return []
        return [partial(_ask, handle) for handle in handles]

    def _paths(kind: uuid.UUID) -> list[str]:
        setup = ctypes.WinDLL("setupapi", use_last_error=True)
        setup.SetupDiGetClassDevsW.restype = ctypes.c_void_p
        wanted = ctypes.c_char_p(kind.bytes_le)
        devices = setup.SetupDiGetClassDevsW(wanted, None, None, PRESENT | INTERFACES)
        if devices in (None, INVALID):
            return []
        every, found = ctypes.c_void_p(devices), []
        for place in range(MOST):
            one = _Interface(ctypes.sizeof(_Interface))
            if not setup.SetupDiEnumDeviceInterfaces(every, None, wanted, place, ctypes.byref(one)):
                break
            found.append(_path(setup, every, one))
        setup.SetupDiDestroyDeviceInfoList(every)
        return found

    def _path(setup: ctypes.WinDLL, every: ctypes.c_void_p, one: _Interface) -> str:
        needed = wintypes.DWORD()
        ask = setup.SetupDiGetDeviceInterfaceDetailW
        ask(every, ctypes.byref(one), None, 0, ctypes.byref(needed), None)
        detail = ctypes.create_string_buffer(max(needed.value, 8))
        # Its first field is the size of its fixed part, which the length of an address decides.
        fixed = 8 if ctypes.sizeof(ctypes.c_void_p) == 8 else 6
        ctypes.memmove(detail, fixed.to_bytes(4, "little"), 4)
        ask(every, ctypes.byref(one), detail, needed, None, None)
        return ctypes.wstring_at(ctypes.addressof(detail) + PATH_AT)

    def _open(path: str) -> int | None:
        create = ctypes.WinDLL("kernel32", use_last_error=True).CreateFileW
        create.restype = ctypes.c_void_p
        handle: int | None = create(path, READ, SHARED, None, EXISTING, 0, None)
        return None if handle in (None, INVALID) else handle

    def _ask(handle: int, code: int, size: int) -> bytes:
        answer, given = ctypes.create_string_buffer(size), wintypes.DWORD()
        control = ctypes.WinDLL("kernel32", use_last_error=True).DeviceIoControl
        this = ctypes.c_void_p(handle)
        if not control(this, code, None, 0, answer, size, ctypes.byref(given), None):
            raise ctypes.WinError(ctypes.get_last_error())
        return answer.raw[: given.value]
