from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.engine.messages import Priority
from closedmesh.engine.queue import Queue
from tests.support.requests import raw


def asked(number, client, priority=Priority.USER):
    return structs.replace(raw("x", client=client, priority=priority), id=number)


def queue_of(*requests):
    queue = Queue()
    for request in requests:
        queue.add(request)
    return queue


def order(queue):
    return [queue.take().id for _ in range(len(queue))]


def test_the_owner_goes_first_and_what_can_wait_goes_last():
    queue = queue_of(
        asked(1, "probe", Priority.BACKGROUND), asked(2, "a"), asked(3, "owner", Priority.OWNER)
    )
    assert queue.urgent()
    assert [request.id for request in queue] == [3, 2, 1]
    assert order(queue) == [3, 2, 1]


def test_one_that_asks_much_does_not_hold_up_the_others():
    queue = queue_of(*(asked(n, "greedy") for n in range(1, 6)), asked(6, "modest"))
    assert order(queue) == [1, 6, 2, 3, 4, 5]


def test_a_newcomer_does_not_pass_a_client_that_has_had_its_turns():
    queue = queue_of(*(asked(n, "old") for n in range(1, 4)))
    queue.take()
    queue.take()
    queue.add(asked(4, "new"))
    assert order(queue) == [3, 4]


def test_a_forgotten_request_has_no_turn():
    queue = queue_of(asked(1, "a"), asked(2, "b", Priority.BACKGROUND))
    assert queue.remove(1)
    assert not queue.remove(1)
    assert not queue.urgent()
    assert order(queue) == [2]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(list(Priority))), max_size=30))
def test_everybody_has_one_turn_and_it_is_the_one_that_was_told(clients):
    queue = queue_of(*(asked(n, *facts) for n, facts in enumerate(clients, 1)))
    told = [request.id for request in queue]
    assert order(queue) == told
    assert sorted(told) == list(range(1, len(clients) + 1))


def test_who_has_credits_goes_before_who_has_none_and_after_the_owner():
    every = (Priority.BACKGROUND, Priority.USER, Priority.EARNER, Priority.OWNER)
    queue = queue_of(*(asked(n, f"client {n}", each) for n, each in enumerate(every, 1)))
    assert order(queue) == [4, 3, 2, 1]


def test_among_those_who_have_credits_every_client_has_its_turn():
    queue = queue_of(
        *(asked(n, "a", Priority.EARNER) for n in (1, 2, 3)), asked(4, "b", Priority.EARNER)
    )
    assert order(queue) == [1, 4, 2, 3]
