"""What a peer is made of: places, catalogue, clock, machine, and the ways to the outside."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from closedmesh.host.paths import Paths
from closedmesh.host.replacing import Replaceable
from closedmesh.host.secrets import Secrets
from closedmesh.models.catalogue import Catalogue
from closedmesh.node.clock import Clock
from closedmesh.node.fetching.web import Web
from closedmesh.node.identity import Identity
from closedmesh.node.shelf import MakeWeb, public_web
from closedmesh.node.store import Store
from closedmesh.node.surroundings import EntryDesk
from closedmesh.node.survey import Machine
from closedmesh.node.transport import Listen, Opener
from closedmesh.node.updates.genuine import Origin, web_to
from closedmesh.node.updates.updating import Updating
from closedmesh.settings import NetworkSettings, Settings


@dataclass(frozen=True, slots=True)
class Parts:
    """What a peer is made of."""

    paths: Paths
    catalogue: Catalogue
    worker: tuple[str, ...]
    """How a worker is started."""
    clock: Clock
    machine: Machine
    """This computer, as the rules of sharing see it."""
    opener: Opener
    """How the network is opened, once this peer is in a mesh."""
    invite: str | None = None
    """Used if this peer is in no mesh yet."""
    listen: Listen | None = None
    """Instead of what the settings say; without addresses it only adds relays."""
    desk: Callable[[Identity, Secrets, Store], Awaitable[EntryDesk]] | None = None
    """Makes what an entry has and a peer has not."""
    make_web: MakeWeb = public_web
    """How files are fetched from the outside."""
    origin: Origin | None = None
    """Where new versions come from; `None` in a copy that does not know."""
    make_update_web: Callable[[Origin, Callable[[], NetworkSettings]], Web] = web_to
    """How it is asked."""
    copy: Replaceable | None = None
    """This copy of the program, where it can replace itself."""


def make_updating(
    parts: Parts, settings: Callable[[], Settings], changed: Callable[[], None]
) -> Updating:
    """What looks after new versions."""

    def make_web() -> Web:
        if parts.origin is None:
            raise RuntimeError("a copy without an origin asks nobody")
        return parts.make_update_web(parts.origin, lambda: settings().network)

    return Updating(
        parts.origin,
        parts.copy,
        make_web,
        parts.paths.home / "updates",
        lambda: settings().updates,
        lambda: settings().models.download_limit * 1e6,
        parts.clock,
        changed,
    )
