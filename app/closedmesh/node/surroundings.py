"""What the mesh side of a peer rests on, and what an entry adds to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from closedmesh.mesh.ids import InviteId, NodeId
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.picture import IssuedInvite, NewInvite
from closedmesh.models.catalogue import Catalogue
from closedmesh.node.clock import Clock
from closedmesh.node.engines import Engines
from closedmesh.node.library import Library
from closedmesh.node.mesh_checks import Verifier
from closedmesh.node.network import Door, Network
from closedmesh.node.store import Store
from closedmesh.node.survey import Survey
from closedmesh.node.transport import Listen, Opener
from closedmesh.settings import Settings
from closedmesh.trust.credits import Totals
from closedmesh.trust.ledger_audit import LedgerAudit


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the mesh side needs of the peer."""

    opener: Opener
    catalogue: Catalogue
    library: Library
    engines: Engines
    survey: Survey
    store: Store
    clock: Clock
    settings: Callable[[], Settings]
    listen: Callable[[], Listen]
    changed: Callable[[], None]


class LedgerDesk(Protocol):
    """The settler, with what its owner may ask of it."""

    def totals(self) -> tuple[Totals, ...]:
        """The last heads of the ledger, for everybody to see."""
        ...

    async def verify(self) -> LedgerAudit:
        """Look at the whole ledger, from nothing."""
        ...

    def export(self, after: int) -> tuple[str, ...]:
        """The next events of the ledger, as JSON texts."""
        ...

    def move(self, source: str, target: str) -> object:
        """Give everything of one account to another."""
        ...


class EntryDesk(Door, Protocol):
    """An entry, with what its owner may ask of it."""

    def members(self) -> int:
        """How many there are."""
        ...

    def invites(self) -> tuple[IssuedInvite, ...]:
        """All that were made and are not long past."""
        ...

    def make_invite(self, scope: Scope, uses: int, lifetime: float) -> NewInvite:
        """A new invite; `lifetime` in seconds."""
        ...

    def revoke_invite(self, invite: InviteId) -> None:
        """Let nobody use an invite any longer."""
        ...

    def revoke_member(self, node: NodeId) -> None:
        """End a membership."""
        ...

    @property
    def settler(self) -> LedgerDesk | None:
        """Of the mesh, if it is this entry."""
        ...

    def verifier(self, around: Surroundings, network: Network) -> Verifier:
        """Who checks what peers serve."""
        ...
