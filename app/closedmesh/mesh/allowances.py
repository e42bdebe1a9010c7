"""An allowance for each of many keys, without keeping more keys than there is room for."""

from collections.abc import Hashable

from closedmesh.mesh.allowance import Allowance


class Allowances:
    """Of everybody. Who was not seen for longest is forgotten first, and then begins anew: with a
    full burst, so `limit` times `burst` is what many keys together can get beyond the rate."""

    def __init__(self, rate: float, burst: float, limit: int) -> None:
        """`rate` a second up to `burst`, for at most `limit` keys."""
        self._rate = rate
        self._burst = burst
        self._limit = limit
        self._known: dict[Hashable, Allowance] = {}

    def try_use(self, key: Hashable, now: float) -> bool:
        """Use one, if there is one left."""
        allowance = self._known.pop(key, None)
        if allowance is None:
            while len(self._known) >= self._limit:
                del self._known[next(iter(self._known))]
            allowance = Allowance(self._rate, self._burst, now)
        self._known[key] = allowance
        return allowance.try_use(1.0, now)

    def __len__(self) -> int:
        return len(self._known)
