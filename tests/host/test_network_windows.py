"""With a COM object laid out in memory as Windows lays one out."""

import ctypes

import pytest

from closedmesh.host.network_windows import COST_MANAGER, LIST_MANAGER, cost_now, meaning

SAME_THREAD_OTHERWISE = -2147417850
"""`RPC_E_CHANGED_MODE`: somebody else has begun COM on this thread."""


@pytest.mark.parametrize(
    ("cost", "answer"),
    [(0, None), (0x1, False), (0x2, True), (0x4, True), (0x10001, True), (0x40001, True),
     (0x20001, False), (0x80001, False)],
)  # fmt: skip
def test_windows_flags_mean_what_it_documents(cost, answer):
    assert meaning(cost) is answer


class Ole:
    """ole32 with a list of networks that costs something."""

    def __init__(self, cost, *, begins=0, makes=0, tells=0):
        self.log = []
        self._begins, self._makes = begins, makes
        method = ctypes.CFUNCTYPE(ctypes.c_uint32, ctypes.c_void_p)
        getter = ctypes.CFUNCTYPE(
            ctypes.c_uint32, ctypes.c_void_p, ctypes.POINTER(ctypes.c_uint32), ctypes.c_void_p
        )

        def get_cost(_this, where, address):
            assert address is None
            where[0] = cost
            return tells

        self._functions = [
            method(self._never), method(self._never), method(self._release), getter(get_cost)
        ]  # fmt: skip
        addresses = [ctypes.cast(each, ctypes.c_void_p).value for each in self._functions]
        self._table = (ctypes.c_void_p * 4)(*addresses)
        self._object = ctypes.pointer(self._table)

    def _never(self, _this):
        raise AssertionError("another place of the table")

    def _release(self, this):
        assert this == ctypes.addressof(self._object)
        self.log.append("released")
        return 0

    def CoInitializeEx(self, _reserved, _kind):  # noqa: N802 - Windows' name
        return self._begins

    def CoUninitialize(self):  # noqa: N802 - Windows' name
        self.log.append("ended")

    def CoCreateInstance(self, kind, _outer, _where, interface, found):  # noqa: N802 - Windows' name
        assert (kind, interface) == (LIST_MANAGER.bytes_le, COST_MANAGER.bytes_le)
        if not self._makes:
            place = ctypes.cast(found, ctypes.POINTER(ctypes.c_void_p))
            place[0] = ctypes.addressof(self._object)
        return self._makes


def test_the_cost_is_read_and_everything_let_go():
    ole = Ole(0x2)
    assert cost_now(ole) == 0x2
    assert ole.log == ["released", "ended"]


def test_com_that_somebody_else_began_is_not_ended():
    ole = Ole(0x1, begins=SAME_THREAD_OTHERWISE)
    assert cost_now(ole) == 0x1
    assert ole.log == ["released"]


def test_what_cannot_be_asked_is_unknown():
    assert cost_now(Ole(0x2, makes=1)) == 0
    ole = Ole(0x2, tells=1)
    assert cost_now(ole) == 0
    assert ole.log == ["released", "ended"]
