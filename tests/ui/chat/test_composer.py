import pytest
from PySide6.QtCore import Qt

from closedmesh.models.attachments import Attachment, joined
from closedmesh.ui.chat.composer import MAX_LINES, Composer
from closedmesh.ui.chat.header_view import ComposerView

HERE = ComposerView("Here.", usable=True, exposed=False)


@pytest.fixture
def composer(qtbot, theme):
    composer = Composer(theme)
    qtbot.addWidget(composer)
    composer.display(HERE, busy=False)
    return composer


def test_enter_sends_and_empties(composer, qtbot):
    qtbot.keyClicks(composer.text, " Hi there ")
    with qtbot.waitSignal(composer.sent) as signal:
        qtbot.keyClick(composer.text, Qt.Key.Key_Return)
    assert signal.args == ["Hi there"]
    assert composer.text.toPlainText() == ""


def test_shift_and_enter_begin_a_line(composer, qtbot):
    qtbot.keyClicks(composer.text, "a")
    with qtbot.assertNotEmitted(composer.sent):
        qtbot.keyClick(composer.text, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClicks(composer.text, "b")
    assert composer.text.toPlainText().split() == ["a", "b"]


@pytest.mark.parametrize("text", ["", "   ", "\n\n"])
def test_nothing_is_not_sent(composer, qtbot, text):
    composer.text.setPlainText(text)
    assert not composer._button.isEnabled()
    with qtbot.assertNotEmitted(composer.sent):
        qtbot.keyClick(composer.text, Qt.Key.Key_Return)


def test_while_an_answer_is_written_the_button_stops_and_words_stay(composer, qtbot):
    composer.display(HERE, busy=True)
    qtbot.keyClicks(composer.text, "next")
    with qtbot.assertNotEmitted(composer.sent):
        qtbot.keyClick(composer.text, Qt.Key.Key_Return)
    assert composer.text.toPlainText() == "next"
    with qtbot.waitSignal(composer.stop_requested):
        composer._button.click()
    with qtbot.waitSignal(composer.stop_requested):
        qtbot.keyClick(composer.text, Qt.Key.Key_Escape)


def test_without_a_model_words_are_kept_and_not_sent(composer, qtbot):
    composer.display(ComposerView("No model.", usable=False, exposed=False), busy=False)
    qtbot.keyClicks(composer.text, "Hi")
    with qtbot.assertNotEmitted(composer.sent):
        qtbot.keyClick(composer.text, Qt.Key.Key_Return)
    assert composer.text.toPlainText() == "Hi"
    assert composer.place_label.text() == "No model."


def test_the_field_grows_with_its_lines_up_to_a_limit(composer):
    one = composer.text.height()
    composer.text.setPlainText("a\n" * 3)
    four = composer.text.height()
    composer.text.setPlainText("a\n" * 100)
    assert one < four < composer.text.height()
    assert composer.text.height() <= MAX_LINES * composer.text.fontMetrics().lineSpacing() + 20


def test_editing_can_be_left(composer, qtbot):
    assert composer._leave.isHidden()
    composer.display_editing(editing=True)
    assert not composer._leave.isHidden()
    with qtbot.waitSignal(composer.edit_cancelled):
        composer._leave.click()


def test_that_others_can_read_is_shown_by_more_than_words(composer):
    composer.display(ComposerView("Others can read this.", usable=True, exposed=True), busy=False)
    assert composer.place_label.text() == "Others can read this."
    assert composer._place_icon.isVisibleTo(composer)
    assert composer.property("exposed") is True
    composer.display(HERE, busy=False)
    assert not composer._place_icon.isVisibleTo(composer)
    assert composer.property("exposed") is False


def test_files_go_with_the_words_and_come_back(composer, qtbot):
    message = joined([Attachment("a.txt", "content")], "Why?")
    composer.put(message)
    assert composer.text.toPlainText() == "Why?"
    assert composer.message() == message
    with qtbot.waitSignal(composer.sent) as signal:
        qtbot.keyClick(composer.text, Qt.Key.Key_Return)
    assert signal.args == [message]
    assert composer.message() == ""


def test_a_file_alone_can_be_sent(composer, qtbot):
    composer.put(joined([Attachment("a.txt", "content")], ""))
    with qtbot.waitSignal(composer.sent):
        composer._button.click()


def test_what_is_too_long_stays_and_says_so(composer, qtbot):
    composer.put(joined([Attachment("a.txt", "x" * 1_999_990)], "Why is that so?"))
    with qtbot.assertNotEmitted(composer.sent):
        composer._button.click()
    assert composer.attached.problem.words.text() == "This is too long for one message."
    assert composer.text.toPlainText() == "Why is that so?"


def test_a_message_that_is_put_there_goes_on_at_its_end(composer, qtbot):
    composer.put("A draft")
    qtbot.keyClicks(composer.text, " goes on")
    assert composer.message() == "A draft goes on"
