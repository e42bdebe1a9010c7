"""Runs over engines that answer at a speed that the test chooses."""

import pytest
from msgspec import structs

from closedmesh.errors import ClosedMeshError, EngineDied
from closedmesh.models.giving_way import Pace
from closedmesh.models.speed import ENOUGH, FRESH_FOR, Taken
from closedmesh.node.measuring import LOOK_EVERY, QUIET, TRIES, Measuring
from tests.conftest import running
from tests.support.control import MODEL


class Engines:
    """One model in memory, at rest unless a test says otherwise."""

    def __init__(self):
        self.pace = Pace()
        self.models = (MODEL,)
        self.used_threads = 2
        self.built = "llama.cpp 1"
        self.outcomes = []
        self.requests = []
        self.quiet_for = None

    def resting(self, seconds):
        self.quiet_for = seconds
        return self.models

    def threads(self, model):
        return self.used_threads

    async def build(self, model):
        return self.built

    async def measure(self, model, request):
        self.requests.append(request)
        outcome = self.outcomes.pop(0) if self.outcomes else taken()
        if isinstance(outcome, Exception):
            raise outcome
        return outcome


def taken(decode=50.0):
    return Taken(200, started=0.0, first=0.5, first_count=1, last=0.5 + 31 / decode, last_count=32)


class Bench:
    def __init__(self, store, clock):
        self.engines = Engines()
        self.clock = clock
        self.wanted = True
        self.measuring = Measuring(self.engines, store, lambda: self.wanted, clock, lambda: None)

    async def look(self, times=1):
        for _ in range(times):
            await self.clock.advance(LOOK_EVERY)

    @property
    def shown(self):
        return self.measuring.show(MODEL)


@pytest.fixture
async def bench(store, clock):
    await clock.advance(1_000_000)
    bench = Bench(store, clock)
    async with running(bench.measuring.run()):
        yield bench


async def test_a_model_at_rest_is_measured_until_that_is_enough(bench):
    assert bench.shown is None
    await bench.look()
    assert (bench.shown.samples, bench.shown.decode_tps) == (1, 50.0)
    assert bench.shown.prefill_tps == 400.0
    assert bench.engines.quiet_for == QUIET
    await bench.look(ENOUGH + 3)
    assert bench.shown.samples == ENOUGH
    assert len(bench.engines.requests) == ENOUGH


async def test_no_two_runs_read_the_same(bench):
    await bench.look(ENOUGH)
    assert len({request.prompt.text for request in bench.engines.requests}) == ENOUGH


async def test_old_figures_are_made_anew(bench):
    await bench.look(ENOUGH)
    await bench.clock.advance(FRESH_FOR)
    await bench.look(2)
    assert bench.shown.samples == 3


async def test_nothing_is_measured_while_somebody_needs_the_computer(bench):
    bench.engines.models = ()
    await bench.look(3)
    bench.engines.models, bench.engines.pace = (MODEL,), Pace(taken=1)
    await bench.look(3)
    bench.engines.pace, bench.wanted = Pace(), False
    await bench.look(3)
    assert not bench.engines.requests


async def test_a_run_that_was_disturbed_does_not_count(bench):
    bench.engines.outcomes = [TimeoutError(), None, EngineDied("It died.", "Ask again.")]
    await bench.look(3)
    assert bench.shown is None
    await bench.look()
    assert bench.shown.samples == 1


async def test_each_build_and_number_of_threads_has_figures_of_its_own(bench):
    await bench.look(ENOUGH)
    bench.engines.used_threads = 4
    bench.engines.outcomes = [taken(decode=80.0)]
    await bench.look()
    assert (bench.shown.samples, bench.shown.threads, bench.shown.decode_tps) == (1, 4, 80.0)
    bench.engines.used_threads = 2
    assert (bench.shown.samples, bench.shown.decode_tps) == (ENOUGH, 50.0)
    bench.engines.used_threads = 0
    assert bench.shown.threads == 4, "out of memory: as it ran last"


async def test_figures_are_made_at_once_when_a_person_wants_them(bench):
    bench.engines.outcomes = [TimeoutError(), taken(10.0), taken(20.0), taken(30.0)]
    speed = await bench.measuring.now(structs.replace(MODEL))
    assert speed.samples == ENOUGH
    assert speed.decode_tps == 30.0


async def test_figures_made_beside_other_work_say_so_and_are_not_kept(bench):
    bench.engines.pace = Pace(taken=1)
    assert (await bench.measuring.now(MODEL)).disturbed
    assert bench.shown is None
    bench.engines.pace = Pace()
    assert not (await bench.measuring.now(MODEL)).disturbed
    assert bench.shown.samples == ENOUGH


async def test_a_model_that_is_in_use_all_the_time_cannot_be_measured(bench):
    bench.engines.outcomes = [TimeoutError()] * TRIES
    with pytest.raises(ClosedMeshError, match="in use"):
        await bench.measuring.now(MODEL)
