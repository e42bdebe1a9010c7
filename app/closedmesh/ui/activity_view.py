"""What the Activity page says while nothing is counted yet."""

from dataclasses import dataclass

from closedmesh.status import Status


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of words: one headline and what it means."""

    headline: str
    sentences: tuple[str, ...]


def activity_view(status: Status) -> PageView:
    """What is going on, as far as it is known."""
    answering = status.answering
    waiting = sum(model.queued for model in status.models)
    if answering or waiting:
        headline = f"{_questions(answering)} being answered, {waiting} waiting"
    else:
        headline = "No question is being answered"
    return PageView(
        headline,
        (
            "What sharing takes, and when this computer was shared, is on the Sharing page. Each "
            "reply in a chat shows its own figures.",
        ),
    )


def _questions(count: int) -> str:
    return "1 question is" if count == 1 else f"{count} questions are"
