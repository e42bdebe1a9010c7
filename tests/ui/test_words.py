import pytest
from PySide6.QtCore import QLocale

from closedmesh.errors import ClosedMeshError
from closedmesh.ui import words
from closedmesh.ui.catalogue import Catalogue, Pattern

GERMANY = QLocale(QLocale.Language.German, QLocale.Country.Germany)
ASK = "Ask again in about {wait} s."
NEEDS = "It needs {gb}; it is {state}."
GERMAN = Catalogue(
    "de",
    {
        ("Shared by {name}", ""): ("Geteilt von {name}",),
        ("{n} question", "{n} questions"): ("{n} Frage", "{n} Fragen"),
        ("{day} {time}", ""): ("{day}, {time}",),
    },
    {"closed": "geschlossen", "Look.": "Sehen Sie nach."},
    (
        (Pattern.of(ASK), "Fragen Sie in {wait} s wieder."),
        (Pattern.of(NEEDS), "Es ist {state} und braucht {gb}."),
    ),
)
NOON = 1_777_809_600.0


@pytest.fixture
def german():
    words.choose(GERMAN, GERMANY)
    yield
    words.choose(Catalogue(), words.SOURCE)


def test_english_is_what_the_source_says():
    assert words.tr("Shared by {name}", name="Ada") == "Shared by Ada"
    assert words.plural("{n} question", "{n} questions", 1) == "1 question"
    assert words.plural("{n} question", "{n} questions", 1200) == "1,200 questions"
    assert words.said("Look.") == "Look."


@pytest.mark.usefixtures("german")
def test_german_is_what_the_list_says():
    assert words.tr("Shared by {name}", name="{Ada}") == "Geteilt von {Ada}"
    assert words.plural("{n} question", "{n} questions", 1) == "1 Frage"
    assert words.plural("{n} question", "{n} questions", 1200) == "1.200 Fragen"


@pytest.mark.usefixtures("german")
def test_sentences_from_behind_the_window_are_said_with_their_values():
    assert words.said("Ask again in about 1.5 s.") == "Fragen Sie in 1,5 s wieder."
    assert words.said("It needs 1,200.5 GB; it is closed.") == (
        "Es ist geschlossen und braucht 1.200,5 GB."
    )
    assert (
        words.said("Look. Ask again in about 2 s.") == "Sehen Sie nach. Fragen Sie in 2 s wieder."
    )


@pytest.mark.usefixtures("german")
@pytest.mark.parametrize("value", ["9337", "127.0.0.1", "qwen3.5-0.8b", "1.2.3", "/a/1.5", "{x}"])
def test_what_only_looks_like_a_number_stays_as_it_is(value):
    assert words.said(f"Ask again in about {value} s.") == f"Fragen Sie in {value} s wieder."


@pytest.mark.usefixtures("german")
def test_what_is_not_known_stays_as_it_came():
    assert words.said("Never heard of it.") == "Never heard of it."
    assert words.said("Look. " * 1000) == "Look. " * 1000


@pytest.mark.usefixtures("german")
def test_an_error_is_said_with_its_advice():
    assert words.explained(ClosedMeshError("Never heard.", "Look.")) == (
        "Never heard. Sehen Sie nach."
    )


def test_numbers_and_sizes():
    assert words.number(1234.5, 1) == "1,234.5"
    assert words.percent(80) == "80 %"
    assert [words.figure(x) for x in (2.0, 2.5, 2.345)] == ["2", "2.5", "2.35"]
    assert [words.size(x) for x in (9_000, 98_362_432, 1_234_000_000)] == [
        "9 kB",
        "98 MB",
        "1.2 GB",
    ]


@pytest.mark.usefixtures("german")
def test_numbers_are_written_as_the_place_has_them():
    assert words.number(1234.5, 1) == "1.234,5"
    assert words.size(1_234_000_000) == "1,2 GB"


def test_days_and_times():
    assert words.date("2026-05-03") == "3 May 2026"
    assert words.date("soon") == "soon"
    assert words.day(NOON) == "3 May 2026"
    assert words.moment(NOON).startswith("3 May 2026, ")
    assert words.weekday(NOON) == f"Sun {words.clock(NOON)}"


@pytest.mark.usefixtures("german")
def test_german_days_and_times():
    assert words.date("2026-05-03") == "3. Mai 2026"
    assert words.weekday(NOON) == f"So, {words.clock(NOON)}"


def test_american_days_and_times():
    words.choose(Catalogue(), QLocale("en_US"))
    try:
        assert words.date("2026-05-03") == "May 3, 2026"
        assert words.clock(NOON)[-2:] in ("AM", "PM")
    finally:
        words.choose(Catalogue(), words.SOURCE)
