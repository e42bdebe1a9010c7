"""Lists of words hold what the program says, and each is complete."""

import ast
import re
import shutil
from string import Formatter
from xml.etree import ElementTree

import pytest

import translations

HINT = "run `.venv/bin/python installers/translations.py` and translate what is new"
LISTS = sorted(translations.LISTS.glob("*.ts"))


@pytest.fixture(params=LISTS, ids=lambda file: file.stem)
def file(request):
    return request.param


def messages(file):
    """Every message: what it says, its meaning, its translations, and whether it is finished."""
    for context in ElementTree.parse(file).getroot().iter("context"):
        for message in context.iter("message"):
            translation = message.find("translation")
            forms = translation.findall("numerusform") or [translation]
            yield (
                context.findtext("name"),
                message.findtext("source"),
                message.findtext("comment") or "",
                [form.text or "" for form in forms],
                translation.get("type") is None,
            )


def places(text):
    return sorted(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def texts_of(source):
    return list(dict.fromkeys(translations._of_module(ast.parse(source), {"BadRequest"})))


@pytest.mark.parametrize(
    ("source", "texts"),
    [
        ("BadRequest(f'{a.title} is {_gb(b)}.', 'Go')", ["{title} is {gb}."]),
        ("x = f'{len(a)} of {len(b)} are here.'", ["{len} of {len_2} are here."]),
        ("x = 'One thing.' if y else f'{n} things.'", ["One thing.", "{n} things."]),
        (
            'x = f\'It {"is" if y else "was"} here.\'',
            ["It is here.", "It was here."],
        ),
        ("logger.info('The log says so.')", []),
        ("def f():\n    'A docstring says so.'", []),
        ("x = 'SELECT a FROM b WHERE c = ?'", []),
        ("x = 'no sentence'", []),
        ("about('no sentence')", ["no sentence"]),
    ],
)
def test_sentences_behind_the_window_are_found(source, texts):
    assert texts_of(source) == texts


def test_the_list_holds_what_the_program_says(file, tmp_path):
    copy = tmp_path / file.name
    shutil.copy(file, copy)
    translations.renew(copy)
    there = {entry[:3] for entry in messages(file)}
    wanted = {entry[:3] for entry in messages(copy)}
    assert (wanted - there, there - wanted) == (set(), set()), HINT


def test_every_word_is_translated(file):
    unfinished = [
        source for _, source, _, forms, done in messages(file) if not (done and all(forms))
    ]
    assert not unfinished, HINT


def test_values_stand_in_the_translation_too(file):
    differing = [
        (source, form)
        for _, source, comment, forms, _ in messages(file)
        for form in forms
        if places(form) not in (places(source), places(comment))
    ]
    assert not differing


def test_only_counts_have_forms(file):
    wrong = [
        source
        for _, source, comment, forms, _ in messages(file)
        if len(forms) > 1 and "n" not in places(comment)
    ]
    assert not wrong, "a meaning and values together are taken for a count"


def test_parts_of_sentences_stand_in_the_source():
    folders = ("models", "mesh", "trust", "engine", "node", "host")
    files = [file for folder in folders for file in (translations.SOURCE / folder).rglob("*.py")]
    text = "\n".join(file.read_text(encoding="utf-8") for file in files)
    for phrase in translations.PHRASES:
        for part in re.split(r"\{\w+\}|, below|, not from|; ", phrase):
            assert part.strip(" (),:") in text, phrase


def spoken(tree):
    """The literal texts of all calls of `words.tr` and `words.plural`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(ast.Attribute(ast.Name("words"), "tr" | "plural"), [text, *_]):
                assert isinstance(text, ast.Constant), ast.unparse(node)
                yield text.value


def test_every_call_is_found_by_qt(file):
    there = {source for _, source, _, _, _ in messages(file)}
    for module in (translations.SOURCE / "ui").rglob("*.py"):
        missing = set(spoken(ast.parse(module.read_text(encoding="utf-8")))) - there
        assert not missing, f"lupdate does not look into f-strings: {module.name}"
