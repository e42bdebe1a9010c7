"""Choices that follow from a secret: whoever has the secret and the name can make them again.

A draw is the stream HMAC-SHA256(secret, name, 0), HMAC-SHA256(secret, name, 1), ...; each method
takes eight bytes from it.
"""

import hmac
import math
from collections.abc import Mapping, Sequence
from typing import TypeVar

Item = TypeVar("Item")

_SPAN = 2**64


def name_of(*parts: bytes) -> bytes:
    """One name from several, such that different parts never give the same name."""
    return b"".join(len(part).to_bytes(4, "big") + part for part in parts)


class Draw:
    """A stream of choices. The only thing in this package that changes."""

    def __init__(self, secret: bytes, *name: bytes) -> None:
        self._secret = secret
        self._name = name_of(*name)
        self._count = 0
        self._rest = b""

    def _word(self) -> int:
        if not self._rest:
            message = self._name + self._count.to_bytes(8, "big")
            self._rest = hmac.digest(self._secret, message, "sha256")
            self._count += 1
        word, self._rest = self._rest[:8], self._rest[8:]
        return int.from_bytes(word, "big")

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1, each equally likely."""
        unfair = _SPAN - _SPAN % limit
        while (word := self._word()) >= unfair:
            pass
        return word % limit

    def fraction(self) -> float:
        """A number in [0, 1)."""
        return (self._word() >> 11) * 2.0**-53

    def chance(self, probability: float) -> bool:
        """Yes with this probability."""
        return self.fraction() < probability

    def pick(self, items: Sequence[Item]) -> Item:
        """One of `items`, each equally likely."""
        return items[self.below(len(items))]

    def sample(self, limit: int, count: int) -> list[int]:
        """`count` different numbers below `limit` in order, or all when there are fewer."""
        chosen: set[int] = set()
        while len(chosen) < min(limit, count):
            chosen.add(self.below(limit))
        return sorted(chosen)

    def weighted(self, weights: Mapping[Item, float]) -> Item:
        """One of the keys, as likely as its weight."""
        place = self.fraction() * sum(weights.values())
        for item, weight in weights.items():
            place -= weight
            if place < 0:
                return item
        return next(reversed(list(weights)))

    def waiting_time(self, mean: float) -> float:
        """How long until the next event that comes at no particular time; unit of `mean`."""
        return -mean * math.log1p(-self.fraction())

    def laplace(self, scale: float) -> float:
        """Noise around 0 that hides any single count when `scale` is 1 or more."""
        return self.waiting_time(scale) - self.waiting_time(scale)
