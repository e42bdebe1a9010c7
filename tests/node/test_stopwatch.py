from closedmesh.engine.messages import Done, Queued, Started, Tokens
from closedmesh.models.chat import FinishReason
from closedmesh.models.speed import Taken
from closedmesh.node.stopwatch import stopwatch


async def timed(clock, *messages):
    """The messages, one a second."""
    for message in messages:
        await clock.advance(1)
        yield message


async def test_times_are_taken_where_messages_arrive(clock):
    taken = await stopwatch(
        timed(
            clock,
            Queued(1, 2, 3.0),
            Started(1, 200, 50, 0),
            Tokens(1, "a", 1),
            Tokens(1, "bc", 3),
            Tokens(1, "d", 4),
            Done(1, FinishReason.LENGTH, 4),
        ),
        clock,
    )
    assert taken == Taken(150, started=2.0, first=3.0, first_count=1, last=5.0, last_count=4)


async def test_an_answer_without_tokens_took_nothing(clock):
    ended = (Started(1, 2, 0, 0), Done(1, FinishReason.STOP, 0))
    assert await stopwatch(timed(clock, *ended), clock) is None
