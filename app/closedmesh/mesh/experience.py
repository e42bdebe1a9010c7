"""What this peer has measured of another one's answers with one model.

Only this, and what others have measured, decides where questions go; what a peer says of itself
is believed where it speaks against the peer (see `routing.figures`).
"""

import math
from dataclasses import dataclass, field, replace

from closedmesh.mesh.breaker import Breaker

SMOOTHING = 0.2
"""Share of a new sample in a mean: about the last ten count."""
DECAY = 10.0
"""Seconds in which what a peak stands above the mean falls to a third."""
TROUBLE = 1000.0
"""Milliseconds that a failure adds to the predicted time, at first."""
PROMPT_UNIT = 100
"""Tokens; a shorter prompt costs as much, because of what has nothing to do with its length."""


@dataclass(frozen=True, slots=True)
class Peak:
    """A figure that rises at once and falls slowly: one slow answer warns, one quick one does not
    reassure."""

    mean: float
    excess: float
    """Of the peak over the mean, at `at`."""
    at: float

    @classmethod
    def of(cls, sample: float, now: float) -> "Peak":
        """From the first sample."""
        return cls(sample, 0.0, now)

    def add(self, sample: float, now: float) -> "Peak":
        """With one more sample."""
        mean = self.mean + SMOOTHING * (sample - self.mean)
        height = max(sample, self.read(now))
        return Peak(mean, max(0.0, height - mean), now)

    def read(self, now: float) -> float:
        """The figure now."""
        return self.mean + self.excess * math.exp(-max(0.0, now - self.at) / DECAY)


@dataclass(frozen=True, slots=True)
class Answered:
    """What one answer was like, as the asker measured it."""

    first_token_ms: float
    """From sending the question to the first token, the way there and back included."""
    prompt_tokens: int
    cached_tokens: int
    token_ms: float | None
    """Mean time between two tokens; `None` with fewer than two."""


@dataclass(frozen=True, slots=True)
class Experience:
    """With one peer and one model. Every method gives the experience afterwards."""

    round_trip_ms: float = 0.0
    first: Peak | None = None
    """Milliseconds to the first token for every `PROMPT_UNIT` tokens that were not cached,
    without the round trip."""
    token_ms: float | None = None
    samples: int = 0
    in_flight: int = 0
    """Our own questions there now."""
    resting_until: float = 0.0
    """It was busy, and said when to try again."""
    trouble: float = 0.0
    """Milliseconds, at `trouble_at`."""
    trouble_at: float = 0.0
    breaker: Breaker = field(default_factory=Breaker)

    def asked(self, now: float) -> "Experience":
        """A question is sent."""
        return replace(self, in_flight=self.in_flight + 1, breaker=self.breaker.trying(now))

    def ended(self) -> "Experience":
        """A question is over, however."""
        return replace(self, in_flight=max(0, self.in_flight - 1))

    def measured(self, answer: Answered, now: float) -> "Experience":
        """An answer was complete."""
        uncached = max(0, answer.prompt_tokens - answer.cached_tokens)
        sample = max(0.0, answer.first_token_ms - self.round_trip_ms) / prompt_units(uncached)
        token_ms = self.token_ms
        if answer.token_ms is not None:
            token_ms = (
                answer.token_ms
                if token_ms is None
                else token_ms + SMOOTHING * (answer.token_ms - token_ms)
            )
        return replace(
            self,
            first=Peak.of(sample, now) if self.first is None else self.first.add(sample, now),
            token_ms=token_ms,
            samples=self.samples + 1,
            breaker=self.breaker.answered(),
        )

    def continued(self) -> "Experience":
        """It brought what another had begun to its end: no figure, but it does answer."""
        return replace(self, breaker=self.breaker.answered())

    def failed(self, now: float) -> "Experience":
        """It did not answer, by its own fault: silence, a broken stream, a broken protocol."""
        return replace(self.outrun(now), breaker=self.breaker.failed(now))

    def outrun(self, now: float) -> "Experience":
        """Another one was quicker, though it was asked later."""
        left = self.trouble * math.exp(-max(0.0, now - self.trouble_at) / DECAY)
        return replace(self, trouble=left + TROUBLE, trouble_at=now)

    def busy(self, retry_after_ms: float, now: float) -> "Experience":
        """It had no place. That is load, not a fault."""
        return replace(self, resting_until=now + retry_after_ms / 1000)

    def reached(self, round_trip_ms: float) -> "Experience":
        """How long the way there and back takes."""
        return replace(self, round_trip_ms=round_trip_ms)


def prompt_units(uncached_tokens: int) -> float:
    """By what the figure for a first token is multiplied."""
    return max(uncached_tokens, PROMPT_UNIT) / PROMPT_UNIT
