"""The words around a message: who said it, how it came out, what it took."""

from collections.abc import Mapping

from closedmesh.models.chat import CheckState, FinishReason, Receipt, Role, ServedBy
from closedmesh.models.conversations import Entry, EntryState
from closedmesh.ui.words_view import CHECKS, line_of

PLACES = {
    ServedBy.LOCAL: "on this computer",
    ServedBy.FALLBACK: "outside, by the fallback provider",
}


def speaker(entry: Entry) -> str:
    """Who said it."""
    return "You" if entry.role is Role.USER else "Answer"


def footer(entry: Entry, titles: Mapping[str, str]) -> str:
    """The line under an answer; `titles` gives the titles of models by their names."""
    match entry.state:
        case EntryState.COMPLETE if entry.receipt:
            return receipt_line(entry.receipt, titles)
        case EntryState.STOPPED:
            return "Stopped. The text so far is kept."
        case EntryState.INTERRUPTED:
            return "The program ended while this was written. The text so far is kept."
        case _:
            return ""


def problem_words(entry: Entry) -> str:
    """What went wrong with an answer, and what is left of it."""
    if not entry.problem:
        return ""
    count = len(entry.text.split())
    if not count:
        return entry.problem
    words = "1 word. It is kept." if count == 1 else f"{count:,} words. They are kept."
    return f"The answer broke off after {words} {entry.problem}"


def receipt_line(receipt: Receipt, titles: Mapping[str, str]) -> str:
    """Model, place and figures of an answer."""
    parts = [titles.get(receipt.model) or line_of(receipt.model), _place(receipt)]
    if receipt.tokens_per_second is not None:
        here = " as measured here" if receipt.served_by is ServedBy.MESH else ""
        parts.append(f"{receipt.tokens_per_second:.0f} tokens/s{here}")
    if receipt.first_token_ms is not None:
        parts.append(f"first word after {receipt.first_token_ms / 1000:.2f} s")
    parts.append(f"{receipt.completion_tokens:,} tokens")
    if receipt.dropped_messages:
        parts.append(f"without the oldest {receipt.dropped_messages} messages")
    if receipt.finish is FinishReason.LENGTH:
        parts.append("ended at the length limit")
    if receipt.energy_wh is not None:
        parts.append(_energy(receipt.energy_wh, receipt.energy_source))
    if receipt.served_by is ServedBy.MESH or receipt.check is not CheckState.UNCHECKED:
        parts.append(CHECKS[receipt.check])
    return " · ".join(parts)


def _place(receipt: Receipt) -> str:
    """Who answered; of a peer also how it was reached, and how many were tried before it."""
    if receipt.served_by is not ServedBy.MESH:
        return PLACES[receipt.served_by]
    place = (
        f"by peer {receipt.peer} ({receipt.link})" if receipt.link else f"by peer {receipt.peer}"
    )
    tried = len(receipt.attempts)
    return f"{place} · {tried} peers tried" if tried > 1 else f"{place} · first peer tried"


def _energy(watt_hours: float, source: str) -> str:
    """How much, and whether it was measured."""
    if source.startswith("estimated"):
        return f"≈\u00a0{watt_hours:.{1 if watt_hours >= 1 else 3}f}\u00a0Wh (estimated)"
    return f"{watt_hours:.{2 if watt_hours >= 1 else 4}f} Wh ({source})"
