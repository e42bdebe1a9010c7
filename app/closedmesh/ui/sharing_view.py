"""What the Sharing page says. No Qt here: a status goes in, words and flags come out."""

from dataclasses import dataclass

from closedmesh.models.duty import RULES, Action, Leaving, Reason, Span
from closedmesh.models.energy import Kind
from closedmesh.settings.sharing import SharingSettings
from closedmesh.status import Energy, Status
from closedmesh.ui import words
from closedmesh.ui.words_view import about, energy_words, watts

DAY = 24 * 3600.0
"""Seconds of the strip."""


def _button(action: Action | None) -> str:
    """The one button beside a reason; the switch is its own."""
    match action:
        case Action.GET_MODELS:
            return words.tr("Get models")
        case Action.RESUME:
            return words.tr("Resume sharing")
        case Action.SHARE_ANYWAY:
            return words.tr("Share anyway for 1 hour")
        case Action.SWITCH_ON | None:
            return ""


def _headline(reason: Reason) -> str:
    match reason:
        case Reason.ON:
            return words.tr("This computer is shared")
        case Reason.OFF:
            return words.tr("This computer is not shared")
        case Reason.NOTHING:
            return words.tr("There is nothing to share yet")
        case Reason.PAUSED:
            return words.tr("Sharing is paused")
        case _:
            return words.tr("Sharing is held back")


def _leaving(leaving: Leaving) -> str:
    match leaving:
        case Leaving.FINISH:
            return words.tr("Answers in progress are finished when sharing stops.")
        case Leaving.HAND_OVER:
            return words.tr("Answers in progress go on at another peer when sharing stops.")
        case Leaving.NOW:
            return words.tr("Answers in progress end at once when sharing stops.")


def legend() -> dict[str, str]:
    """Kinds of segments with their words, in order."""
    return {
        "shared": words.tr("shared", "in the strip of a day"),
        "held": words.tr("held back by a rule"),
        "paused": words.tr("paused by you"),
        "off": words.tr("not shared"),
    }


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
    """A key of `legend`."""
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
    button = _button(sharing.action)
    return SharingView(
        headline=_headline(reason),
        detail=_detail(status),
        switched_on=on,
        can_pause=on and reason is not Reason.PAUSED,
        action=sharing.action if button else None,
        button=button,
        figures=_figures(status.energy),
        ahead="" if on else _ahead(status.energy),
        leaving=_leaving(status.settings.sharing.leaving),
        rules=_rules(status.settings.sharing, frozenset(sharing.blocking)),
    )


def _detail(status: Status) -> str:
    sharing = status.sharing
    if sharing.reason is Reason.OFF:
        return words.tr("Nobody else can use it, and nothing runs here for others.")
    if sharing.reason is Reason.ON:
        text = (
            words.plural(
                "It answers {n} question of others now.",
                "It answers {n} questions of others now.",
                sharing.serving,
            )
            if sharing.serving
            else words.tr("It answers others as soon as somebody asks.")
        )
    else:
        text = words.said(sharing.text)
    if sharing.until is None:
        return text
    return words.tr("{reason} Until {moment}.", reason=text, moment=words.weekday(sharing.until))


def _ahead(energy: Energy) -> str:
    idle, answering = energy.idle_watts, energy.answering_watts
    if idle is None or answering is None:
        return words.tr("Sharing takes power only while something is answered.")
    return words.tr(
        "Sharing would take {answering} while something is answered, {more} above idle; nothing "
        "while it waits.",
        answering=watts(answering, energy.kind),
        more=watts(max(0.0, answering - idle), energy.kind),
    )


def _figures(energy: Energy) -> str:
    if energy.watts is None:
        return words.tr("This computer does not tell what it draws.")
    figures = [words.tr("{watts} now", watts=watts(energy.watts, energy.kind))]
    if energy.idle_watts is not None:
        idle = watts(energy.idle_watts, energy.kind)
        figures[0] = words.tr("{now}, {watts} without answers", now=figures[0], watts=idle)
    today = about(energy_words(energy.today_wh), energy.kind)
    figures.append(words.tr("{energy} for answers today", energy=today))
    return f"{' · '.join(figures)}. {_source(energy)}"


def _source(energy: Energy) -> str:
    source = words.said(energy.source)
    if energy.kind is Kind.MEASURED:
        return words.tr("Measured: {source}.", source=source)
    return words.tr("Estimated: {source}.", source=source)


def _rules(chosen: SharingSettings, blocking: frozenset[Reason]) -> tuple[RuleLine, ...]:
    return tuple(
        RuleLine(text, reason in blocking) for reason, text in _rule_texts(chosen).items() if text
    )


def _rule_texts(chosen: SharingSettings) -> dict[Reason, str]:
    return {
        Reason.IN_USE: _if(chosen.idle_minutes, _idle(chosen.idle_minutes)),
        Reason.BATTERY: _battery(chosen),
        Reason.METERED: _if(
            not chosen.on_metered, words.tr("Not on networks that cost by the byte")
        ),
        Reason.FULL_SCREEN: _if(
            not chosen.full_screen, words.tr("Not while a program fills the screen")
        ),
        Reason.CALL: _if(
            not chosen.in_call, words.tr("Not while the microphone or the camera is in use")
        ),
        Reason.HOURS: _if(chosen.hours, words.tr("Only {hours}", hours="; ".join(chosen.hours))),
        Reason.HEAT: _if(
            chosen.heat_limit,
            words.tr("Not above {degrees} °C", degrees=words.number(chosen.heat_limit)),
        ),
        Reason.UPLOAD: _if(
            chosen.upload_gb_a_month,
            words.tr(
                "At most {number} GB sent a month", number=words.figure(chosen.upload_gb_a_month)
            ),
        ),
        Reason.CREDITS: _if(
            chosen.credits_a_day,
            words.tr(
                "At most {number} credits a day (not money)",
                number=words.figure(chosen.credits_a_day),
            ),
        ),
        Reason.DISK: _if(
            chosen.keep_disk_free_gb,
            words.tr(
                "{number} GB stay free on the disk", number=words.figure(chosen.keep_disk_free_gb)
            ),
        ),
        Reason.MEMORY: words.tr("Memory that other programs need stays free"),
    }


def _idle(minutes: float) -> str:
    return words.tr("Only after {minutes} minutes without you", minutes=words.figure(minutes))


def _battery(chosen: SharingSettings) -> str:
    if not chosen.on_battery:
        return words.tr("Not on battery")
    floor = words.percent(chosen.battery_floor)
    return words.tr("On battery only above {percent}", percent=floor)


def _if(condition: object, text: str) -> str:
    return text if condition else ""


def segments(spans: tuple[Span, ...], now: float) -> tuple[Segment, ...]:
    """The strip of the last 24 hours, which ends at `now` (Unix time, seconds)."""
    begin, kinds = now - DAY, legend()
    return tuple(
        Segment(
            begin=(max(span.began, begin) - begin) / DAY,
            end=(min(span.ended, now) - begin) / DAY,
            kind=_kind(span.reason),
            words=words.tr(
                "{begin} to {end}: {kind}",
                begin=words.weekday(span.began),
                end=words.weekday(span.ended),
                kind=kinds[_kind(span.reason)],
            ),
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
