"""What the Activity page says of credits and energy. No Qt here: values go in, words come out.

Amounts are thousandths of a credit everywhere, and credits are not money.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from closedmesh.models.energy import Kind
from closedmesh.status import Status
from closedmesh.trust.book import Audit, Line, Side
from closedmesh.trust.credits import Credits, Day, Progress
from closedmesh.trust.ledger import Refusal
from closedmesh.ui import words
from closedmesh.ui.words_view import about, credits_words, energy_words, line_of, money

DAYS = 30
"""Days that the charts show, today included."""

EXACT_BELOW = 10.0
"""Credits per kWh below which parts of one say something."""

WEEK = 6 * 24 * 3600.0
"""Seconds in which the day of the week tells a date."""

SHORT_ID = 10
"""Digits of a peer's id, as everywhere in the window."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One day of a chart."""

    up: float
    """Above the line."""
    up_pending: float
    """Of `up`, what is not settled."""
    down: float
    """Below the line."""
    words: str
    """What a pointer that rests on it is told."""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars for the last days, the oldest first."""

    title: str
    bars: tuple[Bar, ...]
    top: str
    """The highest bar in words."""
    first: str
    """The first day in words."""
    summary: str
    """For whoever cannot see it."""


@dataclass(frozen=True, slots=True)
class ActivityView:
    """The top of the page."""

    headline: str
    balance: str
    pending: str
    """Empty while nothing is pending."""
    today: str


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One receipt in the table."""

    number: int
    cells: tuple[str, ...]


def activity_view(status: Status) -> ActivityView:
    """What is going on, and what today brought and took."""
    answering = status.answering
    waiting = sum(model.queued for model in status.models)
    if answering or waiting:
        headline = words.plural(
            "{n} question is being answered, {waiting} waiting",
            "{n} questions are being answered, {waiting} waiting",
            answering,
            waiting=waiting,
        )
    else:
        headline = words.tr("No question is being answered")
    return ActivityView(
        headline, _balance(status.credits), _pending(status.credits), today_words(status)
    )


def _balance(book: Credits) -> str:
    if book.head is None:
        return words.tr("No credits are settled yet.")
    settled = words.tr("{credits} settled", credits=credits_words(book.settled))
    if not book.held:
        return settled
    held = words.tr(
        "{credits} held back while the account is new", credits=credits_words(book.held)
    )
    return f"{settled} · {held}"


def _pending(book: Credits) -> str:
    if not book.pending_earned and not book.pending_spent:
        return ""
    pending = words.tr(
        "Pending: {earned} earned, {spent} spent.",
        earned=credits_words(book.pending_earned),
        spent=credits_words(book.pending_spent),
    )
    if book.settles_at is None:
        nobody = words.tr("Both sides have signed; nobody settles them yet.")
        return f"{pending} {nobody}"
    settles = words.tr("They settle at about {time}.", time=words.weekday(book.settles_at))
    return f"{pending} {settles}"


def today_words(status: Status) -> str:
    """What today brought and took; empty while there is nothing to tell."""
    book, energy = status.credits, status.energy
    day = Day("", book.earned_today, book.spent_today, 0, 0, energy.today_wh, energy.today_cost)
    found = _sums([day], energy.kind, status.settings.energy.currency)
    return words.tr("Today {figures}", figures=found) if found else ""


def total_words(days: Iterable[Day], kind: Kind, currency: str) -> str:
    """What all shown days brought and took."""
    found = _sums(list(days), kind, currency)
    return found or words.tr("Nothing was answered through the mesh in this time.")


def _sums(days: list[Day], kind: Kind, currency: str) -> str:
    earned, spent = sum(day.earned for day in days), sum(day.spent for day in days)
    watt_hours, cost = sum(day.energy_wh for day in days), sum(day.cost for day in days)
    parts = []
    if earned or spent:
        sums = [f"+{credits_words(earned)}"] if earned else []
        sums += [credits_words(-spent)] if spent else []
        parts.append(words.tr("{credits} (not money)", credits=", ".join(sums)))
    if watt_hours > 0:
        parts.append(about(energy_words(watt_hours), kind))
    if cost > 0:
        parts.append(f"≈ {money(cost, currency)}")
    if earned and watt_hours > 0:
        rate = about(_rounded(earned / watt_hours), kind)
        parts.append(words.tr("{number} credits per kWh", number=rate))
    return " · ".join(parts)


def _rounded(value: float) -> str:
    return words.number(value) if value >= EXACT_BELOW else words.figure(value)


def charts(days: Iterable[Day], today: date, kind: Kind) -> tuple[Chart, Chart]:
    """Credits and energy of the last days."""
    known = {day.day: day for day in days}
    names = [(today - timedelta(days=back)).isoformat() for back in reversed(range(DAYS))]
    shown = [known.get(name, Day(name)) for name in names]
    first = words.date(names[0])
    most = max([*(day.earned for day in shown), *(day.spent for day in shown)])
    earnings = Chart(
        words.tr("Credits a day (not money)"),
        tuple(
            Bar(day.earned, day.pending_earned, day.spent, _credits_of(day)) for day in shown
        ),
        credits_words(most) if most else "",
        first,
        "; ".join(_credits_of(day) for day in shown if day.earned or day.spent),
    )  # fmt: skip
    most_wh = max(day.energy_wh for day in shown)
    energy = Chart(
        words.tr("Energy of answers a day"),
        tuple(Bar(day.energy_wh, 0.0, 0.0, _energy_of(day, kind)) for day in shown),
        about(energy_words(most_wh), kind) if most_wh > 0 else "",
        first,
        "; ".join(_energy_of(day, kind) for day in shown if day.energy_wh > 0),
    )
    return earnings, energy


def _credits_of(day: Day) -> str:
    text = words.tr(
        "{day}: {earned} earned, {spent} spent",
        day=words.date(day.day),
        earned=credits_words(day.earned),
        spent=credits_words(day.spent),
    )
    if not day.pending_earned and not day.pending_spent:
        return text
    pending = credits_words(day.pending_earned + day.pending_spent)
    return words.tr("{day} ({pending} of it pending)", day=text, pending=pending)


def _energy_of(day: Day, kind: Kind) -> str:
    energy = about(energy_words(day.energy_wh), kind)
    return words.tr("{day}: {energy}", day=words.date(day.day), energy=energy)


def columns() -> tuple[str, ...]:
    """Titles of the table of receipts."""
    return (
        words.tr("When"),
        words.tr("Here"),
        words.tr("Credits"),
        words.tr("State"),
        words.tr("Tokens"),
        words.tr("Model"),
        words.tr("Peer"),
    )


def ledger_line(line: Line, now: float) -> LedgerLine:
    """A receipt as the table shows it at a time (Unix, seconds)."""
    served = line.side is Side.SERVED
    amount = line.settled if line.progress == Progress.SETTLED else line.amount
    return LedgerLine(
        line.number,
        (
            words.weekday(line.at) if now - line.at < WEEK else words.day(line.at),
            words.tr("answered") if served else words.tr("asked"),
            _signed(abs(amount) if served else -abs(amount)),
            progress_words(line),
            words.number(line.completion_tokens),
            line_of(line.name) or line.model[:SHORT_ID],
            (line.asker if served else line.peer)[:SHORT_ID],
        ),
    )


def _signed(thousandths: int) -> str:
    number = words.number(thousandths / 1000, 3)
    return f"+{number}" if thousandths > 0 else number


def progress_words(line: Line) -> str:
    """How far a receipt is on its way into a balance."""
    match line.progress:
        case Progress.SETTLED:
            return words.tr("settled")
        case Progress.WAITING:
            return words.tr("waits for the asker's signature")
        case Progress.AGREED | Progress.TAKEN if line.settles_at is not None:
            return words.tr("settles at about {time}", time=words.clock(line.settles_at))
        case Progress.AGREED | Progress.TAKEN:
            return words.tr("pending, signed by both")
        case Progress.REFUSED if line.why == Refusal.SELF_DEALT:
            return words.tr("nothing owed among own computers")
        case Progress.REFUSED if line.why == Refusal.TOO_LATE:
            return words.tr("nobody claimed it in time")
        case Progress.REFUSED:
            return words.tr("refused by the settler")
        case Progress.DISPUTED if line.fault:
            return words.tr("disputed: {reason}", reason=words.said(str(line.fault)))
        case Progress.DISPUTED:
            return words.tr("disputed")
        case _:
            return words.said(line.state)


def audit_words(audit: Audit) -> str:
    """What became of checking every receipt again."""
    checked = words.plural(
        "{n} receipt was checked again, with {signatures} signatures and {chains} chains.",
        "{n} receipts were checked again, with {signatures} signatures and {chains} chains.",
        audit.receipts,
        signatures=audit.signatures,
        chains=audit.chains,
    )
    if not audit.problems:
        hold = words.tr("All of them hold.")
        return f"{checked} {hold}"
    first = audit.problems[0]
    broken = words.plural(
        "{n} does not hold. Number {number}: {reason}",
        "{n} do not hold. The first is number {number}: {reason}",
        len(audit.problems),
        number=first.number,
        reason=words.said(first.what),
    )
    return f"{checked} {broken}"
