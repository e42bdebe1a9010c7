"""With a small Core Audio of ours that checks what it is given."""

import ctypes

import pytest

from closedmesh.host.microphone_macos import (
    DEFAULT_INPUT,
    GLOBAL,
    RUNS_SOMEWHERE,
    SYSTEM,
    Address,
    in_use,
    running,
)


class CoreAudio:
    def __init__(self, values):
        self._values = values

    def AudioObjectGetPropertyData(  # noqa: N802 - Apple's form
        self, thing, address, _count, _qualifier, size, value
    ):
        asked = ctypes.cast(address, ctypes.POINTER(Address)).contents
        assert (asked.scope, asked.element) == (GLOBAL, 0)
        assert ctypes.cast(size, ctypes.POINTER(ctypes.c_uint32)).contents.value == 4
        found = self._values.get((thing.value, asked.selector))
        if found is None:
            return 560947818  # kAudioHardwareBadObjectError
        ctypes.cast(value, ctypes.POINTER(ctypes.c_uint32))[0] = found
        return 0


@pytest.mark.parametrize(("value", "answer"), [(1, True), (0, False)])
def test_the_default_input_runs_or_does_not(value, answer):
    audio = CoreAudio({(SYSTEM, DEFAULT_INPUT): 42, (42, RUNS_SOMEWHERE): value})
    assert running(audio) is answer


@pytest.mark.parametrize(
    "values", [{}, {(SYSTEM, DEFAULT_INPUT): 0}, {(SYSTEM, DEFAULT_INPUT): 42}]
)
def test_without_an_input_nothing_is_known(values):
    assert running(CoreAudio(values)) is None


def test_names_of_properties_are_four_letters():
    assert DEFAULT_INPUT.to_bytes(4) == b"dIn "
    assert ctypes.sizeof(Address) == 12


def test_where_core_audio_is_not_there_nothing_is_known():
    assert in_use() is None
