"""Which addresses the program may fetch from: a short list of hosts, over https, in public.

An address is checked as text before anything is asked, again for every redirect, and each IP
address that a name resolves to is checked before it is connected to. There is no setting that
opens private addresses; only tests make a `Reach` that allows loopback.
"""

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, urljoin, urlsplit

from closedmesh.errors import AddressRefused

Address = IPv4Address | IPv6Address

HUB = "https://huggingface.co"

HUB_HOSTS = ("huggingface.co", "*.huggingface.co", "*.hf.co")
"""The hub itself, and where it sends those who ask for large files."""

HTTPS = 443

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""IPv4 addresses behind a translator (RFC 6052)."""


def is_public(address: Address) -> bool:
    """Whether an address belongs to the public internet, also what is wrapped inside it."""
    if isinstance(address, IPv6Address):
        inner = _inside(address)
        if inner is not None:
            return is_public(inner)
    return address.is_global and not address.is_multicast


def _inside(address: IPv6Address) -> IPv4Address | None:
    """The IPv4 address that an IPv6 address stands for."""
    if address.ipv4_mapped:
        return address.ipv4_mapped
    if address.sixtofour:
        return address.sixtofour
    if address.teredo:
        return address.teredo[1]
    if address in _TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return None


@dataclass(frozen=True, slots=True)
class Reach:
    """Where may be fetched from."""

    hosts: tuple[str, ...] = HUB_HOSTS
    """`name`, `name:port` or `*.name`."""
    allows: Callable[[Address], bool] = is_public

    def check(self, url: str) -> SplitResult:
        """The parts of a URL that may be asked. Raises `AddressRefused`."""
        try:
            parts = urlsplit(url)
            port = parts.port or HTTPS
        except ValueError:
            raise _refused(url, "it is no web address") from None
        if parts.scheme != "https":
            raise _refused(url, "only https is used")
        if parts.username is not None or parts.password is not None:
            raise _refused(url, "it holds a password")
        host = (parts.hostname or "").rstrip(".")
        if not any(_matches(host, port, pattern) for pattern in self.hosts):
            raise _refused(url, "this place is not on the list of those that are trusted")
        return parts

    def follow(self, url: str, location: str) -> str:
        """Where a redirect leads. Raises `AddressRefused`."""
        try:
            target = urljoin(url, location)
        except ValueError:
            raise _refused(location, "it is no web address") from None
        self.check(target)
        return target

    def check_address(self, host: str, text: str) -> None:
        """What a name resolved to. Raises `AddressRefused`."""
        try:
            address = ip_address(text.partition("%")[0])
        except ValueError:
            raise _refused(host, "its name leads nowhere") from None
        if not self.allows(address):
            raise _refused(host, f"its name leads to {address}, which is not in public")


def with_mirror(reach: Reach, mirror: str) -> Reach:
    """The same reach, and the host of a mirror. Raises `AddressRefused` for one that is no
    https address."""
    if not mirror:
        return reach
    try:
        parts = urlsplit(mirror)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise _refused(mirror, "it is no web address") from None
    if parts.scheme != "https" or not host or "*" in host:
        raise _refused(mirror, "a mirror is an address like https://mirror.example")
    return Reach((*reach.hosts, f"{host}:{port}" if port else host), reach.allows)


def _matches(host: str, port: int, pattern: str) -> bool:
    name, _, wanted = pattern.partition(":")
    if port != (int(wanted) if wanted else HTTPS):
        return False
    if name.startswith("*."):
        return host.endswith(name[1:]) and len(host) > len(name) - 1
    return host == name


def _refused(url: str, why: str) -> AddressRefused:
    place = url.partition("?")[0][:120]
    return AddressRefused(
        f"Nothing is fetched from {place}: {why}.",
        "If you set a mirror or a proxy, look at them; else tell us.",
    )
