"""How much of something somebody may use in a time: bytes, packets, requests.

What is used beyond it is owed, and `use` says how long it takes until the debt is gone. Whoever
waits that long after each use keeps to the rate, and nothing need be refused.
"""


class Allowance:
    """Fills by `rate` a second up to `burst`."""

    __slots__ = ("_at", "_burst", "_left", "_rate")

    def __init__(self, rate: float, burst: float, now: float) -> None:
        if rate <= 0 or burst <= 0:
            raise ValueError("an allowance must allow something")
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._at = now

    def use(self, amount: float, now: float) -> float:
        """Use it, and learn for how many seconds to use nothing more; 0 while some is left."""
        self._refill(now)
        self._left -= amount
        return max(0.0, -self._left / self._rate)

    def try_use(self, amount: float, now: float) -> bool:
        """Use it if all of it is there, else leave it."""
        self._refill(now)
        if self._left < amount:
            return False
        self._left -= amount
        return True

    def _refill(self, now: float) -> None:
        self._left = min(self._burst, self._left + max(0.0, now - self._at) * self._rate)
        self._at = max(self._at, now)
