"""What the window asks of the system that it runs on, beside the peer."""

from collections.abc import Callable
from dataclasses import dataclass

from closedmesh.assembly import Hardware, Removal, Way


@dataclass(frozen=True, slots=True)
class System:
    """Looks may take a second and belong on a thread of their own."""

    at_login: Way
    for_links: Way
    look: Callable[[], Hardware]
    everything: Callable[[], Removal]
    """What there is to remove."""
