"""A computer whose readings a test sets."""

from collections.abc import Iterable

from msgspec import structs

from closedmesh.models.duty import Situation
from closedmesh.models.energy import Kind, Power
from closedmesh.models.hours import Minute, Moment

NOON = Moment(0, Minute(12 * 60))


class FakeMachine:
    """Monday noon, nobody there, nothing in the way."""

    def __init__(self) -> None:
        self.situation = Situation(now=0.0, moment=NOON)
        self.watts: float | None = None
        self.today = "2026-03-02"
        self.looks = 0
        self.grants = True
        self.awake: str | None = None
        """Why it stays awake, if it does."""

    def look(self, now: float) -> Situation:
        self.looks += 1
        return structs.replace(self.situation, now=now)

    def on_battery(self) -> bool | None:
        return self.situation.on_battery

    def power(self, now: float, workers: Iterable[int]) -> Power | None:
        return None if self.watts is None else Power(self.watts, Kind.MEASURED, "battery")

    def stay_awake(self, why: str) -> bool:
        self.awake = why if self.grants else None
        return self.grants

    def may_sleep(self) -> None:
        self.awake = None

    def moment(self, now: float) -> Moment:
        return self.situation.moment

    def day(self, now: float) -> str:
        return self.today
