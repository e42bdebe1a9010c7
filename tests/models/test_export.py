import json

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

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
from closedmesh.models.export import MAX_NAME, file_name, to_json, to_markdown
from tests.support.control import receipt


def entry(number, parent, role, text, state=EntryState.COMPLETE, **more):
    return Entry(EntryId(number), parent and EntryId(parent), role, text, state, 1.0, **more)


CHAT = ConversationDetail(
    ConversationSummary(ConversationId("c1"), "Sea and sky", pinned=False, updated=1_795_500_000.0),
    ChatOptions(system_prompt="Be brief."),
    (
        entry(1, None, Role.USER, "Why blue?"),
        entry(2, 1, Role.ASSISTANT, "Old answer"),
        entry(3, 1, Role.ASSISTANT, "Rayleigh.", receipt=receipt()),
        entry(4, 3, Role.USER, "More"),
        entry(5, 4, Role.ASSISTANT, "Half", EntryState.FAILED, problem="It died."),
    ),
    EntryId(5),
)


def test_markdown_reads_like_the_window():
    assert (
        to_markdown(CHAT)
        == """# Sea and sky

## System

Be brief.

## You

Why blue?

## Answer

Rayleigh.

*smollm2-135m-instruct-q4_1, served by local*

## You

More

## Answer

Half

*(It died.)*
"""
    )


def test_json_holds_every_branch_and_can_be_read_again():
    facts = json.loads(to_json(CHAT))
    assert facts["format"] == "closedmesh-chat-1"
    assert msgspec.convert(facts["conversation"], ConversationDetail) == CHAT


def named(title):
    return structs.replace(CHAT, summary=structs.replace(CHAT.summary, title=title))


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Sea and sky", "2026-11-24 Sea and sky.md"),
        ("../../etc/passwd", "2026-11-24 etc passwd.md"),
        ('a:b*c?"<>|', "2026-11-24 a b c.md"),
        ("…", "2026-11-24 Chat.md"),
        ("", "2026-11-24 Chat.md"),
    ],
)
def test_a_file_is_named_after_day_and_title(title, name):
    assert file_name(named(title), "md") == name


@given(st.text(max_size=200))
def test_any_title_makes_a_name_that_every_system_takes(title):
    name = file_name(named(title), "json")
    assert not set(name) & set('/\\:*?"<>|\0\n\r')
    assert len(name) <= MAX_NAME + len("2026-11-24 ") + len(".json")
    assert not name.startswith((".", " "))
    to_markdown(named(title))
