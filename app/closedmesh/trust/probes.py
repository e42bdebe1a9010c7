"""Checks that look like any chat: what is asked, and with which parameters.

`plan` decides everything about a check but the words that the verifier's own model writes; where
there are such words, `brief` says what that model is asked, and `opening` takes its text. Nobody's
real question can come in here: there is no argument for one. `follow_up` continues a conversation
after an answer, as people do.
"""

import re
from enum import StrEnum

from msgspec import Struct

from closedmesh.models.chat import Conversation, Message, Question, Role, Sampling
from closedmesh.trust.draws import Draw
from closedmesh.trust.phrases import Phrases

MAX_WRITTEN = 600
"""Characters of a message that a model wrote; people rarely type more."""

TYPO_SHARE = 0.18
"""Of messages, those with slips of the fingers."""

LAZY_SHARE = 0.22
"""Of messages, those without capitals or full stop."""

_KEYBOARD = {
    "a": "s",
    "e": "r",
    "i": "o",
    "o": "p",
    "t": "y",
    "n": "m",
    "s": "d",
    "r": "t",
    "l": "k",
}

_LEAD = re.compile(
    r"^\s*(?:(?:sure|certainly|of course|okay|here(?: is|'s))\b[^\n:]*:\s*"
    r"|(?:user|message|question)\s*:\s*)",
    re.IGNORECASE,
)


class Source(StrEnum):
    """What a check begins with."""

    WRITTEN = "written"
    TEMPLATE = "template"
    TEXT = "text"
    FOREIGN = "foreign"


class Plan(Struct, frozen=True):
    """A check before its words are there."""

    source: Source
    brief: Conversation | None
    """What the verifier's own model is asked, if it writes the first message."""
    first: str
    """The first message; used as well when a model wrote nothing useful."""
    turns: int
    """Questions in this conversation, at least 1."""
    temperature: float
    max_tokens: int


def plan(draw: Draw, phrases: Phrases) -> Plan:
    """Decide on a check."""
    traffic = phrases.traffic
    shares = traffic.source
    source = draw.weighted(
        {Source.WRITTEN: shares.written, Source.TEMPLATE: shares.template,
         Source.TEXT: shares.text, Source.FOREIGN: shares.foreign}
    )  # fmt: skip
    return Plan(
        source=source,
        brief=_brief(draw, phrases) if source is Source.WRITTEN else None,
        first=_first(source, draw, phrases),
        turns=int(traffic.turns.draw(draw)),
        temperature=round(traffic.temperature.draw(draw), 1),
        max_tokens=int(traffic.max_tokens.draw(draw)),
    )


def _brief(draw: Draw, phrases: Phrases) -> Conversation:
    wish = (
        f"Write one message that {draw.pick(phrases.personas)} types into a chat window. The person"
        f" {draw.pick(phrases.tasks)}; it has to do with {draw.pick(phrases.topics)}."
        f" At most {draw.pick(('10', '15', '25', '40'))} words. Only the message."
    )
    return Conversation((Message(Role.USER, wish),))


def _first(source: Source, draw: Draw, phrases: Phrases) -> str:
    match source:
        case Source.WRITTEN | Source.TEMPLATE:
            return slipped(phrases.fill(draw.pick(phrases.templates), draw), draw)
        case Source.TEXT:
            text = _part(draw.pick(phrases.texts), draw)
            return phrases.fill(draw.pick(phrases.text_tasks), draw, {"text": text})
        case Source.FOREIGN:
            return slipped(phrases.fill(draw.pick(phrases.foreign), draw), draw)


def _part(text: str, draw: Draw) -> str:
    """A run of whole words of a text, so that it is never the same one twice in a row."""
    words = text.split(" ")
    length = max(12, len(words) - draw.below(max(1, len(words) // 2)))
    start = draw.below(max(1, len(words) - length + 1))
    return " ".join(words[start : start + length])


def opening(chosen: Plan, written: str, draw: Draw) -> str:
    """The first message, from what the verifier's model wrote if it is of use."""
    if chosen.brief is None:
        return chosen.first
    text = _LEAD.sub("", written).strip().strip('"').strip()
    text = text.split("\n\n")[0][:MAX_WRITTEN].strip()
    return slipped(text, draw) if len(text) >= 8 else chosen.first


def question(
    chosen: Plan, messages: tuple[Message, ...], model: str, client: str, draw: Draw
) -> Question:
    """The conversation so far as the question that any program would ask."""
    return Question(
        prompt=Conversation(messages),
        model=model,
        sampling=Sampling(temperature=chosen.temperature, seed=draw.below(2**63)),
        max_tokens=chosen.max_tokens,
        client=client,
    )


def follow_up(draw: Draw, phrases: Phrases) -> Message:
    """What the person says next."""
    return Message(Role.USER, slipped(phrases.fill(draw.pick(phrases.follow_ups), draw), draw))


def slipped(text: str, draw: Draw) -> str:
    """A text as people type it: sometimes in a hurry."""
    if draw.chance(LAZY_SHARE):
        text = text.lower().rstrip(".!") if "\n" not in text else text
    if draw.chance(TYPO_SHARE) and len(text) > 12:
        text = _mistyped(text, draw)
    return text


def _mistyped(text: str, draw: Draw) -> str:
    place = 1 + draw.below(len(text) - 2)
    match draw.below(3):
        case 0:  # two letters change places
            return text[:place] + text[place + 1] + text[place] + text[place + 2 :]
        case 1:  # one is missing
            return text[:place] + text[place + 1 :]
        case _:  # the key beside it
            return text[:place] + _KEYBOARD.get(text[place], text[place]) + text[place + 1 :]
