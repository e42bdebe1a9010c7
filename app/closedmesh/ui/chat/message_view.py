"""The words around a message: who said it, how it came out, what it took."""

from collections.abc import Mapping

from closedmesh.models.chat import CheckState, FinishReason, Receipt, Role, ServedBy
from closedmesh.models.conversations import Entry, EntryState
from closedmesh.models.reasoning import Parted
from closedmesh.ui import words
from closedmesh.ui.words_view import check_words, credits_words, line_of


def speaker(entry: Entry) -> str:
    """Who said it."""
    return words.tr("You") if entry.role is Role.USER else words.tr("Answer")


def thought_words(answer: Parted) -> str:
    """The line over a thought."""
    if answer.thinking:
        return words.tr("Thinking…")
    count = len(answer.thought.split())
    return words.plural("Thought · {n} word", "Thought · {n} words", count)


def footer(entry: Entry, titles: Mapping[str, str]) -> str:
    """The line under an answer; `titles` gives the titles of models by their names."""
    match entry.state:
        case EntryState.COMPLETE if entry.receipt:
            return receipt_line(entry.receipt, titles)
        case EntryState.STOPPED:
            return words.tr("Stopped. The text so far is kept.")
        case EntryState.INTERRUPTED:
            return words.tr("The program ended while this was written. The text so far is kept.")
        case _:
            return ""


def problem_words(entry: Entry) -> str:
    """What went wrong with an answer, and what is left of it."""
    if not entry.problem:
        return ""
    count = len(entry.text.split())
    problem = words.said(entry.problem)
    if not count:
        return problem
    return words.plural(
        "The answer broke off after {n} word. It is kept. {problem}",
        "The answer broke off after {n} words. They are kept. {problem}",
        count,
        problem=problem,
    )


def receipt_line(receipt: Receipt, titles: Mapping[str, str]) -> str:
    """Model, place and figures of an answer."""
    parts = [titles.get(receipt.model) or line_of(receipt.model), _place(receipt)]
    if receipt.tokens_per_second is not None:
        speed = words.tr("{number} tokens/s", number=words.number(receipt.tokens_per_second))
        here = words.tr("{speed} as measured here", speed=speed)
        parts.append(here if receipt.served_by is ServedBy.MESH else speed)
    if receipt.first_token_ms is not None:
        seconds = words.number(receipt.first_token_ms / 1000, 2)
        parts.append(words.tr("first word after {seconds} s", seconds=seconds))
    parts.append(words.plural("{n} token", "{n} tokens", receipt.completion_tokens))
    if receipt.dropped_messages:
        parts.append(
            words.plural(
                "without the oldest message",
                "without the oldest {n} messages",
                receipt.dropped_messages,
            )
        )
    if receipt.finish is FinishReason.LENGTH:
        parts.append(words.tr("ended at the length limit"))
    if receipt.energy_wh is not None:
        parts.append(_energy(receipt.energy_wh, receipt.energy_source))
    if receipt.credits:
        cost = credits_words(round(receipt.credits * 1000))
        parts.append(words.tr("{credits} (not money)", credits=cost))
    if receipt.served_by is ServedBy.MESH or receipt.check is not CheckState.UNCHECKED:
        parts.append(check_words(receipt.check))
    return " · ".join(parts)


def _place(receipt: Receipt) -> str:
    """Who answered; of a peer also how it was reached, and how many were tried before it."""
    match receipt.served_by:
        case ServedBy.LOCAL:
            return words.tr("on this computer")
        case ServedBy.FALLBACK:
            return words.tr("outside, by the fallback provider")
        case ServedBy.MESH:
            return f"{_peer(receipt)} · {_tried(len(receipt.attempts))}"


def _peer(receipt: Receipt) -> str:
    peer = receipt.peer or ""
    if receipt.link:
        return words.tr("by peer {peer} ({link})", peer=peer, link=words.said(receipt.link))
    return words.tr("by peer {peer}", peer=peer)


def _tried(count: int) -> str:
    return words.plural("first peer tried", "{n} peers tried", max(1, count))


def _energy(watt_hours: float, source: str) -> str:
    """How much, and whether it was measured."""
    if source.startswith("estimated"):
        number = words.number(watt_hours, 1 if watt_hours >= 1 else 3)
        return words.tr("≈\u00a0{number}\u00a0Wh (estimated)", number=number)
    number = words.number(watt_hours, 2 if watt_hours >= 1 else 4)
    return words.tr("{number} Wh ({source})", number=number, source=words.said(source))
