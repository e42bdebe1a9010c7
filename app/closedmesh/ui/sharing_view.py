"""What the Sharing page says. No Qt here: a status goes in, words and flags come out."""

from dataclasses import dataclass
from datetime import datetime

from closedmesh.models.duty import RULES, Action, Leaving, Reason, Span
from closedmesh.models.energy import Kind
from closedmesh.settings.sharing import SharingSettings
from closedmesh.status import Energy, Status

DAY = 24 * 3600.0
"""Seconds of the strip."""

BUTTONS = {
    Action.GET_MODELS: "Get models",
    Action.RESUME: "Resume sharing",
    Action.SHARE_ANYWAY: "Share anyway for 1 hour",
}
"""The one button beside a reason; the switch is its own."""

HEADLINES = {
    Reason.ON: "This computer is shared",
    Reason.OFF: "This computer is not shared",
    Reason.NOTHING: "There is nothing to share yet",
    Reason.PAUSED: "Sharing is paused",
}

LEAVING = {
    Leaving.FINISH: "Answers in progress are finished when sharing stops.",
    Leaving.HAND_OVER: "Answers in progress go on at another peer when sharing stops.",
    Leaving.NOW: "Answers in progress end at once when sharing stops.",
}

LEGEND = {
    "shared": "shared",
    "held": "held back by a rule",
    "paused": "paused by you",
    "off": "not shared",
}
"""Kinds of segments with their words, in the order of the legend."""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule in words."""

    text: str
    active: bool
    """It is what holds sharing back now."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of the 24-hour strip, as shares of its width."""

    begin: float
    end: float
    kind: str
    """A key of `LEGEND`."""
    words: str


@dataclass(frozen=True, slots=True)
class SharingView:
    """Everything on the page but the strip."""

    headline: str
    detail: str
    switched_on: bool
    can_pause: bool
    action: Action | None
    button: str
    figures: str
    ahead: str
    """What sharing would take, before it is switched on; else empty."""
    leaving: str
    rules: tuple[RuleLine, ...]


def sharing_view(status: Status) -> SharingView:
    """Whether others use this computer, why or why not, and what it costs."""
    sharing = status.sharing
    reason = sharing.reason
    on = status.settings.sharing.share
    action = sharing.action if sharing.action in BUTTONS else None
    return SharingView(
        headline=HEADLINES.get(reason, "Sharing is held back"),
        detail=_detail(status),
        switched_on=on,
        can_pause=on and reason is not Reason.PAUSED,
        action=action,
        button=BUTTONS[action] if action else "",
        figures=_figures(status.energy),
        ahead="" if on else _ahead(status.energy),
        leaving=LEAVING[status.settings.sharing.leaving],
        rules=_rules(status.settings.sharing, frozenset(sharing.blocking)),
    )


def _detail(status: Status) -> str:
    sharing = status.sharing
    if sharing.reason is Reason.OFF:
        return "Nobody else can use it, and nothing runs here for others."
    if sharing.reason is Reason.ON:
        count = sharing.serving
        busy = f"It answers {count} question{'s' if count != 1 else ''} of others now."
        text = busy if count else "It answers others as soon as somebody asks."
    else:
        text = sharing.text
    return text if sharing.until is None else f"{text} Until {_clock(sharing.until)}."


def _clock(moment: float) -> str:
    return f"{datetime.fromtimestamp(moment).astimezone():%a %H:%M}"


def _ahead(energy: Energy) -> str:
    idle, answering = energy.idle_watts, energy.answering_watts
    if idle is None or answering is None:
        return "Sharing takes power only while something is answered."
    about = "" if energy.kind is Kind.MEASURED else "≈ "
    more = max(0.0, answering - idle)
    return (
        f"Sharing would take {about}{answering:.0f} W while something is answered, "
        f"{about}{more:.0f} W above idle; nothing while it waits."
    )


def _figures(energy: Energy) -> str:
    if energy.watts is None:
        return "This computer does not tell what it draws."
    about = "" if energy.kind is Kind.MEASURED else "≈ "
    now = f"{about}{energy.watts:.0f} W now"
    if energy.idle_watts is not None:
        now += f", {about}{energy.idle_watts:.0f} W without answers"
    today = f"{about}{energy.today_wh:.1f} Wh for answers today"
    source = f"{energy.kind.capitalize()}: {energy.source}."
    return f"{now} · {today}. {source}"


def _rules(chosen: SharingSettings, blocking: frozenset[Reason]) -> tuple[RuleLine, ...]:
    return tuple(
        RuleLine(text, reason in blocking) for reason, text in _rule_texts(chosen).items() if text
    )


def _rule_texts(chosen: SharingSettings) -> dict[Reason, str]:
    return {
        Reason.IN_USE: _if(
            chosen.idle_minutes, f"Only after {chosen.idle_minutes:g} minutes without you"
        ),
        Reason.BATTERY: (
            f"On battery only above {chosen.battery_floor:.0f} %"
            if chosen.on_battery
            else "Not on battery"
        ),
        Reason.METERED: _if(not chosen.on_metered, "Not on networks that cost by the byte"),
        Reason.FULL_SCREEN: _if(not chosen.full_screen, "Not while a program fills the screen"),
        Reason.HOURS: _if(chosen.hours, f"Only {'; '.join(chosen.hours)}"),
        Reason.HEAT: _if(chosen.heat_limit, f"Not above {chosen.heat_limit:.0f} °C"),
        Reason.UPLOAD: _if(
            chosen.upload_gb_a_month, f"At most {chosen.upload_gb_a_month:g} GB sent a month"
        ),
        Reason.DISK: _if(
            chosen.keep_disk_free_gb, f"{chosen.keep_disk_free_gb:g} GB stay free on the disk"
        ),
        Reason.MEMORY: "Memory that other programs need stays free",
    }


def _if(condition: object, text: str) -> str:
    return text if condition else ""


def segments(spans: tuple[Span, ...], now: float) -> tuple[Segment, ...]:
    """The strip of the last 24 hours, which ends at `now` (Unix time, seconds)."""
    begin = now - DAY
    return tuple(
        Segment(
            begin=(max(span.began, begin) - begin) / DAY,
            end=(min(span.ended, now) - begin) / DAY,
            kind=_kind(span.reason),
            words=f"{_clock(span.began)} to {_clock(span.ended)}: {LEGEND[_kind(span.reason)]}",
        )
        for span in spans
        if span.ended > max(span.began, begin) and span.began < now
    )


def _kind(reason: Reason) -> str:
    if reason is Reason.ON:
        return "shared"
    if reason is Reason.PAUSED:
        return "paused"
    return "held" if reason in RULES else "off"
