from datetime import date

import pytest
from msgspec import structs

from closedmesh.models.energy import Kind
from closedmesh.status import Energy
from closedmesh.trust.book import Audit, Problem, Side
from closedmesh.trust.credits import Credits, Day, Progress
from closedmesh.trust.receipts import Fault
from closedmesh.ui.activity_view import (
    DAYS,
    activity_view,
    audit_words,
    charts,
    columns,
    ledger_line,
    today_words,
    total_words,
)
from tests.support.control import LINE, MODEL, STATUS

TODAY = date(2026, 3, 2)
NOW = 1_772_450_100.0


def test_activity_says_what_is_going_on():
    assert activity_view(STATUS).headline == "No question is being answered"

    busy = structs.replace(STATUS, models=(structs.replace(MODEL, busy=1, queued=3),))
    assert activity_view(busy).headline == "1 question is being answered, 3 waiting"


def balance(**book):
    view = activity_view(structs.replace(STATUS, credits=Credits(**book)))
    return view.balance, view.pending


def test_what_is_settled_held_back_and_pending_are_told_apart():
    assert balance() == ("No credits are settled yet.", "")
    assert balance(settled=412_000, head=3) == ("412 credits settled", "")
    held, pending = balance(settled=1_500, held=500, head=3, pending_earned=15)
    assert held == (
        "1.5 credits settled · 0.500 credits held back while the account is new"
    )  # fmt: skip
    assert pending == (
        "Pending: 0.015 credits earned, 0 credits spent. "
        "Both sides have signed; nobody settles them yet."
    )
    _, pending = balance(pending_spent=15, settles_at=1_772_450_000.0)
    assert " They settle at about " in pending


def test_today_says_credits_energy_cost_and_what_a_kilowatt_hour_brought():
    assert today_words(STATUS) == ""
    energy = Energy(watts=40.0, today_wh=310.0, today_cost=0.09)
    today = structs.replace(STATUS, credits=Credits(earned_today=412_000), energy=energy)
    assert today_words(today) == (
        "Today +412 credits (not money) · ≈ 0.31 kWh · ≈ €0.09 · ≈ 1,329 credits per kWh"
    )
    spent = structs.replace(STATUS, credits=Credits(spent_today=15))
    assert today_words(spent) == "Today -0.015 credits (not money)"


def test_totals_add_up_all_days():
    days = (Day("2026-03-02", 1000, 500, energy_wh=2.0), Day("2026-03-01", 3000, energy_wh=6.0))
    assert total_words(days, Kind.MEASURED, "€") == (
        "+4 credits, -0.500 credits (not money) · 8.0 Wh · 500 credits per kWh"
    )
    assert total_words((), Kind.MEASURED, "€") == (
        "Nothing was answered through the mesh in this time."
    )


def test_charts_have_a_bar_for_every_day_also_for_those_without_anything():
    days = (Day("2026-03-02", 1000, 400, 300, 0, 2.5), Day("2026-02-27", 200), Day("2025-01-01", 9))
    earnings, energy = charts(days, TODAY, Kind.ESTIMATED)
    assert len(earnings.bars) == len(energy.bars) == DAYS
    last = earnings.bars[-1]
    assert (last.up, last.up_pending, last.down) == (1000, 300, 400)
    assert earnings.bars[-4].up == 200
    assert sum(bar.up for bar in earnings.bars) == 1200
    assert earnings.top == "1 credit"
    assert energy.top == "≈ 2.5 Wh"
    assert earnings.first == "1 February 2026"
    assert last.words == (
        "2 March 2026: 1 credit earned, 0.400 credits spent (0.300 credits of it pending)"
    )
    assert earnings.summary.count(";") == 1
    assert energy.summary == "2 March 2026: ≈ 2.5 Wh"


def test_charts_without_anything_say_nothing():
    earnings, energy = charts((), TODAY, Kind.MEASURED)
    assert (earnings.top, earnings.summary, energy.top, energy.summary) == ("", "", "", "")


def test_a_receipt_is_one_line():
    cells = ledger_line(LINE, NOW).cells
    assert len(cells) == len(columns())
    assert cells[1:] == (
        "asked", "-1.234", "pending, signed by both", "40", "some-model", "ababababab",
    )  # fmt: skip
    served = structs.replace(LINE, side=Side.SERVED, progress=Progress.SETTLED, settled=1_000)
    assert ledger_line(served, NOW).cells[1:] == (
        "answered", "+1.000", "settled", "40", "some-model", "cdcdcdcdcd",
    )  # fmt: skip


def test_a_receipt_of_this_week_has_its_weekday_and_an_older_one_its_date():
    assert ledger_line(LINE, NOW).cells[0].startswith("Mon ")
    assert ledger_line(LINE, NOW + 10 * 86_400).cells[0] == "2 March 2026"


def test_checking_all_says_what_holds_and_names_the_first_that_does_not():
    holds = Audit(2, signatures=4, chains=1)
    assert audit_words(holds) == (
        "2 receipts were checked again, with 4 signatures and 1 chains. All of them hold."
    )
    broken = structs.replace(holds, problems=(Problem(7, "altered"), Problem(9, "gone")))
    assert audit_words(broken).endswith("2 do not hold. The first is number 7: altered")


def test_a_model_that_is_not_known_is_its_hash_and_a_strangers_name_is_one_line():
    assert ledger_line(structs.replace(LINE, name=""), NOW).cells[5] == "efefefefef"
    assert "\n" not in ledger_line(structs.replace(LINE, name="a\nb"), NOW).cells[5]


@pytest.mark.parametrize(
    ("progress", "more", "said"),
    [
        (Progress.WAITING, {}, "waits for the asker's signature"),
        (Progress.TAKEN, {}, "pending, signed by both"),
        (Progress.TAKEN, {"settles_at": 1_772_450_000.0}, "settles at about "),
        (Progress.REFUSED, {}, "refused by the settler"),
        (Progress.REFUSED, {"why": "self-dealt"}, "nothing owed among own computers"),
        (Progress.REFUSED, {"why": "too-late"}, "nobody claimed it in time"),
        (Progress.DISPUTED, {}, "disputed"),
        (Progress.DISPUTED, {"fault": Fault.UNSIGNED}, "disputed: "),
        ("", {}, "agreed"),
    ],
)
def test_how_far_a_receipt_is_has_words(progress, more, said):
    line = structs.replace(LINE, progress=progress, **more)
    assert ledger_line(line, NOW).cells[3].startswith(said)
