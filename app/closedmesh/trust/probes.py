"""Checks that look like any chat: what is asked, and with which parameters.

Checks that a person might recognise are of no use, so the words are the verifier's own model's: it
goes on where a person's turn begins, after a few first words that are as common as among people,
until the message is as long as people's are. `plan` decides all that; `fitted`, `pasted` and
`typed` make a message of what the model wrote. Nobody's real question can come in here: there is
no argument for one.
"""

import re

from msgspec import Struct

from closedmesh.models.chat import Conversation, Message, Question, Role, Sampling
from closedmesh.trust.draws import Draw
from closedmesh.trust.phrases import Histogram, Manner, Openings, Phrases

SHORT = 300
"""Characters up to which people write; what is longer mostly contains something pasted."""

PASTED_SHARE = 0.7
"""Of longer messages, those with something pasted."""

CODE_SHARE = 0.35
"""Of pasted texts, those that are code."""

COMMON_SHARE = 0.7
"""Of messages, those that begin with very common words."""

WHOLE_SHARE = 0.12
"""Of further messages, those that are a few fixed words, like "continue"."""

FOREIGN_SHARE = 0.04
"""Of first messages, those in another language."""

TYPO_SHARE = 0.12
"""Of messages, those with slips of the fingers."""

LOWER_SHARE = 0.75
"""Of messages that begin with a small letter, those without any capital."""

UNENDED_LOWER, UNENDED = 0.7, 0.4
"""Of short messages that begin with a small letter, and of others, those without a full stop or
question mark."""

FITS = 1.35
"""Times the wanted length up to which a text is left as it is ..."""

MORE = 60
"""... and how many characters above twice that length it may have where no sentence ends before."""

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

_FENCED = re.compile(r"```[a-z]*\n(.+?)(?:```|$)", re.DOTALL)
_ENDS = re.compile(r"[.?!](?=\s)|\n")


class Wish(Struct, frozen=True):
    """A message before its words are there."""

    words: str
    """With which it begins."""
    length: int
    """Characters of the whole, about; 0 if `words` are all of it."""
    instead: str
    """Used when the model wrote nothing of use."""


class Plan(Struct, frozen=True):
    """A check before its words are there."""

    first: Wish
    paste: Conversation | None
    """What the verifier's model is asked for a text that a person would paste."""
    task: str
    """The message around that text, which comes in the place of `{text}`."""
    turns: int
    """Questions in this conversation, at least 1."""
    manner: Manner


def plan(draw: Draw, phrases: Phrases) -> Plan:
    """Decide on a check."""
    traffic = phrases.traffic
    first = _wish(draw, phrases, phrases.openings, traffic.first_length)
    paste, task = None, ""
    if first.length > SHORT and draw.chance(PASTED_SHARE):
        kind = phrases.code if draw.chance(CODE_SHARE) else phrases.prose
        paste = Conversation((Message(Role.USER, phrases.fill(draw.pick(kind.briefs), draw)),))
        task = phrases.fill(draw.pick(kind.tasks), draw, {"text": "{text}"})
    elif draw.chance(FOREIGN_SHARE):
        text = phrases.fill(draw.pick(phrases.foreign), draw)
        first = Wish(text, 0, text)
    manners = dict(enumerate(manner.count for manner in traffic.manners))
    return Plan(
        first=first,
        paste=paste,
        task=task,
        turns=int(traffic.turns.draw(draw)),
        manner=traffic.manners[draw.weighted(manners)],
    )


def follow_up(draw: Draw, phrases: Phrases) -> Wish:
    """What the person says next."""
    if draw.chance(WHOLE_SHARE):
        text = phrases.fill(draw.pick(phrases.follow_ups), draw)
        return Wish(text, 0, text)
    return _wish(draw, phrases, phrases.follow_openings, phrases.traffic.further_length)


def _wish(draw: Draw, phrases: Phrases, openings: tuple[Openings, ...], lengths: Histogram) -> Wish:
    instead = phrases.fill(draw.pick(phrases.templates), draw)
    if draw.chance(COMMON_SHARE):
        weights = {i: each.count * len(each.words) for i, each in enumerate(openings)}
        words = draw.pick(openings[draw.weighted(weights)].words)
    else:
        words = " ".join(instead.split(" ")[: 2 + draw.below(3)])
    return Wish(words, max(len(words) + 4, int(lengths.draw(draw))), instead)


def fits(wish: Wish, written: str) -> bool:
    """Whether nothing better needs to be written."""
    length = len(wish.words) + len(written.strip())
    return of_use(written) and wish.length / FITS <= length <= wish.length * FITS


def of_use(written: str) -> bool:
    """Whether a model that was to write like a person has written words."""
    text = written.strip()
    plain = sum(c.isalnum() or c.isspace() or c in ".,?!'\"-:;()" for c in text)
    return bool(text) and plain >= 0.9 * len(text) and "\ufffd" not in text


def message(wish: Wish, written: list[str], draw: Draw) -> str:
    """A message from what the model wrote, as often as it tried: the one of the best length."""
    if not wish.length:
        return typed(wish.words, draw)
    tried = [wish.words + text.rstrip() for text in written if of_use(text)]
    if not tried:
        return typed(wish.instead, draw)
    best = min(tried, key=lambda text: abs(len(text) - wish.length))
    return typed(fitted(best, wish.length), draw)


def fitted(text: str, length: int) -> str:
    """A text that is not much longer than `length`, ended where a sentence, a line, or at least a
    word ends."""
    if len(text) <= FITS * length:
        return text.strip()
    ends = [match.end() for match in _ENDS.finditer(text)]
    good = [end for end in ends if length / 2 < end <= FITS * length]
    late = [end for end in ends if length < end <= 2 * length + MORE]
    most = 2 * length + MORE
    if good or late:
        return text[: (good[-1:] or late)[0]].strip()
    end = len(text) if len(text) <= most else text.rfind(" ", 0, most)
    return text[: end if end > 0 else most].strip()


def pasted(chosen: Plan, written: str) -> str:
    """The first message of a check with something pasted; empty if the model wrote nothing."""
    code = _FENCED.search(written)
    text = code[1] if code else written.strip()
    text = fitted(text, max(SHORT // 2, chosen.first.length - len(chosen.task)))
    return chosen.task.replace("{text}", text) if text else ""


def question(
    chosen: Plan, messages: tuple[Message, ...], model: str, client: str, draw: Draw
) -> Question:
    """The conversation so far as the question that any program would ask."""
    manner = chosen.manner
    return Question(
        prompt=Conversation(messages),
        model=model,
        sampling=Sampling(temperature=manner.temperature, seed=draw.below(2**63)),
        max_tokens=manner.max_tokens or None,
        overflow=manner.overflow,
        client=client,
    )


def typed(text: str, draw: Draw) -> str:
    """A text as people type it: sometimes in a hurry."""
    lower = text[:1].islower()
    if lower and "\n" not in text and draw.chance(LOWER_SHARE):
        text = text.lower()
    if len(text) < SHORT and draw.chance(UNENDED_LOWER if lower else UNENDED):
        text = text.rstrip(".?!")
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
