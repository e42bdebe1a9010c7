"""Whether the network costs by the byte on macOS, which tells it only to programs that use its own
network library. What can be seen without it: an iPhone that shares its connection always gives
addresses of the same small network.
"""

import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network

import psutil

HOTSPOT = IPv4Network("172.20.10.0/28")
"""Of every iPhone and iPad that shares its connection."""


def meaning(addresses: Iterable[str]) -> bool | None:
    """True on such a network; otherwise unknown."""
    return True if any(IPv4Address(address) in HOTSPOT for address in addresses) else None


def metered() -> bool | None:
    """The answer for the networks that this computer is in now."""
    return meaning(
        found.address
        for addresses in psutil.net_if_addrs().values()
        for found in addresses
        if found.family == socket.AF_INET
    )
