"""Credits as a person sees them: what is settled, what is pending and until when, day by day.

Credits are not money. All amounts are thousandths of a credit.
"""

from enum import StrEnum

from msgspec import Struct

from closedmesh.trust.book import Line


class Progress(StrEnum):
    """How far a receipt is on its way into a balance."""

    WAITING = "waiting"
    """For the asker's signature."""
    AGREED = "agreed"
    """Both have signed; the settler does not have it yet."""
    TAKEN = "taken"
    """The settler has written it down; it counts with the next signed head."""
    SETTLED = "settled"
    """It is part of a signed head, and this computer has checked the proof."""
    DISPUTED = "disputed"
    """The two sides have signed different things; at most what both agree to is settled."""
    REFUSED = "refused"
    """The settler does not pay it."""


class Credits(Struct, frozen=True):
    """What this computer's owner has in the mesh."""

    settled: int = 0
    """Proven by the last signed head; may be spent."""
    held: int = 0
    """Earned, and held back while the account is new."""
    pending_earned: int = 0
    """Signed by both sides, and not in a head yet."""
    pending_spent: int = 0
    earned_today: int = 0
    """By the receipts of this day that both sides have signed, settled or not."""
    spent_today: int = 0
    settles_at: float | None = None
    """When pending amounts are expected to settle; Unix time. `None` while nothing is pending or
    no settler is known."""
    head: int | None = None
    """Number of the last signed head; `None` before the first."""


class Totals(Struct, frozen=True):
    """What a settler says of its ledger to everybody."""

    head: int = 0
    at: int = 0
    """Unix time, seconds."""
    digest: str = ""
    previous: str = ""
    events: int = 0
    issued: int = 0
    burned: int = 0
    signed: bytes = b""
    """The head as it is signed, with what makes its signer the settler; MessagePack."""


class Day(Struct, frozen=True):
    """One day of this computer."""

    day: str
    """Local date, `2026-03-29`."""
    earned: int = 0
    """Signed by both sides, settled or not."""
    spent: int = 0
    pending_earned: int = 0
    """Of `earned`, what is not in a head yet."""
    pending_spent: int = 0
    energy_wh: float = 0.0
    """Above the idle level, by this computer's answers."""
    cost: float = 0.0
    """Of that energy, in the currency of the settings."""


class Test(Struct, frozen=True):
    """One thing that was checked about a receipt."""

    title: str
    ok: bool | None
    """`None` where there is nothing to check yet."""
    detail: str


class OpenedReceipt(Struct, frozen=True):
    """A receipt with everything that was checked about it, at the moment it was opened."""

    line: Line
    tests: tuple[Test, ...]
