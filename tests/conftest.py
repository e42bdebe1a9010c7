"""The few fixtures that every test may use."""

import asyncio
import logging
import os
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.support.clock import FakeClock, settle

# The same examples every time, however slow the computer is: a failure is one for everybody.
settings.register_profile(
    "steady", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

if sys.platform != "linux":
    # They import what is only there: the bus and the screen of its desktops, network namespaces.
    collect_ignore = [
        "desktop/test_window.py",
        "host/test_bus.py",
        "host/test_presence_linux.py",
        "scenarios/test_nat.py",
    ]


@pytest.fixture(scope="session")
def starter_model() -> Path:
    """The file of the real starter model."""
    default = Path(sys.prefix) / "share" / "closedmesh" / "models"
    folder = Path(os.environ.get("CLOSEDMESH_TEST_MODELS", default))
    path = folder / "SmolLM2-135M-Instruct.Q4_1.gguf"
    assert path.is_file(), "run `python3 installers/develop.py test`, which fetches the model"
    return path


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def logging_undone():
    """Logging belongs to the whole process: what a test changes is undone."""
    root, ours = logging.getLogger(), logging.getLogger("closedmesh")
    before = (root.level, ours.level, list(root.handlers), sys.excepthook)
    yield
    for handler in [h for h in root.handlers if h not in before[2]]:
        root.removeHandler(handler)
        handler.close()
    root.setLevel(before[0])
    ours.setLevel(before[1])
    sys.excepthook = before[3]


@asynccontextmanager
async def running(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Run a service for the length of a block, and make sure that it ends."""
    async with asyncio.TaskGroup() as group:
        task = group.create_task(work)
        await settle()
        yield
        task.cancel()
