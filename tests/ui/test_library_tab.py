import pytest
from msgspec import structs
from PySide6.QtWidgets import QMessageBox

from closedmesh.control import (
    ChangeSettings,
    ImportModel,
    LoadModel,
    MoveModels,
    RemoveModel,
    TrustModel,
    UnloadModel,
    VerifyModel,
)
from closedmesh.errors import ModelFileRefused
from closedmesh.status import ModelState
from closedmesh.ui.library_tab import LibraryTab
from tests.support.control import MODEL, STATUS

HERE = structs.replace(MODEL, removable=True)
RESTING = structs.replace(MODEL, name="other", title="Other", state=ModelState.ON_DISK, path="/o")


@pytest.fixture
def page(bridge, theme, qtbot):
    page = LibraryTab(bridge, theme)
    qtbot.addWidget(page)
    page.display(structs.replace(STATUS, models=(HERE, RESTING)))
    return page


def test_buttons_are_those_that_make_sense(page):
    loaded, resting = page.cards[MODEL.name], page.cards["other"]

    assert not loaded.free.isHidden()
    assert loaded.load.isHidden()
    assert not loaded.default.isEnabled()
    assert resting.load.isEnabled()
    assert resting.free.isHidden()


@pytest.mark.parametrize(
    ("button", "command"),
    [
        ((MODEL.name, "free"), UnloadModel(MODEL.name)),
        ((MODEL.name, "verify"), VerifyModel(MODEL.name)),
        (("other", "load"), LoadModel("other")),
        (("other", "default"), ChangeSettings({"chat.model": "other"})),
    ],
)
def test_each_button_does_what_it_says(page, control, qtbot, button, command):
    name, attribute = button
    getattr(page.cards[name], attribute).click()

    qtbot.waitUntil(lambda: control.done == [command])


def test_a_verified_file_is_said_to_be_verified(page, qtbot):
    page.cards[MODEL.name].verify.click()
    assert page.cards[MODEL.name].news.text() == "Reading the whole file…"

    qtbot.waitUntil(lambda: page.cards[MODEL.name].news.text().startswith("Checked"))


def test_an_error_stands_where_it_happened_and_survives_an_update(page, qtbot):
    card = page.cards["other"]
    card.load.click()
    qtbot.waitUntil(lambda: not card.problem.isHidden())
    assert "There is no model" in card.problem.words.text()

    page.display(structs.replace(STATUS, models=(structs.replace(MODEL, busy=1), RESTING)))
    assert "There is no model" in card.problem.words.text()
    assert page.cards[MODEL.name].problem.isHidden()


def test_removing_asks_first(page, control, qtbot, monkeypatch):
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    page.cards[MODEL.name].remove.click()
    assert control.done == []

    page.cards[MODEL.name].remove.click()
    qtbot.waitUntil(lambda: control.done == [RemoveModel(MODEL.name)])


def test_a_model_that_is_gone_loses_its_card(page):
    page.display(STATUS)

    assert list(page.cards) == [MODEL.name]


def test_an_import_says_what_came_of_it(page, control, qtbot):
    page.import_file("/tmp/x.gguf")
    assert not page.import_button.isEnabled()

    qtbot.waitUntil(lambda: MODEL.title in page.news.text())
    assert control.done == [ImportModel("/tmp/x.gguf")]
    assert page.import_button.isEnabled()


def test_a_refused_import_says_why(page, control, qtbot, monkeypatch):
    def refuse(command):
        raise ModelFileRefused("This is no GGUF file.", "Choose another file.")

    monkeypatch.setattr(control, "_result", refuse)
    page.import_file("/tmp/x.gguf")

    qtbot.waitUntil(lambda: not page.problem.isHidden())
    assert page.problem.words.text() == "This is no GGUF file. Choose another file."
    assert page.import_button.isEnabled()


def test_markup_in_a_title_is_shown_as_it_stands(page):
    title = '<b>x</b><img src="file:///etc/passwd">'
    page.display(structs.replace(STATUS, models=(structs.replace(MODEL, title=title),)))

    shown = page.cards[MODEL.name].title
    assert shown.text() == title
    assert shown.textFormat().name == "PlainText"


def test_a_file_that_is_held_back_can_be_used_all_the_same(page, control, qtbot):
    held = structs.replace(HERE, state=ModelState.HELD_BACK, problem="Nobody vouches for it.")
    page.display(structs.replace(STATUS, models=(held,)))
    card = page.cards[MODEL.name]
    assert not card.trust.isHidden()
    assert card.load.isHidden()
    card.trust.click()
    qtbot.waitUntil(lambda: control.done == [TrustModel(MODEL.name)])


def test_a_model_that_came_with_the_program_stays(page):
    page.display(structs.replace(STATUS, models=(MODEL,)))
    assert not page.cards[MODEL.name].remove.isEnabled()


def test_the_folder_is_moved_and_that_is_said(page, control, qtbot):
    page.move_to("/tmp/models")
    assert not page.move_button.isEnabled()
    qtbot.waitUntil(lambda: "lie in /tmp/models now" in page.news.text())
    assert control.done == [MoveModels("/tmp/models")]
