"""Where a peer can be reached."""

import ipaddress
from typing import Annotated

from msgspec import Meta, Struct

from closedmesh.mesh.ids import NodeIdField

MAX_DIRECT = 16
"""Addresses of one peer: a computer with several networks has about six."""
MAX_RELAY_LENGTH = 200


class Address(Struct, frozen=True, array_like=True):
    """A peer and the ways to it. Raises `ValueError` when made with something that is none."""

    node: NodeIdField
    direct: Annotated[tuple[str, ...], Meta(max_length=MAX_DIRECT)] = ()
    """`ip:port`, IPv6 in brackets; never host names, which would ask a name server."""
    relay: Annotated[str, Meta(max_length=MAX_RELAY_LENGTH)] | None = None
    """URL of the relay on which the peer waits."""

    def __post_init__(self) -> None:
        for socket_address in self.direct:
            split_socket_address(socket_address)
        if self.relay is not None and not self.relay.startswith(("https://", "http://")):
            raise ValueError(f"no relay address: {self.relay!r}")


def split_socket_address(text: str) -> tuple[str, int]:
    """The IP address and the port of `ip:port` or `[ipv6]:port`. Raises `ValueError`."""
    host, colon, port = text.rpartition(":")
    bracketed = host.startswith("[") and host.endswith("]")
    address = ipaddress.ip_address(host[1:-1] if bracketed else host)
    if bracketed != (address.version == 6) or not colon:
        raise ValueError(f"no address with a port: {text!r}")
    if not (port.isascii() and port.isdigit() and 1 <= int(port) <= 65535 and len(port) <= 5):
        raise ValueError(f"no port: {text!r}")
    return str(address), int(port)


def socket_address(host: str, port: int) -> str:
    """`ip:port`, or `[ipv6]:port`."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
