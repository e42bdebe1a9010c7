"""The words of one language: read from a `.ts` file of Qt's, as Linguist and `lupdate` write it.

The file is read as it is instead of being compiled first: a thousand messages take some ten
milliseconds, and neither a working copy nor a bundle can have a stale or missing `.qm`.

A catalogue has two contexts. `words` are the window's own words, found by what the source says.
`core` are sentences that were made behind the window (errors, reasons, descriptions), with
`{names}` where values stand; those are found by their constant parts, because they arrive as
finished English text, also from another process.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from string import Formatter
from xml.etree import ElementTree

PLURALS: Mapping[str, Callable[[int], int]] = {
    "de": lambda n: 0 if n == 1 else 1,
    "en": lambda n: 0 if n == 1 else 1,
}
"""Which of a message's forms a number takes, by language; the rules that Linguist names."""

LEAST_LETTERS = 5
"""Constant letters without which a sentence with values would be taken for another one."""

Key = tuple[str, str]
"""What the source says, and its meaning, or its plural where it has one; else empty."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A sentence with places for values: constant parts with a name between each two."""

    parts: tuple[str, ...]
    names: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Pattern":
        """Of a text with `{names}`; two of which never touch."""
        parts, names = [""], []
        for constant, name, _, _ in Formatter().parse(text):
            parts[-1] += constant
            if name is not None:
                names.append(name)
                parts.append("")
        return cls(tuple(parts), tuple(names))

    @property
    def letters(self) -> int:
        """How much of it is constant."""
        return sum(character.isalpha() for part in self.parts for character in part)

    def values(self, text: str) -> dict[str, str] | None:
        """What stands at the names in a finished text; `None` if that is another sentence."""
        if not self.names:
            return {} if text == self.parts[0] else None
        first, *middle, last = self.parts
        if not (text.startswith(first) and text.endswith(last)):
            return None
        end = len(text) - len(last)
        begin = len(first)
        found = []
        for part in middle:
            place = text.find(part, begin, end)
            if place < 0:
                return None
            found.append(text[begin:place])
            begin = place + len(part)
        if begin > end:
            return None
        return dict(zip(self.names, (*found, text[begin:end]), strict=True))


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All words of a language; an empty one says everything as the source does."""

    language: str = "en"
    words: Mapping[Key, tuple[str, ...]] = field(default_factory=dict)
    """Translations with their plural forms."""
    core: Mapping[str, str] = field(default_factory=dict)
    patterns: tuple[tuple[Pattern, str], ...] = ()
    """Sentences with values; those with most constant letters first."""

    @classmethod
    def read(cls, file: Path) -> "Catalogue":
        """The finished messages of a file whose name is the language. Raises `OSError`, or
        `ElementTree.ParseError` for what is no XML."""
        root = ElementTree.parse(file).getroot()
        words: dict[Key, tuple[str, ...]] = {}
        core: dict[str, str] = {}
        for context in root.iter("context"):
            for message in context.iter("message"):
                source, comment, forms = _message(message)
                if not all(forms):
                    continue
                if context.findtext("name") == "core":
                    core[source] = forms[0]
                else:
                    words[source, comment] = forms
        return cls(file.stem, words, core, _patterns(core))

    def say(self, text: str, meaning: str) -> str:
        """The words for some words, or the same where there are none."""
        return self.words.get((text, meaning), (text,))[0]

    def count(self, one: str, many: str, number: int) -> str:
        """The form of a message that a number takes."""
        if (one, many) not in self.words:
            return one if number == 1 else many
        forms = self.words[one, many]
        return forms[min(PLURALS[self.language](number), len(forms) - 1)]

    def recognise(self, text: str) -> tuple[str, dict[str, str]] | None:
        """The translation of a finished sentence and the values that belong into it, or `None`
        where it is not known."""
        if text in self.core:
            return self.core[text], {}
        for pattern, translation in self.patterns:
            if (values := pattern.values(text)) is not None:
                return translation, values
        return None


def _message(message: ElementTree.Element) -> tuple[str, str, tuple[str, ...]]:
    translation = message.find("translation")
    source = message.findtext("source") or ""
    comment = message.findtext("comment") or ""
    if translation is None or translation.get("type") is not None:
        return source, comment, ("",)
    forms = translation.findall("numerusform") or [translation]
    return source, comment, tuple(form.text or "" for form in forms)


def _patterns(core: Mapping[str, str]) -> tuple[tuple[Pattern, str], ...]:
    made = [(Pattern.of(source), translation) for source, translation in core.items()]
    usable = [entry for entry in made if entry[0].names and entry[0].letters >= LEAST_LETTERS]
    return tuple(sorted(usable, key=lambda entry: -entry[0].letters))
