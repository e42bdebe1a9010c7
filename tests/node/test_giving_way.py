from closedmesh.models.giving_way import CALM, Pace
from closedmesh.node.giving_way import READ_EVERY, GivingWay
from tests.conftest import running


class Engines:
    """Remembers the pace it is told."""

    def __init__(self):
        self.pace = Pace()
        self.pids = (7,)

    def processes(self):
        return self.pids

    def go(self, pace):
        self.pace = pace


class Others:
    """Other programs, as busy as a test says."""

    def __init__(self):
        self.busy = 0.0
        self.asked_for = []

    def __call__(self, pids):
        self.asked_for.append(pids)
        return self.busy


async def wait(clock, seconds):
    for _ in range(round(seconds / READ_EVERY)):
        await clock.advance(READ_EVERY)


async def test_models_step_down_within_a_second_and_come_back(clock):
    engines, others = Engines(), Others()
    async with running(GivingWay(engines, lambda: True, others, clock).run()):
        await wait(clock, 2)
        assert not engines.pace.giving_way
        others.busy = 1.9
        await wait(clock, 1)
        assert engines.pace.taken == 2
        others.busy = 0.0
        await wait(clock, CALM + 1)
        assert not engines.pace.giving_way
    assert set(others.asked_for) == {(7,)}


async def test_nobody_is_watched_where_no_model_is_in_memory_or_it_is_switched_off(clock):
    engines, others = Engines(), Others()
    wanted = True
    others.busy = 3.0
    async with running(GivingWay(engines, lambda: wanted, others, clock).run()):
        await wait(clock, 1)
        assert engines.pace.taken == 3
        wanted = False
        await wait(clock, 1)
        assert not engines.pace.giving_way
        wanted, engines.pids = True, ()
        others.asked_for.clear()
        await wait(clock, 1)
        assert not others.asked_for
