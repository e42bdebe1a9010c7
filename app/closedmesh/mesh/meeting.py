"""Which addresses of a peer are passed on to another, so that the two can meet through routers."""

import ipaddress

from msgspec import structs

from closedmesh.mesh.addresses import MAX_DIRECT, Address, split_socket_address

HOME_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
"""Where packets never leave the house."""


def passed_on(claimed: Address, seen: str | None) -> Address:
    """What another peer may be told to dial: where the entry itself sees this one, and of what it
    claims only the same host's and its home network's addresses. Nobody can have packets sent to
    strangers by claiming to be there."""
    own_host = None if seen is None else _host(seen)
    believed = [
        address
        for address in claimed.direct
        if address != seen and (_host(address) == own_host or _is_at_home(_host(address)))
    ]
    direct = ([] if seen is None else [seen]) + believed
    return structs.replace(claimed, direct=tuple(direct[:MAX_DIRECT]))


def _host(address: str) -> str:
    return split_socket_address(address)[0]


def _is_at_home(host: str) -> bool:
    address = ipaddress.ip_address(host)
    return any(address in network for network in HOME_NETWORKS)
