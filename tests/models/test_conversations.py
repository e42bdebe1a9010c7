from closedmesh.models.chat import Role
from closedmesh.models.conversations import (
    ChatOptions,
    ConversationDetail,
    ConversationId,
    ConversationSummary,
    Entry,
    EntryId,
    EntryState,
    branch,
    versions,
)


def entry(number, parent, role):
    return Entry(
        EntryId(number), parent and EntryId(parent), role, str(number), EntryState.COMPLETE, 0.0
    )


TREE = (
    entry(1, None, Role.USER),
    entry(2, 1, Role.ASSISTANT),
    entry(3, 1, Role.ASSISTANT),
    entry(4, 3, Role.USER),
    entry(5, None, Role.USER),
)


def detail(leaf):
    summary = ConversationSummary(ConversationId("c"), "T", pinned=False, updated=0.0)
    return ConversationDetail(summary, ChatOptions(), TREE, leaf)


def test_a_branch_goes_from_the_first_message_to_the_leaf():
    assert [e.id for e in branch(detail(4))] == [1, 3, 4]
    assert [e.id for e in branch(detail(5))] == [5]
    assert branch(detail(None)) == ()


def test_versions_stand_at_the_same_place():
    found = versions(detail(4))
    assert [e.id for e in found[EntryId(1), Role.ASSISTANT]] == [2, 3]
    assert [e.id for e in found[None, Role.USER]] == [1, 5]
    assert [e.id for e in found[EntryId(3), Role.USER]] == [4]
    assert sum(map(len, found.values())) == len(TREE)
