"""What the window asks of the system that it runs on, beside the peer."""

from collections.abc import Callable
from dataclasses import dataclass

from closedmesh.assembly import Hardware, Removal, Way
from closedmesh.settings import AppearanceSettings


@dataclass(frozen=True, slots=True)
class System:
    """Looks may take a second and belong on a thread of their own."""

    chosen: AppearanceSettings
    """For the first words and colours, before a peer tells its settings."""
    at_login: Way
    for_links: Way
    look: Callable[[], Hardware]
    everything: Callable[[], Removal]
    """What there is to remove."""
