import asyncio

import pytest

from closedmesh.node.tasks import background


async def test_what_runs_ends_with_the_block():
    async with background() as group:
        task = group.create_task(asyncio.Event().wait())
        await asyncio.sleep(0)
        assert not task.done()
    assert task.cancelled()


async def test_an_error_of_the_block_leaves_as_it_is():
    async def work():
        async with background() as group:
            group.create_task(asyncio.Event().wait())
            raise KeyError

    with pytest.raises(KeyError):
        await work()


async def test_a_task_that_fails_ends_the_block():
    async def fail():
        raise KeyError

    async def work():
        async with background() as group:
            group.create_task(fail())
            await asyncio.Event().wait()

    with pytest.raises(ExceptionGroup) as raised:
        await work()
    assert raised.group_contains(KeyError)


async def test_being_cancelled_ends_everything():
    begun = asyncio.Event()
    inside = []

    async def work():
        async with background() as group:
            inside.append(group.create_task(asyncio.Event().wait()))
            begun.set()
            await asyncio.Event().wait()

    task = asyncio.ensure_future(work())
    await begun.wait()
    task.cancel()
    await asyncio.wait([task])
    assert task.cancelled()
    assert inside[0].cancelled()


async def test_being_cancelled_before_it_began_is_no_failure():
    async def work():
        async with background():
            raise AssertionError

    for moments in range(3):
        task = asyncio.ensure_future(work())
        for _ in range(moments):
            await asyncio.sleep(0)
        task.cancel()
        await asyncio.wait([task])
        assert task.cancelled()
