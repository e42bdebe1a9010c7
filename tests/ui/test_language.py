import pytest
from PySide6.QtCore import QLocale, Qt

from closedmesh.ui import words
from closedmesh.ui.catalogue import Catalogue
from closedmesh.ui.language import Language
from tests.support.desktop import RESOURCES

LIST = """<TS version="2.1"><context><name>words</name>
<message><source>Open</source><translation>{}</translation></message></context></TS>"""


@pytest.fixture
def folder(tmp_path):
    for code, said in (("de", "Öffnen"), ("ar", "افتح")):
        (tmp_path / f"{code}.ts").write_text(LIST.format(said), encoding="utf-8")
    (tmp_path / "fr.ts").write_text("<TS", encoding="utf-8")
    return tmp_path


@pytest.fixture
def language(qapp, folder):
    language = Language(folder)
    yield language
    language.choose("en")
    words.choose(Catalogue(), words.SOURCE)
    QLocale.setDefault(QLocale.c())


def test_a_language_is_spoken_from_then_on(language):
    assert language.choose("de")
    assert words.tr("Open") == "Öffnen"
    assert not language.choose("de")
    assert language.choose("en")
    assert words.tr("Open") == "Open"


def test_qt_speaks_it_too(language, qapp):
    language.choose("de")
    assert qapp.translate("QPlatformTheme", "Cancel") == "Abbrechen"
    language.choose("en")
    assert qapp.translate("QPlatformTheme", "Cancel") == "Cancel"


def test_some_languages_are_read_from_the_right(language, qapp):
    language.choose("ar")
    assert words.tr("Open") == "افتح"
    assert qapp.layoutDirection() == Qt.LayoutDirection.RightToLeft
    language.choose("de")
    assert qapp.layoutDirection() == Qt.LayoutDirection.LeftToRight


def test_a_language_that_there_is_not_is_english(language):
    language.choose("xx")
    assert language.chosen == "en"


def test_a_damaged_list_leaves_english(language, caplog):
    language.choose("fr")
    assert words.tr("Open") == "Open"
    assert "cannot be read" in caplog.text


def test_it_says_whether_a_choice_is_spoken(language):
    language.choose("de")
    assert language.speaks("de")
    assert not language.speaks("en")
    language.choose("xx")
    assert language.speaks("en")


def test_each_language_of_the_settings_is_there():
    assert (RESOURCES / "words" / "de.ts").is_file()
