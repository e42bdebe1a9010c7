"""The few fixtures that every test may use."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest

from tests.support.clock import FakeClock, settle


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run a service for the length of a block, and make sure that it ends."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        await settle()
        yield
        task.cancel()
