"""What the Activity page says while nothing is counted yet."""

from dataclasses import dataclass

from closedmesh.status import Status
from closedmesh.ui import words


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
        headline = words.plural(
            "{n} question is being answered, {waiting} waiting",
            "{n} questions are being answered, {waiting} waiting",
            answering,
            waiting=waiting,
        )
    else:
        headline = words.tr("No question is being answered")
    return PageView(
        headline,
        (
            words.tr(
                "What sharing takes, and when this computer was shared, is on the Sharing page. "
                "Each reply in a chat shows its own figures."
            ),
        ),
    )
