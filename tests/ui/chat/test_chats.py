import pytest
from msgspec import structs

from closedmesh.control import DeleteConversation, ListConversations, RestoreConversation
from closedmesh.models.conversations import ConversationId, ConversationSummary
from closedmesh.ui.chat.chats import ChatList


def summary(name, title, **more):
    facts = {"pinned": False, "updated": 1.0, "excerpt": ""} | more
    return ConversationSummary(ConversationId(name), title, **facts)


@pytest.fixture
def chats(bridge, theme, qtbot):
    chats = ChatList(bridge, theme)
    qtbot.addWidget(chats)
    chats.show()
    chats._take((summary("a", "First", pinned=True), summary("b", "Second")))
    return chats


def lines(chats):
    return [chats.list.item(i).text() for i in range(chats.list.count())]


def test_chats_stand_as_they_come_and_pins_are_marked(chats):
    assert lines(chats) == ["First", "Second"]
    assert not chats.list.item(0).icon().isNull()
    assert chats.list.item(1).icon().isNull()


def test_a_click_opens_a_chat(chats, qtbot):
    with qtbot.waitSignal(chats.chosen) as chosen:
        chats.list.itemClicked.emit(chats.list.item(1))
    assert chosen.args == ["b"]


def test_the_open_chat_is_marked_and_the_list_is_not_made_anew_for_it(chats):
    chats.mark(ConversationId("b"))
    assert chats.list.currentItem().text() == "Second"
    before = chats.list.item(0)
    chats.mark(ConversationId("b"))
    assert chats.list.item(0) is before
    chats.mark(None)
    assert chats.list.currentItem() is None


def test_what_was_found_stands_below_the_title_on_one_line(chats):
    chats._take((summary("a", "Whales", excerpt="the\nblue\x1bwhale"),))
    assert lines(chats) == ["Whales\nthe blue\ufffdwhale"]


def test_hostile_titles_are_only_words(chats):
    chats._take((summary("a", "\u202egpj.<b>exe"),))
    assert lines(chats) == ["[U+202E]gpj.<b>exe"]


def test_a_search_without_a_find_says_so(chats, qtbot, control):
    chats.search.setText("zebra")
    qtbot.waitUntil(lambda: ListConversations("zebra") in control.done)
    qtbot.waitUntil(chats._nothing.isVisible)
    chats.search.clear()
    qtbot.waitUntil(lambda: not chats._nothing.isVisible())


def test_what_can_be_done_with_a_chat_depends_on_it(chats):
    def words(chat):
        return [action.text() for action in chats.menu_for(ConversationId(chat)).actions()]

    assert "No longer pinned" in words("a")
    assert "Pin to the top" in words("b")
    assert "Delete" in words("b")


def test_a_deletion_can_be_undone_for_a_while(chats, qtbot, control, monkeypatch):
    monkeypatch.setattr(control, "_result", lambda command: ())
    gone = structs.replace(summary("b", "Second"), title="Second " * 30)
    with qtbot.waitSignal(chats.deleted):
        chats.delete(gone)
    assert chats._undo.isVisible()
    assert len(chats._undo_words.text()) < 80
    with qtbot.waitSignal(chats.chosen) as reopened:
        chats._restore()
    assert reopened.args == ["b"]
    assert not chats._undo.isVisible()
    wanted = [DeleteConversation(ConversationId("b")), RestoreConversation(ConversationId("b"))]
    assert [command for command in control.done if command in wanted] == wanted
