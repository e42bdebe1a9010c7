import pytest

from closedmesh.engine.cache import WORTH, Cache
from tests.support.arithmetic_model import ArithmeticModel

LONG = list(range(1, 60)) * 3


def filled(cache, client, tokens):
    """A place that has read tokens and is free again."""
    place = cache.take(client, tokens)
    fill(cache, place, tokens)
    cache.release(place)
    return place


def fill(cache, place, tokens):
    new = tokens[len(place.tokens) :]
    cache._memory.cache[place.sequence].extend(new)
    place.tokens.extend(new)


def checked(cache, place):
    """Tokens of a place, which are those that the model has."""
    assert cache._memory.cache[place.sequence] == place.tokens
    return place.tokens


@pytest.fixture
def cache():
    return Cache(ArithmeticModel(slots=2), 10_000)


def test_a_conversation_finds_its_own_place(cache):
    first = filled(cache, "a", [1, 2, 3])
    filled(cache, "b", [9, 9])
    again = cache.take("a", [1, 2, 3, 4, 5])
    assert again is first
    assert checked(cache, again) == [1, 2, 3]


def test_the_last_token_is_always_read_again(cache):
    filled(cache, "a", [1, 2, 3])
    assert checked(cache, cache.take("a", [1, 2, 3])) == [1, 2]


def test_nothing_of_one_client_is_used_for_another(cache):
    filled(cache, "a", LONG)
    place = cache.take("b", LONG)
    assert checked(cache, place) == []
    fill(cache, place, LONG)
    assert checked(cache, cache.take("c", LONG)) == []


def test_a_conversation_without_a_place_is_put_aside_and_brought_back(cache):
    filled(cache, "a", LONG)
    for other in "bcd":
        filled(cache, other, [ord(other)] * 100)
    assert checked(cache, cache.take("a", [*LONG, 7])) == LONG


def test_without_memory_for_it_nothing_is_put_aside():
    cache = Cache(ArithmeticModel(slots=1), 0)
    filled(cache, "a", LONG)
    filled(cache, "b", [5] * 100)
    assert checked(cache, cache.take("a", [*LONG, 7])) == []


def test_the_longest_unused_makes_room():
    cache = Cache(ArithmeticModel(slots=1), 250)
    for client in "abc":
        filled(cache, client, [ord(client)] * 120)
    filled(cache, "d", [1])
    assert [kept.client for kept in cache._kept] == ["b", "c"]


def test_a_running_answers_prompt_is_copied_for_the_same_client(cache):
    running = cache.take("a", LONG)
    fill(cache, running, LONG)
    fork = cache.take("a", [*LONG[: WORTH + 10], 60, 61])
    assert fork is not running
    assert checked(cache, fork) == LONG[: WORTH + 10]
    assert checked(cache, running) == LONG


def test_a_model_that_forgets_all_or_nothing_starts_afresh():
    cache = Cache(ArithmeticModel(slots=1, forgets_parts=False), 0)
    filled(cache, "a", [1, 2, 3])
    assert checked(cache, cache.take("a", [1, 2, 4, 5])) == []


def test_places_in_use_lie_side_by_side():
    cache = Cache(ArithmeticModel(slots=5), 0)
    taken = [cache.take(client, [1, 2]) for client in "abcde"]
    assert [place.sequence for place in taken] == [0, 1, 2, 3, 4]
    for number in (4, 1, 3):
        cache.release(taken[number])
    assert [cache.take(client, [1, 2]).sequence for client in "fg"] == [1, 3]


def test_after_a_failed_step_nothing_is_believed(cache):
    filled(cache, "a", LONG)
    cache.clear()
    assert checked(cache, cache.take("a", [*LONG, 7])) == []


def test_conversations_are_those_in_places_and_those_put_aside(cache):
    for client in "abc":
        filled(cache, client, [ord(client)] * 100)
    cache.take("d", [1, 2])
    kept = {k.client: (k.tokens, k.state.tolist()) for k in cache.conversations()}
    assert set(kept) == {"a", "b", "c"}
    assert all(list(tokens) == state == [ord(c)] * 100 for c, (tokens, state) in kept.items())
