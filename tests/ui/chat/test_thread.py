import pytest
from PySide6.QtWidgets import QPushButton

from closedmesh.models.chat import Role
from closedmesh.models.conversations import (
    ChatOptions,
    ConversationDetail,
    ConversationId,
    ConversationSummary,
    Entry,
    EntryId,
    EntryState,
)
from closedmesh.ui.chat.thread import PART, STEP, Thread, examples


def chat(count, *, chat_id="chat", last=EntryState.COMPLETE, text="word"):
    """A chat of `count` messages, one below the other."""
    entries = tuple(
        Entry(
            EntryId(n),
            EntryId(n - 1) if n > 1 else None,
            Role.USER if n % 2 else Role.ASSISTANT,
            f"{text} {n}",
            last if n == count else EntryState.COMPLETE,
            float(n),
        )
        for n in range(1, count + 1)
    )
    summary = ConversationSummary(ConversationId(chat_id), "Chat", pinned=False, updated=1.0)
    return ConversationDetail(summary, ChatOptions(), entries, EntryId(count) if count else None)


@pytest.fixture
def thread(theme, qtbot):
    thread = Thread(theme)
    qtbot.addWidget(thread)
    thread.resize(600, 300)
    thread.show()
    return thread


def shown(thread):
    """Numbers of the messages from top to bottom."""
    layout = thread._layout
    widgets = [layout.itemAt(n).widget() for n in range(layout.count())]
    by_widget = {widget: entry for entry, widget in thread._widgets.items()}
    return [by_widget[widget] for widget in widgets if widget in by_widget]


def drawn(thread):
    """Nothing more will be drawn by itself."""
    return not thread._timer.isActive()


def at_end(thread):
    bar = thread.verticalScrollBar()
    return bar.maximum() > 0 and bar.value() == bar.maximum()


def test_an_empty_chat_invites_and_offers_examples(thread, qtbot):
    thread.display(None, {})
    assert thread._empty.isVisible()
    with qtbot.waitSignal(thread.example_chosen) as chosen:
        next(b for b in thread.findChildren(QPushButton) if b.text() == examples()[1]).click()
    assert chosen.args == [examples()[1]]
    thread.display(chat(2), {})
    assert not thread._empty.isVisible()


def test_messages_stand_in_order_and_the_last_is_seen(thread, qtbot):
    thread.display(chat(20), {})
    qtbot.waitUntil(lambda: drawn(thread))
    assert shown(thread) == list(range(1, 21))
    qtbot.waitUntil(lambda: at_end(thread))


def test_a_long_chat_shows_its_end_and_the_rest_on_request(thread, qtbot):
    thread.display(chat(PART + 25), {})
    assert shown(thread) == list(range(PART + 26 - STEP, PART + 26))
    qtbot.waitUntil(lambda: drawn(thread))
    assert shown(thread) == list(range(26, PART + 26))
    assert at_end(thread)
    thread._earlier.click()
    qtbot.waitUntil(lambda: drawn(thread))
    assert shown(thread) == list(range(1, PART + 26))
    assert not thread._earlier.isVisible()


def test_widgets_are_kept_when_a_message_is_added(thread):
    thread.display(chat(3), {})
    before = dict(thread._widgets)
    thread.display(chat(4), {})
    assert {entry: thread._widgets[entry] for entry in before} == before
    thread.display(chat(2), {})
    assert shown(thread) == [1, 2]


def test_another_chat_begins_anew(thread):
    thread.display(chat(3), {})
    before = thread._widgets[1]
    thread.display(chat(3, chat_id="other"), {})
    assert thread._widgets[1] is not before


def test_what_is_being_written_is_shown_and_followed(thread, qtbot):
    thread.display(chat(8, last=EntryState.WRITING), {})
    thread.display_growing(EntryId(8), "", "Loading …")
    assert thread._widgets[8]._waiting.text() == "Loading …"
    for lines in (10, 40):
        thread.display_growing(EntryId(8), "line\n\n" * lines, "Loading …")
        qtbot.waitUntil(lambda: at_end(thread))
    assert thread._widgets[8]._waiting.isHidden()


def test_a_person_who_reads_further_up_is_left_there(thread, qtbot):
    thread.display(chat(30, last=EntryState.WRITING), {})
    qtbot.waitUntil(lambda: drawn(thread) and at_end(thread))
    bar = thread.verticalScrollBar()
    bar.setValue(10)
    height = bar.maximum()
    thread.display_growing(EntryId(30), "line\n\n" * 40, "")
    qtbot.waitUntil(lambda: bar.maximum() > height)
    assert bar.value() == 10
    thread.go_to_end()
    assert at_end(thread)


def test_text_for_a_message_that_is_not_there_is_nothing(thread):
    thread.display(chat(2), {})
    thread.display_growing(EntryId(99), "text", "")
    assert shown(thread) == [1, 2]


def test_another_thread_goes_on_where_a_person_reads(theme, thread, qtbot):
    long = chat(30)
    thread.display(long, {})
    bar = thread.verticalScrollBar()
    qtbot.waitUntil(lambda: drawn(thread) and len(shown(thread)) == 30 and bar.maximum() > 500)
    bar.setValue(300)

    other = Thread(theme)
    qtbot.addWidget(other)
    other.resize(thread.size())
    other.display(long, {})
    other.go_to(thread.place)
    other.show()
    qtbot.waitUntil(lambda: other.verticalScrollBar().value() == 300)
    assert len(shown(other)) == 30
