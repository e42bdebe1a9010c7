from datetime import UTC, datetime

from closedmesh.node.clock import SystemClock


async def test_the_systems_clock_is_the_systems():
    clock = SystemClock()
    assert abs(clock.now() - datetime.now(UTC).timestamp()) < 60
    first = clock.monotonic()
    await clock.sleep(0)
    assert clock.monotonic() >= first
