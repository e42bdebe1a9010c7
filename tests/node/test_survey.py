import asyncio
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from msgspec import structs

from closedmesh.models.duty import Reason
from closedmesh.models.energy import Kind
from closedmesh.node.diary import Diary
from closedmesh.node.survey import LOOK_EVERY, NOTE_EVERY, SAMPLE_EVERY, Survey
from closedmesh.settings import EnergySettings, Settings, SharingSettings
from tests.conftest import running
from tests.support.machine import FakeMachine

SHARED = Settings(sharing=SharingSettings(share=True, idle_minutes=0))


class Bench:
    """A survey with everything it stands on."""

    def __init__(self, clock, store, settings=SHARED):
        self.machine, self.clock, self.store = FakeMachine(), clock, store
        self.settings = settings
        self.changes = 0
        self.survey = Survey(self.machine, clock, store, lambda: self.settings, self._changed)
        self.survey.shareable = lambda: 1

    def _changed(self):
        self.changes += 1

    async def advance(self, seconds):
        await self.clock.advance(seconds)
        await self.settled()

    async def settled(self):
        """Looks and samples are made on the one thread, each after the one before."""
        for _ in range(5):
            await asyncio.get_running_loop().run_in_executor(None, threading.get_ident)
            await self.clock.advance(0)


@pytest.fixture
async def bench(clock, store):
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
    return Bench(clock, store)


async def test_nothing_is_looked_at_while_sharing_is_off(bench):
    bench.settings = Settings()
    async with running(bench.survey.run()):
        await bench.settled()
        await bench.advance(LOOK_EVERY)
        assert bench.machine.looks == 0
        assert bench.survey.sharing.reason is Reason.OFF


async def test_switching_on_is_seen_at_once(bench):
    bench.settings = Settings()
    async with running(bench.survey.run()):
        await bench.settled()
        bench.settings = SHARED
        bench.survey.hurry()
        await bench.settled()
        assert bench.survey.sharing.on
        assert bench.changes >= 1


async def test_before_the_first_look_nothing_is_shared(bench):
    assert not bench.survey.decide().on
    bench.survey.pause(None)
    assert not bench.survey.sharing.on


async def test_a_rule_is_named_with_its_words_and_what_to_do(bench):
    bench.machine.situation = structs.replace(bench.machine.situation, metered=True)
    async with running(bench.survey.run()):
        await bench.settled()
        sharing = bench.survey.sharing
        assert (sharing.reason, sharing.blocking) == (Reason.METERED, (Reason.METERED,))
        assert sharing.text == "The network costs by the byte."
        bench.survey.share_anyway(bench.clock.now() + 3600)
        assert bench.survey.sharing.on


async def test_a_pause_outlives_the_program(bench, clock, store):
    async with running(bench.survey.run()):
        await bench.settled()
        bench.survey.pause(clock.now() + 3600)
        assert bench.survey.sharing.reason is Reason.PAUSED
    again = Bench(clock, store)
    async with running(again.survey.run()):
        await again.settled()
        assert again.survey.sharing.reason is Reason.PAUSED
        again.survey.resume()
        assert again.survey.sharing.on


async def test_a_changed_rule_holds_at_once(bench):
    bench.machine.situation = structs.replace(bench.machine.situation, full_screen=True)
    async with running(bench.survey.run()):
        await bench.settled()
        assert bench.survey.sharing.reason is Reason.FULL_SCREEN
        sharing = structs.replace(bench.settings.sharing, full_screen=True)
        bench.settings = structs.replace(bench.settings, sharing=sharing)
        assert bench.survey.decide().on


async def test_the_diary_learns_what_held_when(bench, store):
    async with running(bench.survey.run()):
        await bench.settled()
        began = bench.clock.now()
        for _ in range(int(NOTE_EVERY / LOOK_EVERY) + 1):
            await bench.advance(LOOK_EVERY)
        bench.survey.pause(None)
    on, paused = Diary(store).duties(0.0)
    assert (on.began, on.reason, paused.reason) == (began, Reason.ON, Reason.PAUSED)
    assert on.ended == paused.began


async def test_uploads_of_the_month_count_against_the_limit(bench):
    sharing = structs.replace(bench.settings.sharing, upload_gb_a_month=1e-6)
    bench.settings = structs.replace(bench.settings, sharing=sharing)
    async with running(bench.survey.run()):
        await bench.settled()
        bench.survey.uploaded(600)
        assert bench.survey.decide().on
        bench.survey.uploaded(400)
        assert bench.survey.decide().reason is Reason.UPLOAD
        bench.machine.today = "2026-04-01"
        assert bench.survey.decide().on


async def test_an_answer_is_told_what_it_took(bench):
    bench.settings = structs.replace(
        bench.settings, energy=EnergySettings(price=0.5, night_price=0.1)
    )
    bench.machine.watts = 10.0
    async with running(bench.survey.run()):
        await bench.settled()
        for _ in range(5):
            await bench.advance(LOOK_EVERY)
        bench.machine.watts = 46.0
        answer = bench.survey.begin()
        await bench.settled()
        for _ in range(10):
            await bench.advance(SAMPLE_EVERY)
        taken = await bench.survey.end(answer)
        bench.survey.abandon(answer)
        assert taken.watt_hours == pytest.approx(36 * 10 / 3600, rel=0.01)
        assert taken.source == "battery"
        energy = bench.survey.energy
        assert (energy.watts, energy.kind, energy.idle_watts) == (46.0, Kind.MEASURED, 10.0)
        assert energy.today_wh == pytest.approx(taken.watt_hours)
        assert energy.today_cost == pytest.approx(taken.watt_hours / 1000 * 0.5)


async def test_an_answer_that_was_given_up_counts_for_the_day(bench):
    bench.machine.watts = 10.0
    async with running(bench.survey.run()):
        await bench.settled()
        for _ in range(5):
            await bench.advance(LOOK_EVERY)
        bench.machine.watts = 46.0
        answer = bench.survey.begin()
        await bench.settled()
        for _ in range(10):
            await bench.advance(SAMPLE_EVERY)
        bench.survey.abandon(answer)
        assert bench.survey.energy.today_wh == pytest.approx(36 * 10 / 3600, rel=0.01)


async def test_where_nothing_tells_the_energy_is_unknown(bench):
    async with running(bench.survey.run()):
        await bench.settled()
        answer = bench.survey.begin()
        taken = await bench.survey.end(answer)
        assert (taken.watt_hours, taken.source) == (None, "unknown")
        assert bench.survey.energy.watts is None


async def test_a_wish_that_cannot_be_read_is_none(clock, store):
    store.remember("sharing-wish", "{nonsense")
    bench = Bench(clock, store)
    async with running(bench.survey.run()):
        await bench.settled()
        assert bench.survey.sharing.on


AWAKE = Settings(sharing=structs.replace(SHARED.sharing, stay_awake=True))


@pytest.mark.parametrize(
    ("settings", "serving", "on_battery", "awake"),
    [
        (AWAKE, 1, None, True),
        (AWAKE, 1, False, True),
        (AWAKE, 1, True, False),
        (AWAKE, 0, False, False),
        (SHARED, 1, False, False),
    ],
)
async def test_it_stays_awake_only_while_it_answers_others_on_mains(
    bench, settings, serving, on_battery, awake
):
    bench.settings = settings
    bench.machine.situation = structs.replace(bench.machine.situation, on_battery=on_battery)
    bench.survey.serving = lambda: serving
    async with running(bench.survey.run()):
        await bench.settled()
        assert (bench.machine.awake is not None) is awake
        bench.survey.serving = lambda: 0
        await bench.advance(LOOK_EVERY)
        assert bench.machine.awake is None


async def test_what_is_finished_after_sharing_was_switched_off_keeps_it_awake_too(bench):
    bench.settings = AWAKE
    bench.survey.serving = lambda: 1
    async with running(bench.survey.run()):
        await bench.settled()
        sharing = structs.replace(AWAKE.sharing, share=False)
        bench.settings = structs.replace(AWAKE, sharing=sharing)
        await bench.advance(LOOK_EVERY)
        assert bench.survey.sharing.reason is Reason.OFF
        assert bench.machine.awake
        looks = bench.machine.looks
        bench.machine.situation = structs.replace(bench.machine.situation, on_battery=True)
        await bench.advance(LOOK_EVERY)
        assert bench.machine.awake is None
        assert bench.machine.looks == looks


async def test_a_day_earns_as_much_as_is_wanted(bench):
    sharing = structs.replace(SHARED.sharing, credits_a_day=2.0)
    bench.settings = structs.replace(SHARED, sharing=sharing)
    async with running(bench.survey.run()):
        await bench.settled()
        for earned, reason in ((1.999, Reason.ON), (2.0, Reason.CREDITS)):
            bench.survey.earned = lambda earned=earned: earned
            assert bench.survey.decide().reason is reason
        assert bench.survey.sharing.text == "Today's 2 credits are earned."
        assert Reason.CREDITS in bench.survey.sharing.blocking
        bench.survey.earned = lambda: 0.0
        assert bench.survey.decide().on


async def test_it_may_sleep_once_the_watch_ends(bench):
    bench.settings = AWAKE
    bench.survey.serving = lambda: 1
    async with running(bench.survey.run()):
        await bench.settled()
        assert bench.machine.awake
    assert bench.machine.awake is None


async def test_where_the_system_does_not_grant_it_nothing_else_changes(bench):
    bench.settings = AWAKE
    bench.machine.grants = False
    bench.survey.serving = lambda: 1
    async with running(bench.survey.run()):
        await bench.settled()
        assert bench.survey.sharing.on
