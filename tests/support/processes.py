"""What tests ask the system about processes."""

import asyncio
import os
import signal

import psutil


def kill(pid):
    """End a process as the system does when memory runs out."""
    os.kill(pid, signal.SIGKILL)


def lives(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def until(condition, what, seconds=20.0):
    """Wait for something outside of this process, which no clock of ours moves."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - another process sets no event of ours
            await asyncio.sleep(0.02)
    assert condition(), what
