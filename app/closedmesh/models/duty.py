"""May this computer answer others now? One decision, with exactly one reason.

`decide` is the only place that knows. Tray, Sharing page, `status` and the refusal that an asker
gets all show the words of `explain`, so they cannot disagree. A reading that this computer does
not give (`None`) forbids nothing. Leaving duty is immediate; coming back after a rule waits
`HOLD` seconds, so that a value that hovers around a limit does not flap.
"""

from enum import StrEnum

from msgspec import Struct, structs

from closedmesh.models.hours import MINUTES, Hours, Moment, next_change

HOLD = 60.0
"""Seconds that everything must be well before a rule's stop is lifted."""

CHARGE_MARGIN = 5.0
"""Percent of charge above the limit before sharing on battery begins again."""

HEAT_MARGIN = 5.0
"""Degrees Celsius below the limit before sharing begins again after heat."""


class Reason(StrEnum):
    """Why this computer shares or not; the first that applies is the one."""

    OFF = "off"
    """The switch is off."""
    NOTHING = "nothing-to-share"
    """No model that others may use is on this disk."""
    PAUSED = "paused"
    """By the person."""
    HEAT = "heat"
    DISK = "disk"
    MEMORY = "memory"
    BATTERY = "battery"
    METERED = "metered"
    FULL_SCREEN = "full-screen"
    CALL = "call"
    IN_USE = "in-use"
    HOURS = "hours"
    UPLOAD = "upload"
    CREDITS = "credits"
    ON = "on"
    """Sharing."""


PROTECTIVE = frozenset({Reason.HEAT, Reason.DISK, Reason.MEMORY})
"""Rules that "share anyway" does not override: they protect the machine, not the person."""

RULES = frozenset(
    {
        *PROTECTIVE,
        Reason.BATTERY,
        Reason.METERED,
        Reason.FULL_SCREEN,
        Reason.CALL,
        Reason.IN_USE,
        Reason.HOURS,
        Reason.UPLOAD,
        Reason.CREDITS,
    }
)
"""Reasons that come from the rules, and go away by themselves."""

_HOVERING = frozenset(
    {*PROTECTIVE, Reason.BATTERY, Reason.METERED, Reason.FULL_SCREEN, Reason.CALL}
)
"""Rules whose readings may change to and fro within a moment; the others bring their own wait."""


class Leaving(StrEnum):
    """What becomes of answers in progress when this computer is no longer shared. A question
    whose answer has not begun is refused in any case, as if it came a moment later."""

    FINISH = "finish"
    """They are finished."""
    HAND_OVER = "hand-over"
    """They go on elsewhere where another peer has the model, and are finished where none has."""
    NOW = "now"
    """They stop; the asker may go on elsewhere if somebody has the model."""


class Action(StrEnum):
    """The one thing a person can do about a reason."""

    SWITCH_ON = "switch-on"
    GET_MODELS = "get-models"
    RESUME = "resume"
    SHARE_ANYWAY = "share-anyway"


class Rules(Struct, frozen=True):
    """What the person allows. Zero or empty means no limit."""

    idle_minutes: float = 0.0
    """Minutes without keyboard and mouse before others are answered."""
    on_battery: bool = False
    battery_floor: float = 80.0
    """Percent of charge that must be left on battery."""
    metered: bool = False
    """Share on networks that cost by the byte."""
    full_screen: bool = False
    """Share while a program fills the screen."""
    in_call: bool = False
    """Share while microphone or camera are in use."""
    hours: tuple[Hours, ...] = ()
    heat_limit: float = 0.0
    """Degrees Celsius."""
    memory_floor: int = 0
    """Bytes that stay free for other programs."""
    disk_floor: int = 0
    """Bytes that stay free on the disk."""
    upload_limit: int = 0
    """Bytes sent to others in a calendar month."""
    credits_limit: float = 0.0
    """Credits earned in a day."""


class Pause(Struct, frozen=True):
    """Sharing, stopped by the person for a while."""

    until: float | None
    """Unix time, seconds; `None` is until it is resumed."""
    finish: bool = False
    """Answers in progress are finished, whatever the setting says."""


class Wish(Struct, frozen=True):
    """What the person wants now."""

    share: bool = False
    pause: Pause | None = None
    anyway_until: float = 0.0
    """Unix time, seconds, until which rules that protect only the person are passed over."""


class Situation(Struct, frozen=True):
    """This computer now. `None` is what it does not tell."""

    now: float
    """Unix time, seconds."""
    moment: Moment
    shareable: int = 0
    """Models on this disk that others may use."""
    idle_seconds: float | None = None
    on_battery: bool | None = None
    charge: float | None = None
    """Percent."""
    metered: bool | None = None
    full_screen: bool | None = None
    in_call: bool | None = None
    celsius: float | None = None
    """The hottest sensor of processor or GPU."""
    memory_free: int | None = None
    disk_free: int | None = None
    uploaded: int = 0
    """Bytes sent to others in this calendar month."""
    earned: float = 0.0
    """Credits of this day."""


class Duty(Struct, frozen=True):
    """The decision."""

    reason: Reason
    since: float
    """Unix time, seconds, from which this reason holds."""
    until: float | None = None
    """When it ends by itself, where that is known; Unix time, seconds."""
    clear_since: float | None = None
    """The rule no longer applies since then, and its stop is held a little longer."""

    @property
    def on(self) -> bool:
        """Others may be answered."""
        return self.reason is Reason.ON


class Span(Struct, frozen=True):
    """A time during which one reason held; Unix time, seconds."""

    began: float
    ended: float
    reason: Reason


def decide(rules: Rules, wish: Wish, situation: Situation, before: Duty | None = None) -> Duty:
    """Whether others may be answered now. `before` is the last decision under the same rules;
    leave it out after the rules were changed, so that the change holds at once."""
    reason = _first_reason(rules, wish, situation, before.reason if before else None)
    now = situation.now
    held = before is not None and before.reason in _HOVERING and not _passing_over(wish, now)
    if reason is Reason.ON and before is not None and held:
        clear_since = now if before.clear_since is None else min(before.clear_since, now)
        if now - clear_since < HOLD:
            return structs.replace(before, clear_since=clear_since, until=clear_since + HOLD)
    since = before.since if before is not None and before.reason is reason else now
    return Duty(reason, since, _until(reason, rules, wish, situation))


def _first_reason(rules: Rules, wish: Wish, situation: Situation, before: Reason | None) -> Reason:
    if not wish.share:
        return Reason.OFF
    if situation.shareable == 0:
        return Reason.NOTHING
    if wish.pause and (wish.pause.until is None or situation.now < wish.pause.until):
        return Reason.PAUSED
    blocking = _blocking(rules, situation, before)
    if _passing_over(wish, situation.now):
        blocking = [reason for reason in blocking if reason in PROTECTIVE]
    return blocking[0] if blocking else Reason.ON


def _blocking(rules: Rules, now: Situation, before: Reason | None) -> list[Reason]:
    """The rules that forbid sharing, in the order of `Reason`."""
    heat = rules.heat_limit - (HEAT_MARGIN if before is Reason.HEAT else 0.0)
    floor = rules.battery_floor + (CHARGE_MARGIN if before is Reason.BATTERY else 0.0)
    low = now.charge is not None and now.charge < min(floor, 100.0)
    checks = {
        Reason.HEAT: rules.heat_limit > 0 and now.celsius is not None and now.celsius > heat,
        Reason.DISK: now.disk_free is not None and now.disk_free < rules.disk_floor,
        Reason.MEMORY: now.memory_free is not None and now.memory_free < rules.memory_floor,
        Reason.BATTERY: bool(now.on_battery) and (not rules.on_battery or low),
        Reason.METERED: bool(now.metered) and not rules.metered,
        Reason.FULL_SCREEN: bool(now.full_screen) and not rules.full_screen,
        Reason.CALL: bool(now.in_call) and not rules.in_call,
        Reason.IN_USE: now.idle_seconds is not None and now.idle_seconds < rules.idle_minutes * 60,
        Reason.HOURS: bool(rules.hours)
        and not any(span.include(now.moment) for span in rules.hours),
        Reason.UPLOAD: 0 < rules.upload_limit <= now.uploaded,
        Reason.CREDITS: 0 < rules.credits_limit <= now.earned,
    }
    return [reason for reason, blocks in checks.items() if blocks]


def blocking(rules: Rules, situation: Situation) -> tuple[Reason, ...]:
    """Every rule that forbids sharing now, for the page that marks them "active now"."""
    return tuple(_blocking(rules, situation, None))


def _passing_over(wish: Wish, now: float) -> bool:
    return now < wish.anyway_until


def _until(reason: Reason, rules: Rules, wish: Wish, now: Situation) -> float | None:
    if reason is Reason.PAUSED and wish.pause:
        return wish.pause.until
    if reason is Reason.IN_USE and now.idle_seconds is not None:
        return now.now + rules.idle_minutes * 60 - now.idle_seconds
    if reason in (Reason.HOURS, Reason.ON) and rules.hours:
        minutes = next_change(rules.hours, now.moment)
        return None if minutes is None else now.now + minutes * 60
    if reason is Reason.CREDITS:
        return now.now + (MINUTES - now.moment.minute) * 60
    return None


def action_for(reason: Reason) -> Action | None:
    """The one button beside a reason."""
    if reason is Reason.OFF:
        return Action.SWITCH_ON
    if reason is Reason.NOTHING:
        return Action.GET_MODELS
    if reason is Reason.PAUSED:
        return Action.RESUME
    if reason in RULES - PROTECTIVE:
        return Action.SHARE_ANYWAY
    return None


def explain(reason: Reason, rules: Rules) -> str:
    """The reason in a person's words; complete without a date, which faces add from `until`."""
    return {
        Reason.OFF: "This computer is not shared.",
        Reason.NOTHING: "No model on this computer may be shared yet.",
        Reason.PAUSED: "You paused sharing.",
        Reason.HEAT: f"This computer is hotter than {rules.heat_limit:.0f} °C.",
        Reason.DISK: f"Less than {_gb(rules.disk_floor)} are free on the disk.",
        Reason.MEMORY: f"Less than {_gb(rules.memory_floor)} of memory are free.",
        Reason.BATTERY: (
            f"The battery is below {rules.battery_floor:.0f} %."
            if rules.on_battery
            else "This computer runs on battery."
        ),
        Reason.METERED: "The network costs by the byte.",
        Reason.FULL_SCREEN: "A program fills the screen or keeps it on.",
        Reason.CALL: "The microphone or the camera is in use.",
        Reason.IN_USE: (
            f"You use this computer; it is shared after {rules.idle_minutes:g} minutes without you."
        ),
        Reason.HOURS: "It is outside the hours you share.",
        Reason.UPLOAD: f"This month's {_gb(rules.upload_limit)} of upload are used up.",
        Reason.CREDITS: f"Today's {rules.credits_limit:,.9g} credits are earned.",
        Reason.ON: "This computer is shared.",
    }[reason]


def _gb(size: int) -> str:
    return f"{size / 1e9:.1f} GB"
