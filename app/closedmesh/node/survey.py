"""Watches this computer: decides whether others may be answered, and measures what answers take.

While sharing is switched off nothing of the person's presence is read. Power is read now and
then to know the idle level, and every second while something is answered.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import msgspec
from msgspec import structs

from closedmesh.models.duty import (
    Duty,
    Leaving,
    Pause,
    Reason,
    Rules,
    Situation,
    Span,
    Wish,
    action_for,
    blocking,
    decide,
    explain,
)
from closedmesh.models.energy import Kind, Meter, Power
from closedmesh.models.hours import Moment
from closedmesh.node.clock import Clock, within
from closedmesh.node.diary import Diary
from closedmesh.node.store import Store
from closedmesh.settings import Settings
from closedmesh.status import Energy, Sharing

log = logging.getLogger(__name__)

LOOK_EVERY = 5.0
"""Seconds between two looks at the computer, and two samples of its power, while it rests."""

SAMPLE_EVERY = 1.0
"""Seconds between two samples of power while something is answered."""

SETTLING = 0.05
"""Seconds from the beginning of an answer to a sample: its first tokens are not computed beside
it."""

NOTE_EVERY = 60.0
"""Seconds after which the diary learns that a reason still holds."""

DAY = 24 * 3600.0
"""Seconds."""

WISH = "sharing-wish"

STAY_AWAKE = "Answering other members of the mesh"
"""Shown by the system to whoever asks why it does not sleep."""


class Machine(Protocol):
    """What is needed of this computer; may take a second, and is called on a thread."""

    def look(self, now: float) -> Situation:
        """Its situation; what only the peer knows is left at nothing."""
        ...

    def on_battery(self) -> bool | None:
        """Whether it runs on battery; `None` where it has none."""
        ...

    def power(self, now: float, workers: Iterable[int]) -> Power | None:
        """What it draws; `now` in seconds of a clock that never goes back. `workers` are the
        process ids of our models."""
        ...

    def stay_awake(self, why: str) -> bool:
        """Do not fall asleep for want of use; whether the system grants it."""
        ...

    def may_sleep(self) -> None:
        """Fall asleep as before."""
        ...

    def day(self, now: float) -> str:
        """The date on its clock, like `2026-03-29`."""
        ...

    def moment(self, now: float) -> Moment:
        """The time of the week on its clock."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What an answer took above the idle level."""

    watt_hours: float | None
    """`None` where nothing tells."""
    source: str
    """What was read; beginning with "estimated" unless it was measured."""


class Survey:
    """The watch. `changed` is called whenever a status would look different."""

    def __init__(
        self,
        machine: Machine,
        clock: Clock,
        store: Store,
        settings: Callable[[], Settings],
        changed: Callable[[], None],
    ) -> None:
        self._machine = machine
        self._clock = clock
        self._store = store
        self._settings = settings
        self._changed = changed
        self._diary = Diary(store)
        self._meter = Meter()
        self._power: Power | None = None
        self._wish = _remembered(store)
        self._rules = Rules()
        self._situation: Situation | None = None
        self._duty: Duty | None = None
        self._noted = 0.0
        self._running: set[str] = set()
        self._number = 0
        self._wake = asyncio.Event()
        self._turn = asyncio.Event()
        self._measuring = asyncio.Lock()
        self.shareable: Callable[[], int] = lambda: 0
        """How many models others may use; the mesh tells."""
        self.serving: Callable[[], int] = lambda: 0
        """How many questions of others are being answered; the mesh tells."""
        self.workers: Callable[[], tuple[int, ...]] = tuple
        """Ids of the processes that hold a model; the engines tell."""
        self.earned: Callable[[], float] = lambda: 0.0
        """Credits of this day."""

    async def run(self) -> None:
        """Look and measure until cancelled."""
        try:
            while True:
                await self._measure()
                await self._look()
                self.decide()
                await self._keep_awake()
                await self._wait()
        finally:
            self._machine.may_sleep()

    async def _look(self) -> None:
        if self._settings().sharing.share:
            now = self._clock.now()
            self._situation = await asyncio.to_thread(self._machine.look, now)
        else:
            self._situation = None

    async def _keep_awake(self) -> None:
        """Only while something of others is answered: they would lose it."""
        wanted = self._settings().sharing.stay_awake and self.serving() > 0
        on_battery: bool | None = False
        if wanted:
            on_battery = await asyncio.to_thread(self._machine.on_battery)
        if on_battery or not wanted:
            await asyncio.to_thread(self._machine.may_sleep)
        elif not await asyncio.to_thread(self._machine.stay_awake, STAY_AWAKE):
            log.debug("this system does not let us keep it awake")

    async def _wait(self) -> None:
        self._wake.clear()
        pause = SAMPLE_EVERY if self._running else LOOK_EVERY
        with suppress(TimeoutError):
            await within(self._clock, pause, self._wake.wait())
            if self._running:
                await self._clock.sleep(SETTLING)

    def hurry(self) -> None:
        """Look again now: the settings were changed."""
        self._wake.set()

    def decide(self) -> Duty:
        """Whether others may be answered now, by the last look and the person's wish."""
        settings, now = self._settings(), self._clock.now()
        if settings.sharing.share and self._situation is None:
            self.hurry()
            return self._duty or Duty(Reason.OFF, now)
        rules = settings.sharing.rules(settings.engine.keep_free_mb)
        before = self._duty if rules == self._rules else None
        self._rules = rules
        wish = structs.replace(self._wish, share=settings.sharing.share)
        duty = decide(rules, wish, self._now(now), before)
        if duty != self._duty:
            self._note_change(duty, now)
            self._duty = duty
            self._turn.set()
            self._turn = asyncio.Event()
            self._changed()
        elif now - self._noted >= NOTE_EVERY:
            self._note(duty, now)
        return duty

    def _now(self, now: float) -> Situation:
        """The last look with what the peer itself knows."""
        seen = self._situation or Situation(now=now, moment=self._machine.moment(now))
        return structs.replace(
            seen,
            now=now,
            shareable=self.shareable(),
            uploaded=self._diary.uploaded(self._machine.day(now)[: len("2026-03")]),
            earned=self.earned(),
        )

    def _note_change(self, duty: Duty, now: float) -> None:
        if self._duty is not None and self._duty.reason is not duty.reason:
            log.info("sharing: %s", duty.reason)
            self._note(self._duty, now)
            self._note(duty, now)

    def _note(self, duty: Duty, now: float) -> None:
        self._noted = now
        self._diary.note(duty.since, max(now, duty.since), duty.reason)

    @property
    def sharing(self) -> Sharing:
        """The decision, for a status."""
        duty = self._duty or Duty(Reason.OFF, self._clock.now())
        seen = self._now(duty.since) if self._situation else None
        return Sharing(
            reason=duty.reason,
            text=explain(duty.reason, self._rules),
            since=duty.since,
            until=duty.until,
            action=action_for(duty.reason),
            blocking=blocking(self._rules, seen) if seen and duty.reason is not Reason.OFF else (),
            serving=self.serving(),
        )

    async def turned(self) -> None:
        """Until something about the decision is different."""
        await self._turn.wait()

    @property
    def leaving(self) -> Leaving:
        """What becomes of answers in progress where others may no longer be answered."""
        pause = self._wish.pause
        paused = self._duty is not None and self._duty.reason is Reason.PAUSED
        gently = paused and pause is not None and pause.finish
        return Leaving.FINISH if gently else self._settings().sharing.leaving

    def day(self, at: float) -> str:
        """The local date of a moment, like `2026-03-29`."""
        return self._machine.day(at)

    @property
    def energy(self) -> Energy:
        """What is drawn, for a status."""
        watt_hours, cost = self._diary.energy(self._machine.day(self._clock.now()))
        known = Energy(
            idle_watts=self._meter.idle_watts,
            answering_watts=self._meter.answering_watts,
            today_wh=watt_hours,
            today_cost=cost,
        )
        if (power := self._power) is None:
            return known
        return structs.replace(known, watts=power.watts, kind=power.kind, source=power.source)

    def duties(self) -> tuple[Span, ...]:
        """What held when in the last day, oldest first; the last one still holds."""
        now = self._clock.now()
        if self._duty is not None:
            self._note(self._duty, now)
        return self._diary.duties(now - DAY)

    def pause(self, until: float | None, *, finish: bool = False) -> None:
        """Answer nobody else until then, or until it is resumed."""
        self._want(structs.replace(self._wish, pause=Pause(until, finish), anyway_until=0.0))

    def resume(self) -> None:
        """End a pause."""
        self._want(structs.replace(self._wish, pause=None))

    def share_anyway(self, until: float) -> None:
        """Pass over the rules that protect only the person until then."""
        self._want(structs.replace(self._wish, pause=None, anyway_until=until))

    def _want(self, wish: Wish) -> None:
        self._wish = wish
        self._store.remember(WISH, msgspec.json.encode(wish).decode())
        self.decide()

    def uploaded(self, size: int) -> None:
        """Count bytes that were sent to others."""
        self._diary.add_upload(self._machine.day(self._clock.now()), size)

    def begin(self) -> str:
        """An answer begins; `end` or `abandon` must follow. The answer's name."""
        self._number += 1
        answer = f"answer {self._number}"
        self._running.add(answer)
        self._wake.set()
        self._meter.begin(answer, self._clock.monotonic())
        return answer

    async def end(self, answer: str) -> Taken:
        """An answer is complete: what it took."""
        self._meter.end(answer, self._clock.monotonic())
        await self._measure()
        return self._take(answer)

    def abandon(self, answer: str) -> None:
        """An answer is over, complete or not; what it took is counted if it was not yet."""
        self._take(answer)

    def _take(self, answer: str) -> Taken:
        self._running.discard(answer)
        watt_hours = self._meter.take(answer)
        if watt_hours is None or self._power is None:
            return Taken(None, "unknown")
        now = self._clock.now()
        price = self._settings().energy.price_at(self._machine.moment(now))
        self._diary.add_energy(self._machine.day(now), watt_hours, watt_hours / 1000 * price)
        kind = "" if self._power.kind is Kind.MEASURED else f"{self._power.kind}, "
        return Taken(watt_hours, f"{kind}{self._power.source}")

    async def _measure(self) -> None:
        async with self._measuring:
            now = self._clock.monotonic()
            self._power = await asyncio.to_thread(self._machine.power, now, self.workers())
            if self._power is not None:
                self._meter.sample(self._power.watts, now, self._power.caused)


def _remembered(store: Store) -> Wish:
    known = store.fact(WISH)
    try:
        return msgspec.json.decode(known, type=Wish) if known else Wish()
    except msgspec.DecodeError:
        return Wish()
