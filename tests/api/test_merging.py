import asyncio
from contextlib import aclosing

import pytest

from closedmesh.api.merging import merged


class Source:
    """Counts as far as it is let, and says whether it was closed."""

    def __init__(self, name):
        self.name = name
        self.gate = asyncio.Semaphore(0)
        self.closed = False
        self.error = None

    def let(self, count=1):
        for _ in range(count):
            self.gate.release()

    async def events(self, count):
        try:
            for i in range(count):
                await self.gate.acquire()
                if self.error:
                    raise self.error
                yield f"{self.name}{i}"
        finally:
            self.closed = True


async def test_events_come_as_they_happen_each_source_in_order():
    a, b = Source("a"), Source("b")
    b.let(1)
    got = []
    async with aclosing(merged([a.events(2), b.events(2)])) as events:
        async for event in events:
            got.append(event)
            (a if len(got) < 3 else b).let()
    assert got == [(1, "b0"), (0, "a0"), (0, "a1"), (1, "b1")]
    assert a.closed
    assert b.closed


async def test_a_single_source_is_passed_on_and_closed():
    a = Source("a")
    a.let(2)
    async with aclosing(merged([a.events(5)])) as events:
        assert [await anext(events), await anext(events)] == [(0, "a0"), (0, "a1")]
        assert not a.closed
    assert a.closed


async def test_the_first_error_ends_all():
    a, b = Source("a"), Source("b")
    a.error = b.error = ValueError("x")
    a.let()
    b.let()
    async with aclosing(merged([a.events(1), b.events(1)])) as events:
        with pytest.raises(ValueError, match="x"):
            await anext(events)
    assert a.closed
    assert b.closed


async def test_closing_it_closes_what_still_waits():
    a, b = Source("a"), Source("b")
    a.let()
    async with aclosing(merged([a.events(5), b.events(5)])) as events:
        assert await anext(events) == (0, "a0")
    assert a.closed
    assert b.closed
