"""Everything about this computer that the rules of sharing ask for, and what it draws.

A look may take a second where a desktop is slow to answer: it belongs on a thread of its own.
"""

import time
from collections.abc import Callable, Iterable
from pathlib import Path

from closedmesh.host import awake, hardware, microphone, power, presence, readings
from closedmesh.models.duty import Situation
from closedmesh.models.energy import Power, combine
from closedmesh.models.hours import Minute, Moment


class Machine:
    """This computer; `models` lies on the disk that may fill up."""

    def __init__(self, models: Path) -> None:
        self._models = models
        self._power = power.PowerMeter()
        self._load = power.LoadMeter()
        self._let_go: Callable[[], None] | None = None

    def look(self, now: float) -> Situation:
        """Its situation at `now` (Unix time, seconds). What only a peer knows (models to share,
        uploads, credits) is left at nothing."""
        on_battery, charge = readings.battery()
        return Situation(
            now=now,
            moment=self.moment(now),
            idle_seconds=presence.idle_seconds(),
            on_battery=on_battery,
            charge=charge,
            metered=readings.metered(),
            full_screen=presence.full_screen(),
            in_call=microphone.in_use(),
            celsius=readings.celsius(),
            memory_free=hardware.memory().available,
            disk_free=hardware.disk_free(self._models),
        )

    def on_battery(self) -> bool | None:
        """Whether it runs on battery; `None` where it has none."""
        return readings.battery()[0]

    def power(self, now: float, workers: Iterable[int]) -> Power | None:
        """What it draws; `now` in seconds of a clock that never goes back. `workers` are the
        process ids of our models."""
        return combine(self._power.read(now), self._load.read(now, workers))

    def moment(self, now: float) -> Moment:
        """The time of the week on its clock."""
        local = time.localtime(now)
        return Moment(local.tm_wday, Minute(local.tm_hour * 60 + local.tm_min))

    def day(self, now: float) -> str:
        """The date on its clock, like `2026-03-29`."""
        return time.strftime("%Y-%m-%d", time.localtime(now))

    def stay_awake(self, why: str) -> bool:
        """Do not fall asleep for want of use; whether the system grants it."""
        if self._let_go is None:
            self._let_go = awake.hold(why)
        return self._let_go is not None

    def may_sleep(self) -> None:
        """Fall asleep as before."""
        if self._let_go is not None:
            self._let_go()
            self._let_go = None

    def close(self) -> None:
        """Let go of drivers."""
        self.may_sleep()
        self._power.close()
