"""Parts an answer into what a model thought aloud and what it answered.

Models that reason write their thoughts first, between tags; some are given the opening tag by
their template, so that the answer begins in the middle of a thought.
"""

from dataclasses import dataclass

TAGS = ("think", "thinking", "thought", "reasoning")


@dataclass(frozen=True, slots=True)
class Parted:
    """An answer in its two parts."""

    thought: str
    answer: str
    thinking: bool
    """The thought has not ended yet."""


def parted(text: str) -> Parted:
    """The two parts of an answer, also of one that is still being written."""
    start = text.lstrip()
    for tag in TAGS:
        opening, closing = f"<{tag}>", f"</{tag}>"
        if start.startswith(opening):
            thought, ended, answer = start[len(opening) :].partition(closing)
            return Parted(thought.strip(), answer.lstrip(), thinking=not ended)
        before, ended, answer = start.partition(closing)
        if ended and f"<{tag}>" not in before:
            return Parted(before.strip(), answer.lstrip(), thinking=False)
        if start and opening.startswith(start):
            return Parted("", "", thinking=True)
    return Parted("", text, thinking=False)
