"""With which sockets and relays a peer is in the network: as the person wishes, and where the
entries wait."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.addresses import Address
from closedmesh.node.transport import Listen


class Listening:
    """Of one peer. `wished` is what the settings say now."""

    def __init__(self, wished: Callable[[], Listen]) -> None:
        self._wished = wished
        self._begun: Listen | None = None

    def begin(self, entries: Iterable[Address]) -> Listen:
        """For the peer's own key. Raises `ClosedMeshError` where it cannot be as wished."""
        listen = self._with_relays(entries)
        if listen.hidden and not listen.relays:
            raise ClosedMeshError(
                "No entry of the mesh has a relay, so this computer's address cannot be hidden.",
                "Turn off mesh.relay_only, or ask the person who runs the mesh for a relay.",
            )
        self._begun = self._wished()
        return listen

    def has_changed(self) -> bool:
        """Whether something else is wished than what was begun with."""
        return self._begun not in (None, self._wished())

    def to_ask(self, entries: Iterable[Address]) -> Listen:
        """For another key: the same networks and relays, at ports of its own."""
        listen = self._with_relays(entries)
        hosts = (address.rpartition(":")[0] for address in listen.addresses)
        return replace(listen, addresses=tuple(f"{host}:0" for host in hosts))

    def to_join(self, entries: Iterable[Address]) -> Listen:
        """To use an invite. Relays are for members, and an entry sees the address in any case:
        it is peers that do not."""
        asking = self.to_ask(entries)
        return Listen(relays=asking.relays) if asking.hidden else asking

    def _with_relays(self, entries: Iterable[Address]) -> Listen:
        listen = self._wished()
        relays = dict.fromkeys((*listen.relays, *(each.relay for each in entries if each.relay)))
        return replace(listen, relays=tuple(relays))
