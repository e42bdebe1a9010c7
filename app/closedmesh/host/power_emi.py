"""The energy meters of Windows (EMI), which an ordinary program may read: counters of the processor
that firmware and drivers keep.

Layouts are those of Windows' `emi.h`. Only what is the whole processor package counts: its parts
are in it already, and names that nobody knows say nothing.
"""

import re
import struct
from collections.abc import Callable, Iterator

from closedmesh.models.energy import Kind, Reading, Scope

GET_VERSION, GET_METADATA_SIZE, GET_METADATA, GET_MEASUREMENT = (
    0x226000, 0x226004, 0x226008, 0x22600C,
)  # fmt: skip
"""Control codes."""

JOULES = 3600e-12
"""Of a picowatt hour, the only unit there is."""

TICKS = 10_000_000
"""A second, as Windows counts."""

PACKAGE = {"pkg", "package", "socket"}
"""Words in the name of a channel that is the whole package: `RAPL_Package0_PKG`, `Current Socket
Power`. Intel's names begin with the package whatever the channel is, so its last word decides."""

FIRST_V2 = struct.Struct("<32s32sHH")
"""Maker, model, revision, channels; then each channel: unit, bytes of its name, its name."""

CHANNEL_V2 = struct.Struct("<iH")

FIRST_V1 = struct.Struct("<i32s32sHH")
"""Unit, maker, model, revision, bytes of the name; then the name of the only channel."""

MEASUREMENT = struct.Struct("<QQ")
"""Energy since some beginning, and when; one for each channel."""

MOST_BYTES = 1 << 16
"""Of any answer."""

Device = Callable[[int, int], bytes]
"""An open meter: a control code and the most bytes of the answer. Raises `OSError`."""


class Meters:
    """All meters of this computer."""

    def __init__(self, devices: list[Device]) -> None:
        self._devices = [(device, places) for device in devices if (places := _places(device))]
        self._before: dict[tuple[int, int], tuple[int, int]] = {}

    def read(self) -> list[Reading]:
        """The mean power since the last call; nothing at the first."""
        watts = [
            found
            for number, (device, places) in enumerate(self._devices)
            for place, energy, time in _measured(device, places)
            if (found := self._watts((number, place), energy, time)) is not None
        ]
        if not watts:
            return []
        return [Reading(sum(watts), Scope.PROCESSOR, Kind.MODELLED, "EMI")]

    def _watts(self, key: tuple[int, int], energy: int, time: int) -> float | None:
        before = self._before.get(key)
        self._before[key] = (energy, time)
        if before is None or time <= before[1] or energy < before[0]:
            return None
        return (energy - before[0]) * JOULES / ((time - before[1]) / TICKS)


def _places(device: Device) -> tuple[int, ...]:
    """The channels of a meter that are a whole package."""
    try:
        (version,) = struct.unpack_from("<H", device(GET_VERSION, 2))
        (size,) = struct.unpack_from("<I", device(GET_METADATA_SIZE, 4))
        names = channels(version, device(GET_METADATA, min(size, MOST_BYTES)))
    except (OSError, struct.error):
        return ()
    return tuple(place for place, name in enumerate(names) if is_package(name))


def _measured(device: Device, places: tuple[int, ...]) -> Iterator[tuple[int, int, int]]:
    try:
        answer = device(GET_MEASUREMENT, MEASUREMENT.size * (max(places) + 1))
        for place in places:
            energy, time = MEASUREMENT.unpack_from(answer, place * MEASUREMENT.size)
            yield place, energy, time
    except (OSError, struct.error):
        return


def is_package(name: str) -> bool:
    """The channel is a whole processor package."""
    found = [word for word in re.split(r"[^a-z]+", name.lower()) if word]
    return bool(found) and (found[-1] in PACKAGE or (found[0] != "rapl" and "socket" in found))


def channels(version: int, metadata: bytes) -> tuple[str, ...]:
    """The names of a meter's channels. Raises `struct.error` for what is cut off."""
    if version == 1:
        length = FIRST_V1.unpack_from(metadata)[-1]
        return (_name(metadata, FIRST_V1.size, length),)
    count, place, found = FIRST_V2.unpack_from(metadata)[-1], FIRST_V2.size, []
    for _ in range(count):
        _unit, length = CHANNEL_V2.unpack_from(metadata, place)
        place += CHANNEL_V2.size
        found.append(_name(metadata, place, length))
        place += length
    return tuple(found)


def _name(metadata: bytes, place: int, length: int) -> str:
    return metadata[place : place + length].decode("utf-16-le", "replace").rstrip("\0")
