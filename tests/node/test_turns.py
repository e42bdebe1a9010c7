import pytest

from closedmesh.mesh.addresses import Address
from closedmesh.node.turns import FIRST_PAUSE, LONGEST_PAUSE, VISITED, Turns
from tests.support.clock import FakeClock
from tests.support.mesh import MEMBER, NOW, key

ENTRIES = [Address(key(f"entry {number}").node) for number in range(5)]


@pytest.fixture
def clock():
    return FakeClock(NOW)


@pytest.fixture
def turns(clock):
    return Turns(MEMBER.node, clock)


def fail(turns, *entries):
    assert list(turns.noted(entries, [False] * len(entries))) == []


def test_a_peer_turns_to_the_same_few_entries(turns):
    first = turns.next(ENTRIES, set(), 0)

    assert len(first) == VISITED
    assert turns.next(ENTRIES[::-1], set(), 0) == first
    assert turns.next(ENTRIES, {each.node for each in first}, VISITED) == []


async def test_who_does_not_answer_is_left_alone_for_longer_each_time(turns, clock):
    first, second = turns.next(ENTRIES, set(), 0)
    fail(turns, first)
    assert list(turns.noted([second], [True])) == [second.node]
    assert len(turns.next(ENTRIES, {first.node, second.node}, 1)) == 1
    assert first not in turns.next(ENTRIES, set(), 0)

    await clock.advance(FIRST_PAUSE)
    assert turns.next(ENTRIES, set(), 0)[0] == first
    fail(turns, first)
    await clock.advance(FIRST_PAUSE)
    assert first not in turns.next(ENTRIES, set(), 0)
    for _ in range(9):
        fail(turns, first)
    await clock.advance(LONGEST_PAUSE)
    assert turns.next(ENTRIES, set(), 0)[0] == first


def test_when_nobody_answers_all_are_tried(turns):
    fail(turns, *ENTRIES)

    assert {each.node for each in turns.next(ENTRIES, set(), 0)} == {e.node for e in ENTRIES}
    assert turns.next(ENTRIES, {each.node for each in ENTRIES}, 0) == []
