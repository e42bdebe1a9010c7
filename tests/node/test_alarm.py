import asyncio

import pytest

from closedmesh.node.alarm import open_alarm
from tests.support.clock import settle


async def test_a_wait_within_its_time_is_left_alone(clock):
    async with open_alarm(clock) as alarm:
        for _ in range(3):
            async with alarm.within(5.0):
                await asyncio.sleep(0)
            await clock.advance(4.0)


async def test_a_wait_that_takes_too_long_ends(clock):
    async def wait():
        async with open_alarm(clock) as alarm, alarm.within(5.0):
            await asyncio.Event().wait()

    waiting = asyncio.ensure_future(wait())
    await settle()
    for _ in range(4):
        await clock.advance(1.0)
    assert not waiting.done()
    for _ in range(3):
        await clock.advance(1.0)
    with pytest.raises(TimeoutError):
        await waiting
