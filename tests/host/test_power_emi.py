"""Meters that answer in the layout of Windows' `emi.h`; this project could not ask a real one."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.host.power_emi import (
    GET_MEASUREMENT,
    GET_METADATA,
    GET_METADATA_SIZE,
    GET_VERSION,
    TICKS,
    Meters,
    channels,
    is_package,
)
from closedmesh.models.energy import Kind, Scope

INTEL = ("RAPL_Package0_PKG", "RAPL_Package0_DRAM", "RAPL_Package0_PP0", "RAPL_Package0_PP1")
AMD = ("VDDCR_VDD Power", "VDDCR_SOC Power", "Current Socket Power", "Apu Power")


def wide(text):
    return text.encode("utf-16-le") + b"\0\0"


def second_version(names):
    data = b"".join(word.encode("utf-16-le").ljust(32, b"\0") for word in ("Maker", "Model"))
    data += struct.pack("<HH", 1, len(names))
    for name in names:
        data += struct.pack("<iH", 0, len(wide(name))) + wide(name)
    return data


def first_version(name):
    return (
        struct.pack("<i", 0) + b"\0" * 64 + struct.pack("<HH", 1, len(wide(name))) + wide(name)
    )  # fmt: skip


class Meter:
    """Channels that each draw so many watts; time passes when a test says so."""

    def __init__(self, names, watts, version=2):
        self.names, self.watts, self.version = names, watts, version
        self.seconds = 100.0
        self.broken = False

    def __call__(self, code, size):
        if self.broken:
            raise OSError("gone")
        metadata = second_version(self.names)
        if self.version == 1:
            metadata = first_version(self.names[0])
        answer = {
            GET_VERSION: struct.pack("<H", self.version),
            GET_METADATA_SIZE: struct.pack("<I", len(metadata)),
            GET_METADATA: metadata,
            GET_MEASUREMENT: b"".join(
                struct.pack("<QQ", int(w * self.seconds / 3600e-12), int(self.seconds * TICKS))
                for w in self.watts
            ),
        }[code]
        return answer[:size]


def test_a_known_load_is_told_exactly():
    meter = Meter(INTEL, (37.5, 4.0, 20.0, 1.0))
    meters = Meters([meter])
    assert meters.read() == []
    meter.seconds += 2.0
    (found,) = meters.read()
    assert found.watts == pytest.approx(37.5, rel=1e-6)
    assert (found.scope, found.kind, found.source) == (Scope.PROCESSOR, Kind.MODELLED, "EMI")


def test_two_processors_are_added_and_old_meters_are_understood():
    both = [Meter(INTEL, (30.0, 1, 1, 1)), Meter(("RAPL_Package1_PKG",), (20.0,), version=1)]
    meters = Meters(both)
    meters.read()
    for meter in both:
        meter.seconds += 1.0
    assert meters.read()[0].watts == pytest.approx(50.0)


def test_parts_of_the_package_are_not_counted_twice():
    assert [is_package(name) for name in INTEL] == [True, False, False, False]
    assert [is_package(name) for name in AMD] == [False, False, True, False]
    assert not is_package("")


def test_a_meter_that_stands_still_goes_back_or_is_gone_says_nothing():
    meter = Meter(INTEL, (30.0, 1, 1, 1))
    meters = Meters([meter])
    meters.read()
    assert meters.read() == []
    meter.seconds -= 10.0
    assert meters.read() == []
    meter.broken = True
    assert meters.read() == []


def test_meters_that_cannot_be_opened_or_say_nothing_known_are_left_out():
    broken = Meter(INTEL, (1, 1, 1, 1))
    broken.broken = True
    unknown = Meter(("Battery rail",), (5.0,))
    meters = Meters([broken, unknown])
    meters.read()
    unknown.seconds += 1
    assert meters.read() == []
    assert Meters([]).read() == []


@given(st.sampled_from([1, 2]), st.binary(max_size=300))
def test_whatever_a_driver_says_it_is_names_or_too_short(version, data):
    try:
        names = channels(version, data)
    except struct.error:
        return
    assert all(isinstance(name, str) for name in names)
