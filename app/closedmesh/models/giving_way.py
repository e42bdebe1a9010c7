"""How many processor cores the models leave to the owner's own work. Pure.

`decide` is told every fraction of a second how busy other programs are. It gives way at the first
reading that asks for it, and comes back only after `CALM` seconds that never did, so that work
that comes in bursts is not disturbed at each of them. Fewer threads are all that is given: the
low priority of a model's process stays, since a lower one would starve answers that have begun.
"""

import math

from msgspec import Struct, structs

CALM = 3.0
"""Seconds without need before cores are taken back."""

TAKEN_FROM = 0.5
"""Share of a core from which on other programs are said to need the whole of it."""

QUIET_BELOW = 0.25
"""Share of a core below which they no longer do."""


class Pace(Struct, frozen=True):
    """What is left to other programs now."""

    taken: int = 0
    """Cores that other programs need; the models keep away from that many."""
    calm_since: float | None = None
    """Monotonic seconds since when fewer would be enough."""
    calm_need: int = 0
    """The most that was needed in that time."""

    @property
    def giving_way(self) -> bool:
        """Other programs go first now."""
        return self.taken > 0

    def threads(self, wanted: int, cores: int) -> int:
        """Threads of a model that would use `wanted` on an idle machine; at least one, so that
        an answer that has begun goes on."""
        return max(1, min(wanted, cores - self.taken)) if self.giving_way else wanted


def decide(before: Pace, busy: float, now: float) -> Pace:
    """The pace from now on. `busy` is how many cores other programs kept busy since the last
    reading, `now` monotonic seconds."""
    if (needed := math.floor(busy + 1 - TAKEN_FROM)) > before.taken:
        return Pace(taken=needed)
    need = max(0, math.ceil(busy - QUIET_BELOW))
    if need >= before.taken:
        return structs.replace(before, calm_since=None, calm_need=0)
    if before.calm_since is None:
        return structs.replace(before, calm_since=now, calm_need=need)
    most = max(before.calm_need, need)
    if now - before.calm_since < CALM:
        return structs.replace(before, calm_need=most)
    return Pace(taken=most)
