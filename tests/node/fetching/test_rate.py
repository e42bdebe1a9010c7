from closedmesh.node.fetching.rate import Limiter, Meter
from tests.support.clock import FakeClock


class Waiting(FakeClock):
    """Waits take as long as asked, at once."""

    async def sleep(self, seconds):
        self._now += seconds


async def test_without_a_limit_nothing_waits():
    clock = Waiting()
    await Limiter(lambda: 0.0, clock).take(10**12)
    assert clock.now() == 0


async def test_bytes_come_no_faster_than_the_limit():
    clock = Waiting()
    limiter = Limiter(lambda: 1000.0, clock)
    for _ in range(100):
        await limiter.take(100)
    assert 9.5 <= clock.now() <= 10.5


async def test_a_new_limit_holds_at_once():
    clock, limit = Waiting(), [1000.0]
    limiter = Limiter(lambda: limit[0], clock)
    await limiter.take(1000)
    limit[0] = 100.0
    before = clock.now()
    await limiter.take(1000)
    assert clock.now() - before >= 9.5


async def test_the_rate_is_that_of_the_last_seconds():
    clock = FakeClock()
    meter = Meter(clock)
    assert meter.measure(0) == 0
    await clock.advance(2)
    assert meter.measure(200) == 100
    await clock.advance(10)
    assert meter.measure(200) == 0
    await clock.advance(1)
    assert meter.measure(0) == 0
