"""How much of a mesh the public gets: so many questions a minute, so many at a time, and none
where a member would have to wait for them. Pure."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv6Address, ip_address, ip_network

from closedmesh.errors import EngineBusy, RateLimited
from closedmesh.mesh.allowance import Allowance
from closedmesh.mesh.allowances import Allowances
from closedmesh.mesh.picture import Offer
from closedmesh.models.chat import ModelHash
from closedmesh.settings import PublicSettings

MINUTE = 60.0

AT_ONCE_EACH = 2
"""Questions of one address that are answered at the same time."""

ADDRESSES = 10_000
"""That are remembered; whoever was not seen for longest is forgotten first."""

NETWORK_BITS = 64
"""Of an IPv6 address: one customer has all addresses below them."""

KEPT_FOR_MEMBERS = 1
"""Places of a model that stay free when the public is let in."""

BUSY_WAIT = 10.0
"""Seconds after which it is worth another try."""


def client_of(address: str | None, forwarded: str | None, *, behind_proxy: bool) -> str:
    """Who asks: an IPv4 address or an IPv6 network. `forwarded` is the header X-Forwarded-For;
    its last entry was written by the proxy, all before it by whoever liked to."""
    if behind_proxy and forwarded:
        address = forwarded.rpartition(",")[2].strip()
    try:
        known = ip_address(address or "")
    except ValueError:
        return "unknown"
    if isinstance(known, IPv6Address):
        if known.ipv4_mapped:
            return str(known.ipv4_mapped)
        return str(ip_network((int(known), NETWORK_BITS), strict=False))
    return str(known)


class Limits:
    """The limits of one entry, and who uses them up."""

    def __init__(self) -> None:
        self._settings: PublicSettings | None = None
        self._each = Allowances(1.0, 1.0, ADDRESSES)
        self._all = Allowance(1.0, 1.0, 0.0)
        self._by_client: Counter[str] = Counter()
        self._by_model: Counter[ModelHash] = Counter()

    def ask(self, client: str, settings: PublicSettings, now: float) -> None:
        """Count a question. Raises `RateLimited`; who is refused takes nothing from the others."""
        if settings != self._settings:
            self._settings = settings
            each, everybody = settings.per_minute, settings.total_per_minute
            self._each = Allowances(each / MINUTE, each, ADDRESSES)
            self._all = Allowance(everybody / MINUTE, everybody, now)
        if not self._each.try_use(client, now):
            raise _too_often("one address", settings.per_minute)
        if not self._all.try_use(1.0, now):
            raise _too_often("the public", settings.total_per_minute)

    @contextmanager
    def place(
        self, client: str, model: ModelHash, offers: Iterable[Offer], settings: PublicSettings
    ) -> Iterator[None]:
        """A place for the length of a block. `offers` are those of the model. Raises
        `RateLimited` or `EngineBusy`."""
        if self._by_client[client] >= AT_ONCE_EACH:
            raise RateLimited(
                f"One address may ask {AT_ONCE_EACH} questions at a time.",
                "Wait for an answer.",
                retry_after=BUSY_WAIT,
            )
        places, busy = _places(offers)
        ours = self._by_model[model]
        # News of the peers is a little old: what we began ourselves may be missing in it.
        left = places - max(busy, ours) - KEPT_FOR_MEMBERS
        if self._by_model.total() >= settings.at_once or (left < 1 and max(busy, ours) > 0):
            raise EngineBusy(
                "The mesh is busy, and its members go first.",
                "Ask again a little later, or join with an invite.",
                retry_after=BUSY_WAIT,
            )
        self._by_client[client] += 1
        self._by_model[model] += 1
        try:
            yield
        finally:
            self._by_client[client] -= 1
            self._by_model[model] -= 1
            self._by_client += Counter()  # forgets those with none
            self._by_model += Counter()


def _places(offers: Iterable[Offer]) -> tuple[int, int]:
    """All places, and those that are taken."""
    known = list(offers)
    places = sum(offer.slots for offer in known)
    return places, places - sum(offer.free for offer in known)


def _too_often(who: str, limit: int) -> RateLimited:
    return RateLimited(
        f"Here {who} may ask {limit} questions a minute.",
        "Wait a moment, or join with an invite.",
        retry_after=MINUTE / limit,
    )
