"""The words that checks are made of, from `resources/probes.toml`, and how they come together."""

import re
import tomllib
from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from closedmesh.models.chat import Overflow, Sampling
from closedmesh.trust.draws import Draw

Words = Annotated[tuple[str, ...], Meta(min_length=1)]

_SLOT = re.compile(r"\{([a-z_0-9]+)\}")


class Histogram(Struct, frozen=True, forbid_unknown_fields=True):
    """How often something lay between two neighbouring edges: counts only, never content."""

    edges: Annotated[tuple[float, ...], Meta(min_length=2)]
    counts: Annotated[tuple[Annotated[float, Meta(ge=0)], ...], Meta(min_length=1)]

    def __post_init__(self) -> None:
        if len(self.edges) != len(self.counts) + 1 or list(self.edges) != sorted(self.edges):
            raise ValueError("a histogram needs rising edges, one more than it has counts")
        if sum(self.counts) <= 0:
            raise ValueError("a histogram without any count")

    def blurred(self, draw: Draw, scale: float) -> "Histogram":
        """The same with noise on every count, so that no single request can be read from it."""
        counts = tuple(max(0.0, count + draw.laplace(scale)) for count in self.counts)
        return Histogram(self.edges, counts if sum(counts) > 0 else self.counts)

    def draw(self, draw: Draw) -> float:
        """A value that is spread like the counts, even between two edges."""
        place = draw.weighted(dict(enumerate(self.counts)))
        low, high = self.edges[place], self.edges[place + 1]
        return low + (high - low) * draw.fraction()


class Manner(Struct, frozen=True, forbid_unknown_fields=True):
    """How a program asks."""

    count: Annotated[float, Meta(gt=0)]
    """How often."""
    temperature: float = Sampling().temperature
    max_tokens: Annotated[int, Meta(ge=0)] = 0
    """0 is as long as it fits."""
    overflow: Overflow = Overflow.DROP_OLDEST


class Traffic(Struct, frozen=True, forbid_unknown_fields=True):
    """How requests are spread."""

    turns: Histogram
    first_length: Histogram
    """Characters of a first message."""
    further_length: Histogram
    manners: Annotated[tuple[Manner, ...], Meta(min_length=1)]


class Openings(Struct, frozen=True, forbid_unknown_fields=True):
    """First words of messages."""

    count: Annotated[float, Meta(gt=0)]
    """How often each of them comes."""
    words: Words


class Pasted(Struct, frozen=True, forbid_unknown_fields=True):
    """Texts that people put into messages."""

    briefs: Words
    """What the verifier's own model is asked to write."""
    tasks: Words
    """What a person says of that; `{text}` is the text."""


class Phrases(Struct, frozen=True, forbid_unknown_fields=True):
    """All words, checked: every place that a template has can be filled."""

    topics: Words
    templates: Words
    follow_ups: Words
    foreign: Words
    openings: Annotated[tuple[Openings, ...], Meta(min_length=1)]
    follow_openings: Annotated[tuple[Openings, ...], Meta(min_length=1)]
    prose: Pasted
    code: Pasted
    slots: dict[str, Words]
    traffic: Traffic

    def __post_init__(self) -> None:
        known = {"topic", "topic2", *self.slots}
        for template in (*self.templates, *self.follow_ups, *self.foreign):
            self._check(template, known)
        for pasted in (self.prose, self.code):
            for brief in pasted.briefs:
                self._check(brief, known)
            for task in pasted.tasks:
                self._check(task, known | {"text"})

    @staticmethod
    def _check(template: str, known: set[str]) -> None:
        if unknown := set(_SLOT.findall(template)) - known:
            raise ValueError(f"{template!r} names the unknown list {sorted(unknown)[0]!r}")

    def fill(self, template: str, draw: Draw, given: Mapping[str, str] | None = None) -> str:
        """A template with something in every place."""

        def choose(match: re.Match[str]) -> str:
            name = match[1]
            if given and name in given:
                return given[name]
            return draw.pick(self.topics if name in ("topic", "topic2") else self.slots[name])

        return _SLOT.sub(choose, template)


def parse(text: str) -> Phrases:
    """Read the words. Raises `ValueError` that names what is wrong."""
    return msgspec.convert(tomllib.loads(text), Phrases, strict=False)
