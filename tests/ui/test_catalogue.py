import pytest

from closedmesh.ui.catalogue import Catalogue, Pattern

LIST = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de">
<context><name>words</name>
  <message><source>Open</source><translation>Öffnen</translation></message>
  <message><source>Open</source><comment>of a port</comment>
    <translation>Offen</translation></message>
  <message><source>Not yet</source><translation type="unfinished">Noch</translation></message>
  <message numerus="yes"><source>{n} question</source><comment>{n} questions</comment>
    <translation><numerusform>{n} Frage</numerusform><numerusform>{n} Fragen</numerusform>
    </translation></message>
</context>
<context><name>core</name>
  <message><source>Ask again.</source><translation>Fragen Sie noch einmal.</translation></message>
  <message><source>{path} cannot be opened: {error}.</source>
    <translation>{path} lässt sich nicht öffnen: {error}.</translation></message>
  <message><source>{path} cannot be opened: {error}. At all.</source>
    <translation>{path} lässt sich gar nicht öffnen: {error}.</translation></message>
  <message><source>{a} {b}.</source><translation>{a} {b}.</translation></message>
</context></TS>
"""


@pytest.fixture
def german(tmp_path):
    file = tmp_path / "de.ts"
    file.write_text(LIST, encoding="utf-8")
    return Catalogue.read(file)


def test_the_name_of_the_file_is_the_language(german):
    assert german.language == "de"


def test_words_are_found_by_what_the_source_says_and_means(german):
    assert german.say("Open", "") == "Öffnen"
    assert german.say("Open", "of a port") == "Offen"


def test_what_is_unfinished_or_unknown_stays_english(german):
    assert german.say("Not yet", "") == "Not yet"
    assert german.say("Never heard", "") == "Never heard"


@pytest.mark.parametrize(("number", "form"), [(0, "Fragen"), (1, "Frage"), (2, "Fragen")])
def test_a_number_takes_its_form(german, number, form):
    assert german.count("{n} question", "{n} questions", number) == f"{{n}} {form}"


def test_without_a_translation_the_source_has_both_forms():
    assert Catalogue().count("{n} peer", "{n} peers", 1) == "{n} peer"
    assert Catalogue().count("{n} peer", "{n} peers", 0) == "{n} peers"


def test_a_finished_sentence_is_recognised_with_its_values(german):
    found = german.recognise("/a: b cannot be opened: no such file: x.")
    assert found == (
        "{path} lässt sich nicht öffnen: {error}.",
        {"path": "/a: b", "error": "no such file: x"},
    )


def test_the_sentence_with_most_of_its_own_words_is_taken(german):
    translation, values = german.recognise("x cannot be opened: y. At all.")
    assert translation.startswith("{path} lässt sich gar")
    assert values == {"path": "x", "error": "y"}


@pytest.mark.parametrize("text", ["Unknown.", "a cannot be closed: b.", "", "two words."])
def test_another_sentence_is_not_recognised(german, text):
    assert german.recognise(text) is None


@pytest.mark.parametrize(
    ("template", "text", "values"),
    [
        ("{a} and {b}", "x and y and z", {"a": "x", "b": "y and z"}),
        ("A {a}.", "A .", {"a": ""}),
        ("aba{a}ba", "aba", None),
        ("no values", "no values", {}),
        ("no values", "no values at all", None),
    ],
)
def test_values_stand_between_the_constant_parts(template, text, values):
    assert Pattern.of(template).values(text) == values
