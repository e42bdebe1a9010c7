import asyncio

import pytest

from closedmesh.node.clock import SystemClock, within
from tests.support.clock import settle


async def test_it_tells_the_time():
    clock = SystemClock()
    assert clock.now() > 1_700_000_000
    before = clock.monotonic()
    await clock.sleep(0)
    assert clock.monotonic() >= before


async def test_what_is_done_in_time_gives_its_result(clock):
    async def work():
        return 3

    assert await within(clock, 1.0, work()) == 3


async def test_what_is_too_late_is_cancelled(clock):
    ended = asyncio.Event()

    async def work():
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.ensure_future(within(clock, 1.0, work()))
    await settle()
    await clock.advance(1.0)
    with pytest.raises(TimeoutError):
        await waiting
    assert ended.is_set()


async def test_who_waits_can_be_cancelled(clock):
    ended = asyncio.Event()

    async def work():
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    waiting = asyncio.ensure_future(within(clock, 1.0, work()))
    await settle()
    waiting.cancel()
    await asyncio.wait([waiting])
    assert waiting.cancelled()
    assert ended.is_set()
