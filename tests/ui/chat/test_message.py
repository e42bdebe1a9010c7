import pytest
from msgspec import structs
from PySide6.QtGui import QGuiApplication

from closedmesh.models.attachments import Attachment, joined
from closedmesh.models.chat import Role, ServedBy
from closedmesh.models.conversations import Entry, EntryId, EntryState
from closedmesh.ui.chat.blocks import ThemedButton
from closedmesh.ui.chat.message import MessageWidget, Shown
from tests.support.control import receipt


def entry(number=1, role=Role.ASSISTANT, text="Hello *you*.", state=EntryState.COMPLETE, **more):
    return Entry(EntryId(number), None, role, text, state, 1.0, **more)


@pytest.fixture
def make(qtbot, theme):
    def make(shown, siblings=None):
        widget = MessageWidget(theme, Shown(shown, siblings or (shown,), {}))
        qtbot.addWidget(widget)
        return widget

    return make


def test_an_answer_shows_its_words_and_figures(make):
    widget = make(entry(receipt=receipt()))
    assert widget._words._widgets[0].toPlainText() == "Hello you."
    assert "on this computer" in widget._footer.text()
    assert widget._older.isHidden()


def test_a_question_is_shown_as_it_was_written(make):
    widget = make(entry(role=Role.USER, text="**not bold** \u202e"))
    assert widget._words.toPlainText() == "**not bold** [U+202E]"


def test_a_failure_is_told_where_it_happened(make):
    widget = make(entry(state=EntryState.FAILED, text="Half", problem="It died. Ask again."))
    assert widget._problem.words.text() == (
        "The answer broke off after 1 word. It is kept. It died. Ask again."
    )
    assert not widget._problem.isHidden()


def test_a_failure_has_one_thing_to_do(make, qtbot):
    failed = entry(state=EntryState.FAILED, text="", problem="Nobody answers.")
    widget = make(failed)
    with qtbot.waitSignal(widget.again_requested) as signal:
        widget._ask_again.click()
    assert signal.args == [failed]
    assert make(entry())._ask_again.isHidden()


def test_an_answer_grows(make):
    widget = make(entry(text="", state=EntryState.WRITING))
    assert widget._change.isHidden()
    widget.display_waiting("Loading …")
    assert not widget._waiting.isHidden()
    widget.display_text("One")
    widget.display_text("One two")
    assert widget._words._widgets[0].toPlainText() == "One two"


def test_versions_are_stepped_through(make, qtbot):
    versions = tuple(entry(number) for number in (1, 2, 3))
    widget = make(versions[1], versions)
    assert widget._position.text() == "2 / 3"
    with qtbot.waitSignal(widget.branch_requested) as signal:
        widget._older.click()
    assert signal.args == [versions[0]]
    with qtbot.waitSignal(widget.branch_requested) as signal:
        widget._newer.click()
    assert signal.args == [versions[2]]


def test_the_first_version_has_none_before_it(make):
    versions = (entry(1), entry(2))
    widget = make(versions[0], versions)
    assert not widget._older.isEnabled()
    assert widget._newer.isEnabled()


def test_all_of_a_message_is_copied(make):
    widget = make(entry(text="# Markdown *as it is*"))
    buttons = {button.toolTip(): button for button in widget.findChildren(ThemedButton)}
    buttons["Copy this message"].click()
    assert QGuiApplication.clipboard().text() == "# Markdown *as it is*"


def test_a_question_is_edited_and_an_answer_given_again(make, qtbot):
    question, answer = make(entry(role=Role.USER)), make(entry())
    with qtbot.waitSignal(question.edit_requested):
        question._change.click()
    with qtbot.waitSignal(answer.again_requested):
        answer._change.click()


def test_thoughts_are_folded_and_not_copied(make):
    widget = make(entry(text="<think>\nTwo and two.\n</think>\n\nFour"))
    assert widget._folds[0].line.text() == "Thought · 3 words"
    assert widget._words._widgets[0].toPlainText() == "Four"
    widget.findChildren(ThemedButton)[2].click()
    assert QGuiApplication.clipboard().text() == "Four"


def test_a_thought_that_grows_stays_open(make):
    widget = make(entry(text="", state=EntryState.WRITING))
    widget.display_text("<think>Two")
    assert widget._folds[0].line.text() == "Thinking…"
    widget._folds[0].line.click()
    widget.display_text("<think>Two and two.</think>Four")
    assert widget._folds[0].body.toPlainText() == "Two and two."
    assert widget._words._widgets[0].toPlainText() == "Four"


def test_files_of_a_question_are_folded(make):
    text = joined([Attachment("a.txt", "content " * 9)], "Why?")
    widget = make(entry(role=Role.USER, text=text))
    assert widget._folds[0].line.text() == "a.txt · about 20 tokens"
    assert widget._words.toPlainText() == "Why?"


def test_the_receipt_of_an_answer_through_the_mesh_can_be_opened(make, qtbot):
    assert make(entry(receipt=receipt()))._receipt.isHidden()
    served = structs.replace(receipt(), served_by=ServedBy.MESH, credits=0.015)
    widget = make(entry(receipt=served))
    assert "0.015 credits (not money)" in widget._footer.text()
    with qtbot.waitSignal(widget.receipt_requested) as signal:
        widget._receipt.click()
    assert signal.args[0].receipt == served
