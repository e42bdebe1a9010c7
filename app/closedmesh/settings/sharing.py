"""What may be chosen about sharing this computer, and what its energy costs."""

from typing import Annotated

from msgspec import Struct

from closedmesh.models.duty import Leaving, Rules
from closedmesh.models.hours import MAX_LENGTH, Hours, Moment
from closedmesh.settings.wording import about


class SharingSettings(Struct, frozen=True):
    """Sharing"""

    share: Annotated[bool, about("Answer other members' questions with this computer.")] = False
    models: Annotated[
        tuple[str, ...], about("Models that others may use, by name; empty is all of them.")
    ] = ()
    idle_minutes: Annotated[
        float,
        about("Minutes without keyboard and mouse before sharing begins; 0 is at once.", ge=0.0),
    ] = 5.0
    on_battery: Annotated[bool, about("Share on battery too, above the next setting.")] = False
    battery_floor: Annotated[
        float, about("Charge that must be left to share on battery, percent.", ge=0.0, le=100.0)
    ] = 80.0
    on_metered: Annotated[bool, about("Share on networks that cost by the byte.")] = False
    full_screen: Annotated[
        bool, about("Share while a program fills the screen or keeps it on.")
    ] = False
    in_call: Annotated[bool, about("Share while the microphone or the camera is in use.")] = False
    hours: Annotated[
        tuple[str, ...],
        about('When to share, like "mon-fri 22:00-07:00"; empty is always.'),
    ] = ()
    heat_limit: Annotated[
        float, about("Stop above this temperature, degrees Celsius; 0 never.", ge=0.0, le=120.0)
    ] = 90.0
    upload_gb_a_month: Annotated[
        float, about("Most that is sent to others in a month, GB; 0 is no limit.", ge=0.0)
    ] = 0.0
    credits_a_day: Annotated[
        float, about("Stop when so many credits were earned in a day; 0 is no limit.", ge=0.0)
    ] = 0.0
    requests: Annotated[
        int,
        about("Questions of others answered at the same time; 0 is as many as fit.", ge=0),
    ] = 0
    files_limit: Annotated[
        float,
        about("Model files go to members at this rate at most, MB a second; 0 is never.", ge=0.0),
    ] = 2.0
    keep_disk_free_gb: Annotated[
        float, about("Stop when less than this is free on the disk, GB.", ge=0.0)
    ] = 1.0
    leaving: Annotated[
        Leaving,
        about("When sharing stops in mid-answer: finish, hand over to another peer, or stop now."),
    ] = Leaving.FINISH
    stay_awake: Annotated[
        bool,
        about("Do not fall asleep while something of others is answered, unless on battery."),
    ] = False

    def __post_init__(self) -> None:
        for text in self.hours:
            Hours.parse(text)

    def rules(self, keep_free_mb: int) -> Rules:
        """What the person allows; `keep_free_mb` is the engine's setting."""
        return Rules(
            idle_minutes=self.idle_minutes,
            on_battery=self.on_battery,
            battery_floor=self.battery_floor,
            metered=self.on_metered,
            full_screen=self.full_screen,
            in_call=self.in_call,
            hours=tuple(Hours.parse(text) for text in self.hours),
            heat_limit=self.heat_limit,
            memory_floor=keep_free_mb * 2**20,
            disk_floor=int(self.keep_disk_free_gb * 1e9),
            upload_limit=int(self.upload_gb_a_month * 1e9),
            credits_limit=self.credits_a_day,
        )


class EnergySettings(Struct, frozen=True):
    """Energy"""

    price: Annotated[float, about("What a kWh costs you; 0 shows no cost.", ge=0.0)] = 0.0
    currency: Annotated[str, about("Sign of that price.", max_length=8)] = "€"
    night_price: Annotated[
        float, about("What a kWh costs at night; 0 is the same as by day.", ge=0.0)
    ] = 0.0
    night_hours: Annotated[
        str, about('When the night price holds, like "22:00-06:00".', max_length=MAX_LENGTH)
    ] = "22:00-06:00"

    def __post_init__(self) -> None:
        Hours.parse(self.night_hours)

    def price_at(self, moment: Moment) -> float:
        """What a kWh costs at a time of the week."""
        night = self.night_price > 0 and Hours.parse(self.night_hours).include(moment)
        return self.night_price if night else self.price
