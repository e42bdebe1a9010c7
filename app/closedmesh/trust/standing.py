"""What checks mean for a peer: how often it is checked again, and what follows when it is silent.

The rule for peers that do not answer: a refusal that gives a reason (busy, paused, in nobody's
scope) costs nothing; an answer that never comes, or breaks off, while the peer says that it has a
free place, is *silence*, and so is an answer of which the peer shows nothing. Each has it checked
at the full rate again. Of the last 20 checks four may be silent. With the fifth the peer is
`unresponsive`, which is said of it like a verdict, until ten checks in a row are answered.

Nothing here keeps a peer from being asked; what does is in `statements`.
"""

from enum import StrEnum

from msgspec import Struct, structs

ALWAYS = 10
"""First checks, all of which are made."""

RAREST = 0.04
"""Share of the full rate that remains for a peer that passed everything: a check in about four
hours, so that a peer that turns dishonest is found within a day."""

FULL_RATE = 600.0
"""Mean seconds between two checks of a peer at the full rate."""

WINDOW = 20
SILENT_ALLOWED = 4
ANSWERED_AGAIN = 10


class Answered(StrEnum):
    """How a check ended."""

    YES = "yes"
    REFUSED = "refused"
    """With a reason that the peer may give; costs nothing."""
    SILENT = "silent"


class Standing(Struct, frozen=True):
    """What one verifier holds of one peer's model beside the verdict."""

    passes: int = 0
    """Checks passed in a row."""
    identity: str = ""
    """Key, build and class for which the passes count."""
    silences: tuple[bool, ...] = ()
    """Of the last checks, newest last: whether it was silent."""
    unresponsive: bool = False

    def ended(self, answered: Answered) -> "Standing":
        """After a check, whatever its result."""
        if answered is Answered.REFUSED:
            return self
        now = answered is Answered.SILENT
        silences = (*self.silences, now)[-WINDOW:]
        silent = self.unresponsive or sum(silences) > SILENT_ALLOWED
        if len(silences) >= ANSWERED_AGAIN and not any(silences[-ANSWERED_AGAIN:]):
            silent = False
        passes = 0 if now else self.passes
        return structs.replace(self, passes=passes, silences=silences, unresponsive=silent)

    def judged(self, *, passed: bool, identity: str) -> "Standing":
        """After an answer was compared. A failed check, or another key, build or class, begins the
        count anew."""
        passes = self.passes if identity == self.identity else 0
        return structs.replace(self, passes=passes + 1 if passed else 0, identity=identity)

    @property
    def rate(self) -> float:
        """Share of the full rate at which this peer is checked."""
        if self.passes < ALWAYS:
            return 1.0
        return max(RAREST, 1 / (self.passes - ALWAYS + 1))

    @property
    def interval(self) -> float:
        """Mean seconds until the next check; the times are drawn, and have no pattern."""
        return FULL_RATE / self.rate
