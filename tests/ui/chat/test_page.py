"""The page over a peer in memory: what a person does, and what is seen then."""

import asyncio
import json

import pytest
from msgspec import structs
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QMessageBox

from closedmesh.control import OpenReceipt
from closedmesh.errors import EngineDied, ModelNotFound
from closedmesh.models.chat import Role, Route
from closedmesh.models.conversations import EntryState, Say, branch
from closedmesh.status import ModelState
from closedmesh.ui.chat.header_view import no_model, routes
from closedmesh.ui.chat.page import ChatPage
from closedmesh.ui.chat.parameters import Parameters
from closedmesh.ui.receipt_dialog import ReceiptDialog
from tests.support.control import MEMBER, MODEL, STATUS


@pytest.fixture
def page(bridge, theme, qtbot):
    page = ChatPage(bridge, theme)
    qtbot.addWidget(page)
    page.resize(1000, 700)
    page.show()
    page.display(STATUS)
    return page


@pytest.fixture
def say(page, qtbot):
    def say(text):
        page.composer.text.setPlainText(text)
        qtbot.keyClick(page.composer.text, Qt.Key.Key_Return)

    return say


@pytest.fixture
def done(page, qtbot):
    """Wait until the open chat is answered and shown."""

    def done(entries):
        def shown():
            assert page._detail is not None
            assert not page._streams
            assert len(page._detail.entries) == entries
            assert all(e.state is not EntryState.WRITING for e in page._detail.entries)

        qtbot.waitUntil(shown)

    return done


def words(page):
    """What the open chat shows, message by message."""
    shown = []
    for widget in page.thread_view._widgets.values():
        shown.append((widget._shown.entry.role, widget._text))
    return shown


def titles(page):
    return [page.chats.list.item(i).text() for i in range(page.chats.list.count())]


def test_a_question_is_answered(page, say, done):
    say("Hi")
    done(2)
    assert words(page) == [(Role.USER, "Hi"), (Role.ASSISTANT, "Hello there.")]
    assert not page.thread_view._empty.isVisible()
    assert page.composer.text.toPlainText() == ""


def test_an_answer_is_seen_while_it_is_written_and_can_be_stopped(page, say, done, qtbot, control):
    control.gate = asyncio.Event()
    say("Hi")
    qtbot.waitUntil(lambda: words(page)[-1:] == [(Role.ASSISTANT, "Hello")])
    page.composer._button.click()
    done(2)
    assert page._detail.entries[-1].state is EntryState.STOPPED
    assert words(page)[-1] == (Role.ASSISTANT, "Hello")
    assert control.cancelled == 1


def test_an_error_is_told_at_the_answer(page, say, done, control):
    control.error = EngineDied("It was killed.", "Ask again.")
    say("Hi")
    done(2)
    reply = page._detail.entries[-1]
    widget = page.thread_view._widgets[reply.id]
    assert widget._problem.words.text().endswith("They are kept. It was killed. Ask again.")
    assert words(page)[-1] == (Role.ASSISTANT, "Hello there.")


def test_words_that_could_not_be_kept_come_back(page, say, qtbot, control, monkeypatch):
    def refuse(command):
        raise ModelNotFound("No.", "Do something.")

    monkeypatch.setattr(control, "_result", refuse)
    say("Precious words")
    qtbot.waitUntil(lambda: page.problem.words.text() == "No. Do something.")
    assert page.composer.text.toPlainText() == "Precious words"


def test_the_next_question_follows_the_answer(page, say, done, control):
    say("one")
    done(2)
    say("two")
    done(4)
    assert control.asked[1] == Say(page._detail.summary.id, page._detail.entries[1].id, "two")


def test_another_answer_is_kept_beside_the_first(page, say, done, qtbot, control):
    say("Hi")
    done(2)
    control.words = ("Bye",)
    first = page._detail.entries[1]
    page.thread_view._widgets[first.id]._change.click()
    done(3)
    assert words(page) == [(Role.USER, "Hi"), (Role.ASSISTANT, "Bye")]
    widget = page.thread_view._widgets[page._detail.leaf]
    assert widget._position.text() == "2 / 2"
    widget._older.click()
    qtbot.waitUntil(lambda: words(page)[-1] == (Role.ASSISTANT, "Hello there."))


def test_an_edit_keeps_the_old_version(page, say, done, qtbot):
    say("one")
    done(2)
    question = page._detail.entries[0]
    page.thread_view._widgets[question.id]._change.click()
    assert page.composer.text.toPlainText() == "one"
    say("uno")
    done(4)
    assert words(page)[0] == (Role.USER, "uno")
    page.thread_view._widgets[branch(page._detail)[0].id]._older.click()
    qtbot.waitUntil(lambda: words(page)[0] == (Role.USER, "one"))


def test_an_edit_that_is_left_changes_nothing(page, say, done):
    say("one")
    done(2)
    page.thread_view._widgets[page._detail.entries[0].id]._change.click()
    page.composer._leave.click()
    assert page.composer.text.toPlainText() == ""
    say("two")
    done(4)
    assert [text for _, text in words(page)] == ["one", "Hello there.", "two", "Hello there."]


def test_a_new_chat_begins_empty_and_the_old_one_is_in_the_list(page, say, done, qtbot):
    say("one")
    done(2)
    page.new_chat()
    assert page.thread_view._empty.isVisible()
    assert words(page) == []
    say("two")
    done(2)
    qtbot.waitUntil(lambda: len(titles(page)) == 2)


def test_each_chat_keeps_its_draft(page, say, done, qtbot):
    say("one")
    done(2)
    first = page._detail.summary.id
    page.composer.text.setPlainText("draft of one")
    page.new_chat()
    assert page.composer.text.toPlainText() == ""
    page.composer.text.setPlainText("draft of new")
    page._open(first)
    qtbot.waitUntil(lambda: page.composer.text.toPlainText() == "draft of one")
    page.new_chat()
    assert page.composer.text.toPlainText() == "draft of new"


def test_a_chat_that_is_not_open_goes_on_being_answered(page, say, done, qtbot, control):
    control.gate = asyncio.Event()
    say("one")
    qtbot.waitUntil(lambda: words(page)[-1:] == [(Role.ASSISTANT, "Hello")])
    first = page._detail.summary.id
    page.new_chat()
    control.open_gate()
    qtbot.waitUntil(lambda: not page._streams)
    assert control.chats[first].entries[-1].state is EntryState.COMPLETE
    page._open(first)
    qtbot.waitUntil(lambda: words(page)[-1:] == [(Role.ASSISTANT, "Hello there.")])


def test_a_chat_is_renamed_pinned_deleted_and_brought_back(
    page, say, done, qtbot, monkeypatch, control
):
    say("one")
    done(2)
    chat = page._detail.summary.id
    qtbot.waitUntil(lambda: len(titles(page)) == 1)

    def menu(words):
        actions = {action.text(): action for action in page.chats.menu_for(chat).actions()}
        actions[words].trigger()

    monkeypatch.setattr(QInputDialog, "getText", lambda *_a, **_k: (" Mine ", True))
    menu("Rename…")
    qtbot.waitUntil(lambda: titles(page) == ["Mine"])
    menu("Pin to the top")
    qtbot.waitUntil(lambda: control.chats[chat].summary.pinned)
    qtbot.waitUntil(lambda: page.chats._summaries[0].pinned)
    menu("Delete")
    qtbot.waitUntil(lambda: titles(page) == [] and page._detail is None)
    assert "Mine" in page.chats._undo_words.text()
    page.chats._restore()
    qtbot.waitUntil(lambda: titles(page) == ["Mine"] and page._detail is not None)


def test_a_search_shows_the_chats_that_hold_the_words(page, say, done, qtbot):
    say("whale")
    done(2)
    page.new_chat()
    say("bread")
    done(2)
    qtbot.waitUntil(lambda: len(titles(page)) == 2)
    page.chats.search.setText("whale")
    qtbot.waitUntil(lambda: len(titles(page)) == 1)
    page.chats.search.setText("zebra")
    qtbot.waitUntil(page.chats._nothing.isVisible)


def test_parameters_are_kept_with_the_chat(page, say, done, qtbot, monkeypatch, control):
    def fill(dialog):
        dialog.system_prompt.setPlainText("Sing.")
        dialog.seed.setText("5")
        return QDialog.DialogCode.Accepted

    monkeypatch.setattr(Parameters, "exec", fill)
    page._change_parameters()
    say("one")
    done(2)
    chat = page._detail.summary.id
    assert control.chats[chat].options.system_prompt == "Sing."
    assert control.chats[chat].options.sampling.seed == 5


def test_the_model_of_a_chat_is_chosen_before_and_while_it_goes(page, say, done, qtbot, control):
    other = structs.replace(MODEL, name="other", title="Other")
    page.display(structs.replace(STATUS, models=(MODEL, other)))
    page.header.model.setCurrentIndex(2)
    say("one")
    done(2)
    chat = page._detail.summary.id
    assert control.chats[chat].options.model == "other"
    page.header.model.setCurrentIndex(0)
    qtbot.waitUntil(lambda: control.chats[chat].options.model is None)


@pytest.mark.parametrize(("extension", "words"), [("md", "## You\n\nHi"), ("json", '"Hi"')])
def test_a_chat_is_exported(page, say, done, qtbot, monkeypatch, tmp_path, extension, words):
    say("Hi")
    done(2)
    path = tmp_path / "chat"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(path), ""))
    page._export(page._detail.summary.id, extension)
    qtbot.waitUntil(path.exists)
    assert words in path.read_text("utf-8")
    if extension == "json":
        json.loads(path.read_text("utf-8"))


def test_an_export_that_cannot_be_written_is_told(page, say, done, qtbot, monkeypatch, tmp_path):
    say("Hi")
    done(2)
    where = str(tmp_path / "no such folder" / "chat.md")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (where, ""))
    page._export(page._detail.summary.id, "md")
    qtbot.waitUntil(lambda: "could not be written" in page.problem.words.text())


def test_without_a_model_the_way_out_is_said(page, qtbot):
    gone = structs.replace(MODEL, state=ModelState.MISSING)
    page.display(structs.replace(STATUS, models=(gone,)))
    assert page.composer.place_label.text() == no_model()
    qtbot.keyClicks(page.composer.text, "Hi")
    assert not page.composer._button.isEnabled()


def test_an_example_is_offered_and_not_sent(page, qtbot, control):
    page.thread_view.example_chosen.emit("Write a poem.")
    assert page.composer.text.toPlainText() == "Write a poem."
    assert control.asked == []


def test_hostile_text_is_only_words(page, say, done, control):
    control.words = ("![x](file:///etc/passwd)\n\n<script>alert(1)</script>\n\n\u202etxt",)
    say("Hi")
    done(2)
    reply = page.thread_view._widgets[page._detail.leaf]
    shown = "\n".join(w.toPlainText() for w in reply._words._widgets)
    assert "![x](file:///etc/passwd)" in shown
    assert "<script>alert(1)</script>" in shown
    assert "[U+202E]txt" in shown


def test_the_place_is_kept_with_the_chat(page, say, done, qtbot, control):
    page.display(MEMBER)
    page.header.route_chosen.emit(Route.MESH)
    assert page.composer.place_label.text() == routes()[Route.MESH].readers
    assert page.thread_view._welcome.text() == routes()[Route.MESH].welcome
    assert page.focusWidget() is page.composer.text
    say("Hi")
    done(2)
    assert page._detail.options.route is Route.MESH
    assert page.composer.property("exposed") is True
    page.header.route_chosen.emit(Route.LOCAL)
    qtbot.waitUntil(lambda: page.composer.place_label.text() == routes()[Route.LOCAL].readers)
    assert control.chats[page._detail.summary.id].options.route is Route.LOCAL


def test_a_new_chat_begins_on_this_computer(page, say, done):
    page.display(MEMBER)
    page.header.route_chosen.emit(Route.MESH)
    say("Hi")
    done(2)
    page.new_chat()
    assert page.composer.place_label.text() == routes()[Route.LOCAL].readers


@pytest.mark.parametrize("answer", [QMessageBox.StandardButton.Yes, QMessageBox.StandardButton.No])
def test_a_chat_of_this_computer_leaves_it_only_when_a_person_says_so(
    page, say, done, qtbot, monkeypatch, answer
):
    asked = []
    monkeypatch.setattr(QMessageBox, "question", lambda *words: asked.append(words[2]) or answer)
    page._choose_route(Route.MESH)
    assert not asked  # there is nothing in it yet
    page._choose_route(Route.LOCAL)
    say("Hi")
    done(2)
    page._choose_route(Route.MESH)
    assert len(asked) == 1
    if answer is QMessageBox.StandardButton.Yes:
        qtbot.waitUntil(lambda: page._current_options().route is Route.MESH)
    else:
        assert page._current_options().route is Route.LOCAL


def test_the_receipt_of_an_answer_is_opened(page, say, done, control, qtbot):
    say("Hi")
    done(2)
    page.thread_view.receipt_requested.emit(page._detail.entries[-1])
    qtbot.waitUntil(lambda: OpenReceipt(request="req-1") in control.done)
    (dialog,) = page.findChildren(ReceiptDialog)
    qtbot.waitUntil(dialog.problem.isVisible)  # it was answered here, so there is none
    dialog.close()
