"""With functions that stand in for kernel32's and check what they are given."""

import ctypes

import pytest

from closedmesh.host.awake_windows import INVALID_HANDLE, ReasonContext, request

HANDLE = 0x1_0000_0004


class Kernel:
    """kernel32 with one power request; everything it was asked is kept."""

    def __init__(self, handle=HANDLE, sets=1):
        self.asked, self.closed = [], []
        create = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.POINTER(ReasonContext))
        self.PowerCreateRequest = create(self._create)
        self._handle, self._sets = handle, sets

    def _create(self, context):
        self.asked.append((context[0].version, context[0].flags, context[0].text))
        return self._handle

    def PowerSetRequest(self, handle, kind):  # noqa: N802 - Windows' name
        self.asked.append((handle.value, kind))
        return self._sets

    def CloseHandle(self, handle):  # noqa: N802 - Windows' name
        self.closed.append(handle.value)


def test_a_request_with_its_reason_is_set_and_taken_back():
    kernel = Kernel()
    let_go = request(kernel, "Answering others")
    assert kernel.asked == [(0, 1, "Answering others"), (HANDLE, 1)]
    assert kernel.closed == []
    let_go()
    assert kernel.closed == [HANDLE]


@pytest.mark.parametrize("handle", [None, INVALID_HANDLE])
def test_a_request_that_is_not_made_is_none(handle):
    kernel = Kernel(handle)
    assert request(kernel, "why") is None
    assert kernel.closed == []


def test_a_request_that_is_not_granted_is_closed():
    kernel = Kernel(sets=0)
    assert request(kernel, "why") is None
    assert kernel.closed == [HANDLE]


def test_the_context_is_as_large_as_windows_says():
    pointer = ctypes.sizeof(ctypes.c_void_p)
    assert ctypes.sizeof(ReasonContext) == 8 + 3 * pointer
