"""What an opened receipt says, in a person's words. No Qt here."""

from dataclasses import dataclass

from closedmesh.trust.book import Line, Side
from closedmesh.trust.credits import OpenedReceipt, Test
from closedmesh.ui import words
from closedmesh.ui.activity_view import SHORT_ID, progress_words
from closedmesh.ui.words_view import credits_words, line_of, short_hash


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was checked."""

    title: str
    verdict: str
    """The mark in words."""
    detail: str
    icon: str
    colour: str


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """Everything in the dialog."""

    headline: str
    facts: tuple[tuple[str, str], ...]
    checks: tuple[Check, ...]


def receipt_view(opened: OpenedReceipt) -> ReceiptView:
    """A receipt with what was checked about it."""
    return ReceiptView(_headline(opened.tests), _facts(opened.line), _checks(opened.tests))


def _headline(tests: tuple[Test, ...]) -> str:
    if any(test.ok is False for test in tests):
        return words.tr("This receipt does not hold in every point")
    if any(test.ok is None for test in tests):
        return words.tr("What can be checked holds; something is still open")
    return words.tr("Everything about this receipt holds")


def _facts(line: Line) -> tuple[tuple[str, str], ...]:
    here = words.tr("Asked by this computer")
    if line.side is Side.SERVED:
        here = words.tr("Answered by this computer")
    settled = words.tr("{credits} (not money)", credits=credits_words(line.amount))
    return (
        (words.tr("Here"), here),
        (words.tr("When"), words.moment(line.at)),
        (words.tr("Answered by"), words.tr("peer {peer}", peer=line.peer[:SHORT_ID])),
        (words.tr("Model"), line_of(line.name) or short_hash(line.model)),
        (words.tr("Tokens"), _tokens(line)),
        (words.tr("Promised"), settled),
        (words.tr("State"), progress_words(line)),
        (words.tr("Digest"), line.digest or words.tr("none", "of digests")),
    )


def _tokens(line: Line) -> str:
    return words.tr(
        "{prompt} read ({cached} of them from memory), {written} written",
        prompt=line.prompt_tokens,
        cached=line.cached_tokens,
        written=line.completion_tokens,
    )


def _checks(tests: tuple[Test, ...]) -> tuple[Check, ...]:
    return tuple(
        Check(words.said(test.title), _verdict(test), words.said(test.detail), *_mark(test))
        for test in tests
    )


def _verdict(test: Test) -> str:
    if test.ok is None:
        return words.tr("still open")
    return words.tr("holds") if test.ok else words.tr("does not hold")


def _mark(test: Test) -> tuple[str, str]:
    """Icon and colour."""
    if test.ok is None:
        return "info", "muted"
    return ("check", "good") if test.ok else ("warning", "error")
