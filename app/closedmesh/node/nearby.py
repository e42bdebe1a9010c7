"""Members in the same local network, found by mDNS where the person allows it, without an entry.
The only file that knows zeroconf.

Everybody in that network can hear what is said there: a key, an address, and a tag in which only
members recognise their mesh. What is heard is a hint and nothing more: whoever is then dialled
proves its key and shows its certificate, as everywhere else.
"""

import asyncio
import hashlib
import ipaddress
import logging
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager

import msgspec
from zeroconf import Error as ZeroconfError
from zeroconf import InterfaceChoice, IPVersion, ServiceStateChange, Zeroconf
from zeroconf.asyncio import AsyncServiceBrowser, AsyncServiceInfo, AsyncZeroconf

from closedmesh.mesh.addresses import Address, socket_address, split_socket_address
from closedmesh.mesh.ids import MeshId, NodeId, short
from closedmesh.node.clock import Clock
from closedmesh.node.tasks import background

log = logging.getLogger(__name__)

SERVICE = "_closedmesh._udp.local."

INTERFACES = InterfaceChoice.All
"""Networks that are searched."""

MAX_NEARBY = 32
"""Members that are remembered; anybody in the local network can pretend to be many."""

MAX_ASKED = 64
"""Names whose details are asked for at the same time; more are passed over."""

ASK_LIMIT = 3.0
"""Seconds to answer that."""

LOOK_EVERY = 5.0
"""Seconds between two looks whether the person still allows it."""


class Nearby:
    """Who was heard of. Empty while the person does not allow it."""

    def __init__(self, mesh: MeshId, own: NodeId) -> None:
        self._mesh = mesh
        self._own = own
        self._found: dict[str, Address] = {}

    def addresses(self) -> tuple[Address, ...]:
        """Where other members seem to be."""
        return tuple(self._found.values())

    def heard(
        self, name: str, said: Mapping[bytes, bytes | None], hosts: Sequence[str], port: int
    ) -> None:
        """Remember somebody, unless it is this peer itself, no member, or no address at all."""
        node = NodeId((said.get(b"node") or b"").decode("ascii", "replace"))
        if node == self._own or said.get(b"tag") != _tag(self._mesh, node):
            return
        where = tuple(socket_address(host, port) for host in hosts)
        try:
            address = msgspec.convert((node, where, None), Address)
        except msgspec.ValidationError as error:
            log.info("a name of the local network says nonsense: %s", error)
            return
        if name in self._found or len(self._found) < MAX_NEARBY:
            self._found[name] = address

    def gone(self, name: str) -> None:
        """Forget somebody."""
        self._found.pop(name, None)

    async def run(
        self, allowed: Callable[[], bool], own: Callable[[], Address], clock: Clock
    ) -> None:
        """Be heard and listen whenever the person allows it, until cancelled."""
        while True:
            if allowed():
                try:
                    async with _listening(self, _named(self._mesh, own())):
                        while allowed():
                            await clock.sleep(LOOK_EVERY)
                except (OSError, ZeroconfError) as error:
                    log.warning("the local network cannot be searched: %s", error)
                self._found.clear()
            await clock.sleep(LOOK_EVERY)


def _tag(mesh: MeshId, node: NodeId) -> bytes:
    """Tells members, and nobody else, of which mesh a peer is."""
    return hashlib.sha256(f"{mesh} {node}".encode()).hexdigest()[:32].encode()


def _named(mesh: MeshId, own: Address) -> AsyncServiceInfo | None:
    """What is said of this peer; nothing if no address is of use to neighbours."""
    # One port belongs to each family, and a record has one port: the older family is everywhere.
    places = [split_socket_address(each) for each in own.direct]
    fours = [(host, port) for host, port in places if ipaddress.ip_address(host).version == 4]
    if not fours:
        return None
    port = fours[0][1]
    hosts = [host for host, at in fours if at == port]
    said = {b"node": own.node.encode(), b"tag": _tag(mesh, own.node)}
    return AsyncServiceInfo(
        SERVICE,
        f"{short(own.node)}.{SERVICE}",
        port=port,
        properties=said,
        server=f"{short(own.node)}.local.",
        parsed_addresses=hosts,
    )


@asynccontextmanager
async def _listening(nearby: Nearby, info: AsyncServiceInfo | None) -> AsyncGenerator[None]:
    network = AsyncZeroconf(INTERFACES, ip_version=IPVersion.V4Only)
    try:
        async with background() as group:
            listener = _Listener(nearby, network, group)
            browser = AsyncServiceBrowser(network.zeroconf, SERVICE, handlers=[listener.changed])
            try:
                if info:
                    await (await network.async_register_service(info, allow_name_change=True))
                yield
            finally:
                await browser.async_cancel()
    finally:
        await network.async_close()


class _Listener:
    """Asks for the details of names that come, within bounds."""

    def __init__(self, nearby: Nearby, network: AsyncZeroconf, group: asyncio.TaskGroup) -> None:
        self._nearby = nearby
        self._network = network
        self._group = group
        self._asked: set[str] = set()

    def changed(
        self, zeroconf: Zeroconf, service_type: str, name: str, state_change: ServiceStateChange
    ) -> None:
        """Something is said of a name; zeroconf calls this by these words."""
        if state_change is ServiceStateChange.Removed:
            self._nearby.gone(name)
        elif name not in self._asked and len(self._asked) < MAX_ASKED:
            self._asked.add(name)
            self._group.create_task(self._ask(zeroconf, service_type, name))

    async def _ask(self, zeroconf: Zeroconf, service_type: str, name: str) -> None:
        try:
            info = AsyncServiceInfo(service_type, name)
            if await info.async_request(zeroconf, ASK_LIMIT * 1000) and info.port:
                hosts = info.parsed_addresses(IPVersion.V4Only)
                self._nearby.heard(name, info.properties, hosts, info.port)
        except (OSError, ZeroconfError) as error:
            log.info("a name of the local network was not explained: %s", error)
        finally:
            self._asked.discard(name)
