import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from closedmesh.errors import BadRequest, ConversationNotFound
from closedmesh.models.chat import Message, Role, Sampling
from closedmesh.models.conversations import (
    Again,
    ChatOptions,
    ConversationId,
    EntryId,
    EntryState,
    Say,
    branch,
    versions,
)
from closedmesh.node.conversations import NEW_TITLE, TITLE_FROM_TEXT, Conversations
from closedmesh.node.store import Store
from closedmesh.settings import ChatSettings
from tests.support.clock import FakeClock
from tests.support.control import receipt


@pytest.fixture
def chats(store, clock):
    return Conversations(store, ChatSettings, clock)


def told(chats, text, answer="", *, chat=None, parent=None, state=EntryState.COMPLETE):
    """A turn that has been answered; its chat, and where it is kept."""
    chat = chat or chats.new(None).summary.id
    begun = chats.begin(Say(chat, parent, text))
    done = receipt() if state is EntryState.COMPLETE else None
    chats.finish(begun.recorded.reply, answer, state, done)
    return chat, begun.recorded


def texts(chats, chat):
    return [entry.text for entry in branch(chats.read(chat))]


def test_a_chat_keeps_question_answer_and_receipt(chats):
    chat, recorded = told(chats, "Hi", "Hello.")
    question, reply = branch(chats.read(chat))
    assert (question.text, question.role, question.id) == ("Hi", Role.USER, recorded.question)
    assert (reply.text, reply.state, reply.receipt) == ("Hello.", EntryState.COMPLETE, receipt())


def test_a_new_chat_has_the_options_of_the_settings(store, clock):
    settings = ChatSettings(system_prompt="Be brief.", temperature=0.1, max_tokens=9)
    chats = Conversations(store, lambda: settings, clock)
    options = chats.new(None).options
    assert (options.system_prompt, options.max_tokens) == ("Be brief.", 9)
    assert options.sampling.temperature == 0.1


def test_options_are_kept(chats):
    options = ChatOptions(model="m", system_prompt="s", sampling=Sampling(seed=5, top_p=0.5))
    chat = chats.new(options).summary.id
    assert chats.read(chat).options == options
    chats.configure(chat, ChatOptions())
    assert chats.read(chat).options == ChatOptions()


def test_the_first_message_is_the_title_until_a_person_gives_one(chats):
    chat = chats.new(None).summary.id
    assert chats.read(chat).summary.title == NEW_TITLE
    chats.begin(Say(chat, None, "  What\n is  this? "))
    assert chats.read(chat).summary.title == "What is this?"
    chats.rename(chat, " Mine ")
    chats.begin(Say(chat, None, "Other words"))
    assert chats.read(chat).summary.title == "Mine"


def test_a_long_first_message_makes_a_short_title(chats):
    chat, _ = told(chats, "word " * 100)
    title = chats.read(chat).summary.title
    assert len(title) <= TITLE_FROM_TEXT
    assert title.endswith("…")


def test_the_model_is_shown_the_chosen_branch(chats):
    chat, first = told(chats, "one", "eins")
    begun = chats.begin(Say(chat, first.reply, "two"))
    assert begun.messages == (
        Message(Role.USER, "one"),
        Message(Role.ASSISTANT, "eins"),
        Message(Role.USER, "two"),
    )


def test_the_system_prompt_comes_first(chats):
    chat = chats.new(ChatOptions(system_prompt="Be brief.")).summary.id
    begun = chats.begin(Say(chat, None, "one"))
    assert begun.messages[0] == Message(Role.SYSTEM, "Be brief.")


def test_an_answer_that_never_came_joins_the_questions(chats):
    chat, first = told(chats, "one", "", state=EntryState.FAILED)
    begun = chats.begin(Say(chat, first.reply, "two"))
    assert begun.messages == (Message(Role.USER, "one\n\ntwo"),)


def test_an_edit_keeps_the_old_branch(chats):
    chat, first = told(chats, "one", "eins")
    told(chats, "uno", "1", chat=chat)
    assert texts(chats, chat) == ["uno", "1"]
    chats.choose(chat, first.question)
    assert texts(chats, chat) == ["one", "eins"]
    detail = chats.read(chat)
    assert [e.text for e in versions(detail)[None, Role.USER]] == ["one", "uno"]


def test_another_answer_is_a_sibling_of_the_first(chats):
    chat, first = told(chats, "one", "eins")
    again = chats.begin(Again(chat, first.question))
    chats.finish(again.recorded.reply, "un", EntryState.COMPLETE, receipt())
    assert texts(chats, chat) == ["one", "un"]
    assert chats.choose(chat, first.reply).leaf == first.reply
    assert texts(chats, chat) == ["one", "eins"]


def test_choosing_a_branch_goes_down_to_its_latest_leaf(chats):
    chat, first = told(chats, "one", "eins")
    _, second = told(chats, "two", "zwei", chat=chat, parent=first.reply)
    told(chats, "other", "x", chat=chat)
    assert chats.choose(chat, first.question).leaf == second.reply


@pytest.mark.parametrize("turn", [
    lambda chat, turn: Say(chat, EntryId(999), "x"),
    lambda chat, turn: Again(chat, EntryId(999)),
    lambda chat, turn: Say(ConversationId("nobody"), None, "x"),
])  # fmt: skip
def test_what_does_not_exist_cannot_be_answered(chats, turn):
    chat, recorded = told(chats, "one", "eins")
    with pytest.raises(ConversationNotFound):
        chats.begin(turn(chat, recorded))


def test_only_a_question_can_be_asked_again(chats):
    chat, recorded = told(chats, "one", "eins")
    with pytest.raises(BadRequest):
        chats.begin(Again(chat, recorded.reply))


def test_nothing_follows_an_answer_that_is_still_being_written(chats):
    chat = chats.new(None).summary.id
    begun = chats.begin(Say(chat, None, "one"))
    with pytest.raises(BadRequest, match="still being written"):
        chats.begin(Say(chat, begun.recorded.reply, "two"))


def test_an_entry_of_another_chat_is_not_this_ones(chats):
    _, other = told(chats, "secret", "x")
    chat, _ = told(chats, "one", "eins")
    with pytest.raises(ConversationNotFound):
        chats.choose(chat, other.reply)


def test_pinned_chats_come_first_then_the_latest(chats, clock):
    ids = []
    for text in ("a", "b", "c"):
        ids.append(told(chats, text, "x")[0])
        clock._now += 10
    chats.pin(ids[0], pinned=True)
    assert [s.id for s in chats.summaries("")] == [ids[0], ids[2], ids[1]]
    chats.pin(ids[0], pinned=False)
    assert [s.id for s in chats.summaries("")] == [ids[2], ids[1], ids[0]]


def test_a_search_finds_beginnings_of_words_in_texts_and_titles(chats):
    whale, _ = told(chats, "Tell me of the sea", "The humpback whale sings.")
    told(chats, "Bread", "Flour and water.")
    assert [s.id for s in chats.summaries("hump sing")] == [whale]
    assert "humpback" in chats.summaries("hump")[0].excerpt
    chats.rename(whale, "Animals 100%")
    assert [s.id for s in chats.summaries("100%")] == [whale]
    assert chats.summaries("whale bread") == ()


def test_a_search_sees_what_was_changed(chats):
    chat = chats.new(None).summary.id
    begun = chats.begin(Say(chat, None, "one"))
    chats.save(begun.recorded.reply, "zebra")
    assert len(chats.summaries("zebra")) == 1
    chats.save(begun.recorded.reply, "horse")
    assert chats.summaries("zebra") == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=30))
def test_no_search_is_an_error(chats, text):
    if not chats.summaries(""):
        told(chats, "some words", "other words")
    chats.summaries(text)


def test_a_deleted_chat_is_gone_until_it_is_restored(chats):
    chat, _ = told(chats, "one", "eins")
    chats.delete(chat)
    assert chats.summaries("") == ()
    assert chats.summaries("eins") == ()
    with pytest.raises(ConversationNotFound):
        chats.read(chat)
    chats.restore(chat)
    assert texts(chats, chat) == ["one", "eins"]


def test_a_purged_chat_leaves_no_bytes_behind(store, chats, tmp_path):
    chat, _ = told(chats, "needle-in-a-haystack", "x")
    told(chats, "kept", "x")
    chats.delete(chat)
    chats.purge()
    store.close()
    data = b"".join(p.read_bytes() for p in tmp_path.iterdir())
    assert b"kept" in data
    assert b"needle-in-a-haystack" not in data
    again = Store.open(tmp_path / "closedmesh.db")
    with pytest.raises(ConversationNotFound):
        Conversations(again, ChatSettings, FakeClock()).restore(chat)
    again.close()


def test_after_a_crash_what_was_being_written_counts_as_interrupted(store, chats, clock):
    chat = chats.new(None).summary.id
    begun = chats.begin(Say(chat, None, "one"))
    chats.save(begun.recorded.reply, "half an ans")
    Conversations(store, ChatSettings, clock).recover()
    reply = branch(chats.read(chat))[-1]
    assert (reply.text, reply.state) == ("half an ans", EntryState.INTERRUPTED)
