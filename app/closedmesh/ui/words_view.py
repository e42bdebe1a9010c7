"""Figures as a person reads them, shared by the tray and all pages."""

from closedmesh.models.chat import CheckState
from closedmesh.status import Model, ModelState
from closedmesh.ui.chat.markdown_view import plain

KILO = 1000
"""Sizes are decimal, as on the box of a disk and in file managers."""

SHORT_HASH = 12
"""Digits of a SHA-256 that are enough to tell two files apart by eye."""

MAX_WORDS = 48
"""Characters of what a stranger wrote, in one line."""

CHECKS = {
    CheckState.MATCH: "model checked",
    CheckState.MISMATCH: "not the model it claims to be",
    CheckState.INCONCLUSIVE: "check undecided",
    CheckState.UNCHECKED: "not checked",
}
"""What verification says of the model of a peer; never a guarantee."""


def size(count: int) -> str:
    """Bytes: `98 MB`, `1.2 GB`."""
    if count >= KILO**3:
        return f"{count / KILO**3:.1f} GB"
    if count >= KILO**2:
        return f"{round(count / KILO**2)} MB"
    return f"{round(count / KILO)} kB"


def amount(count: int) -> str:
    """Numbers of weights: `135 million`, `7.2 billion`."""
    if count >= 10**9:
        return f"{count / 10**9:.1f} billion"
    return f"{round(count / 10**6)} million"


def counted(number: int, one: str, many: str = "") -> str:
    """Things: `1 entry`, `1,200 entries`; `many` is for words that take more than an s."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def short_hash(digits: str) -> str:
    """The first digits of a SHA-256."""
    return digits[:SHORT_HASH]


def loaded(models: tuple[Model, ...]) -> tuple[Model, ...]:
    """The models that hold memory."""
    return tuple(model for model in models if model.state is ModelState.LOADED)


def line_of(text: str) -> str:
    """What a stranger wrote, as one short line in which nothing hides."""
    line = " ".join(plain(text[: 4 * MAX_WORDS]).split())
    return line if len(line) <= MAX_WORDS else f"{line[: MAX_WORDS - 1]}…"
