import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMessageBox

from closedmesh.control import ChangeSettings, NewKey, ShowKey
from closedmesh.settings import changed
from closedmesh.ui.api_card import HIDDEN
from closedmesh.ui.security_view import security_view
from closedmesh.ui.settings_page import SettingsPage
from tests.support.control import STATUS
from tests.support.desktop import calm_system


@pytest.fixture
def page(bridge, theme, qtbot):
    page = SettingsPage(bridge, theme, calm_system())
    qtbot.addWidget(page)
    page.display(STATUS)
    return page


def choose(page, name):
    return page.rows[name].editor


def test_a_switch_goes_to_the_peer_and_comes_back(page, control, qtbot):
    choose(page, "engine.low_priority").box.click()

    qtbot.waitUntil(lambda: control.done == [ChangeSettings({"engine.low_priority": False})])
    page.display(control.status)
    row = page.rows["engine.low_priority"]
    assert not row.editor.box.isChecked()
    assert row.editor.box.text() == "Off"
    assert not row.reset.isHidden()

    row.reset.click()
    qtbot.waitUntil(lambda: len(control.done) == 2)
    page.display(control.status)
    assert row.editor.box.isChecked()
    assert row.reset.isHidden()


def test_each_type_sends_its_value(page, control, qtbot):
    choose(page, "engine.slots").box.setValue(7)
    choose(page, "chat.temperature").box.setValue(1.25)
    box = choose(page, "window.theme").box
    box.setCurrentIndex(box.findData("dark"))
    box.activated.emit(box.currentIndex())
    folder = choose(page, "models.folder").box
    qtbot.keyClicks(folder, "/models")
    qtbot.keyClick(folder, Qt.Key.Key_Return)
    origins = choose(page, "api.allowed_origins")
    origins._timer.setInterval(0)
    origins.box.setPlainText("http://localhost:3000\n\n")

    sent = {
        "engine.slots": 7,
        "chat.temperature": 1.25,
        "window.theme": "dark",
        "models.folder": "/models",
        "api.allowed_origins": ["http://localhost:3000"],
    }
    qtbot.waitUntil(lambda: len(control.done) == len(sent))
    assert {k: v for command in control.done for k, v in command.changes.items()} == sent
    assert control.status.settings.api.allowed_origins == ("http://localhost:3000",)


def test_showing_values_changes_nothing(page, control, qtbot):
    changes = {"engine.slots": 9, "chat.top_p": 0.5, "chat.system_prompt": "Be kind.",
               "models.folder": "/m", "window.theme": "dark",
               "api.allowed_origins": ["http://a", "http://b"]}  # fmt: skip
    page.display(structs.replace(STATUS, settings=changed(STATUS.settings, changes)))
    qtbot.wait(20)

    assert choose(page, "engine.slots").box.value() == 9
    assert choose(page, "chat.system_prompt").box.toPlainText() == "Be kind."
    assert not choose(page, "chat.system_prompt")._timer.isActive()
    assert choose(page, "models.folder").box.text() == "/m"
    assert choose(page, "window.theme").box.currentData() == "dark"
    assert choose(page, "api.allowed_origins").box.toPlainText() == "http://a\nhttp://b"
    assert control.done == []


def test_a_list_without_entries_is_an_empty_field(page):
    assert choose(page, "api.allowed_origins").box.toPlainText() == ""


def test_what_is_being_written_is_not_overwritten(page):
    editor = choose(page, "chat.system_prompt")
    editor.box.setPlainText("Half a sen")

    page.display(STATUS)

    assert editor.box.toPlainText() == "Half a sen"


def test_a_refused_value_says_why_where_it_stands(page, qtbot):
    row = page.rows["chat.top_p"]
    row.changed.emit(0.0)

    qtbot.waitUntil(lambda: not row.problem.isHidden())
    assert "chat.top_p" in row.problem.words.text()


def test_the_key_is_asked_for_only_when_it_is_wanted(page, control, qtbot):
    assert page.api.key.text() == HIDDEN
    assert control.done == []

    page.api.show_key.click()
    qtbot.waitUntil(lambda: page.api.key.text() == control.key)
    assert control.done == [ShowKey()]

    page.api.show_key.click()
    assert page.api.key.text() == HIDDEN


def test_address_and_key_can_be_copied(page, control, qtbot):
    page.api.copy_address.click()
    assert QGuiApplication.clipboard().text() == "http://127.0.0.1:9337/v1"

    page.api.copy_key.click()
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == control.key)
    assert page.api.key.text() == HIDDEN


def test_a_new_key_is_made_only_after_a_question(page, control, qtbot, monkeypatch):
    answers = [QMessageBox.StandardButton.Cancel, QMessageBox.StandardButton.Yes]
    monkeypatch.setattr(QMessageBox, "question", lambda *_: answers.pop(0))
    page.api.new_key.click()
    assert control.done == []

    page.api.new_key.click()
    qtbot.waitUntil(lambda: page.api.key.text() == "cm-test-key-new")
    assert control.done == [NewKey()]


def test_all_tabs_are_there(page):
    assert [page.tabs.tabText(n) for n in range(page.tabs.count())] == [
        "Chat", "Models", "Network", "Engine", "Sharing", "Mesh", "Energy", "Fallback",
        "Public API", "Local API", "Updates", "Window", "Security", "This computer",
    ]  # fmt: skip


def test_the_security_tab_says_everything(page, theme):
    words = {label.text() for label in page.findChildren(QLabel)}
    for section in security_view(theme.resources):
        assert section.title in words
        assert {statement.text for statement in section.statement} <= words


def test_settings_are_found_by_their_words(page):
    page.search.setText("top-P")
    shown = [name for name, place in page.rows.items() if not place.isHidden()]
    assert shown == ["chat.top_p"]
    tabs = [page.tabs.tabText(i) for i in range(page.tabs.count()) if page.tabs.isTabVisible(i)]
    assert tabs == ["Chat"]

    page.search.setText("no such thing")
    assert page._nothing.isVisibleTo(page)
    page.search.clear()
    assert all(not place.isHidden() for place in page.rows.values())
    assert all(page.tabs.isTabVisible(index) for index in range(page.tabs.count()))


def test_a_setting_says_when_it_holds(page):
    assert (
        page.rows["engine.context"].sentence.text().endswith("Holds when a model is loaded next.")
    )
