"""A circuit breaker: who fails three times in half a minute is left alone for a while.

Closed, everything passes. Open, nothing does until `blocked_until`. Then one question is tried
(`trying`): if it is answered the breaker closes, if not it opens for twice as long.
"""

from dataclasses import dataclass, replace

FAILURES = 3
WINDOW = 30.0
"""Seconds in which that many failures open it."""
FIRST_REST = 10.0
LONGEST_REST = 600.0
TRIAL = 20.0
"""Seconds that a trial may take before the next one; a first token takes less."""


@dataclass(frozen=True, slots=True)
class Breaker:
    """Of one peer. Every method gives the breaker as it is afterwards."""

    failures: tuple[float, ...] = ()
    """When it failed, within the window."""
    blocked_until: float = 0.0
    rest: float = 0.0
    """Seconds of the last rest; 0 while closed."""

    def allows(self, now: float) -> bool:
        """Whether a question may be put."""
        return now >= self.blocked_until

    def trying(self, now: float) -> "Breaker":
        """A question is put now. After a rest it is the only one for `TRIAL` seconds."""
        return replace(self, blocked_until=now + TRIAL) if self.rest else self

    def failed(self, now: float) -> "Breaker":
        """A question was not answered, by the peer's fault."""
        recent = (*(at for at in self.failures if now - at < WINDOW), now)[-FAILURES:]
        if not self.rest and len(recent) < FAILURES:
            return replace(self, failures=recent)
        rest = min(self.rest * 2 or FIRST_REST, LONGEST_REST)
        return Breaker(recent, now + rest, rest)

    def answered(self) -> "Breaker":
        """A question was answered."""
        return Breaker() if self.rest or self.failures else self
