"""What a person is told of this computer before the first answer."""

from dataclasses import dataclass

from closedmesh.host import hardware, readings
from closedmesh.host.paths import Paths


@dataclass(frozen=True, slots=True)
class Hardware:
    """The computer as its owner knows it."""

    processor: str
    memory_total: int
    """Bytes."""
    disk_free: int
    """Bytes, on the disk of the home."""
    metered: bool
    """The network costs by the byte, as far as the system tells."""


def this_computer(places: Paths) -> Hardware:
    """Look at it; may take a second."""
    return Hardware(
        processor=hardware.processor(),
        memory_total=hardware.memory().total,
        disk_free=hardware.disk_free(places.home),
        metered=readings.metered() is True,
    )
