"""Whether something records on macOS: Core Audio tells any program, without a permission, whether
the input that programs use by default runs somewhere."""

import ctypes
from ctypes.util import find_library
from typing import Any, Protocol

SYSTEM = 1
"""`kAudioObjectSystemObject`."""


def _word(letters: str) -> int:
    """Four letters, as Core Audio names its properties."""
    return int.from_bytes(letters.encode("ascii"))


DEFAULT_INPUT = _word("dIn ")
RUNS_SOMEWHERE = _word("gone")
GLOBAL = _word("glob")


class Address(ctypes.Structure):
    """`AudioObjectPropertyAddress`."""

    _fields_ = (
        ("selector", ctypes.c_uint32),
        ("scope", ctypes.c_uint32),
        ("element", ctypes.c_uint32),
    )


class CoreAudio(Protocol):
    """What is used of the framework."""

    AudioObjectGetPropertyData: Any


def running(audio: CoreAudio) -> bool | None:
    """The default input runs, for whichever program. `None` where there is none."""
    device = _read(audio, SYSTEM, DEFAULT_INPUT)
    if not device:
        return None
    runs = _read(audio, device, RUNS_SOMEWHERE)
    return None if runs is None else runs != 0


def _read(audio: CoreAudio, thing: int, selector: int) -> int | None:
    address, value = Address(selector, GLOBAL, 0), ctypes.c_uint32()
    size = ctypes.c_uint32(ctypes.sizeof(value))
    failed = audio.AudioObjectGetPropertyData(
        ctypes.c_uint32(thing), ctypes.byref(address), 0, None,
        ctypes.byref(size), ctypes.byref(value),
    )  # fmt: skip
    return None if failed else value.value


def in_use() -> bool | None:
    """Some program records."""
    path = find_library("CoreAudio")
    try:
        return running(ctypes.CDLL(path)) if path else None
    except (OSError, AttributeError):
        return None
