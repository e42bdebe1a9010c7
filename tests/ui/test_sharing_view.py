import pytest
from msgspec import structs

from closedmesh.models.duty import Action, Leaving, Reason, Span, action_for, explain
from closedmesh.models.energy import Kind
from closedmesh.settings import Settings, SharingSettings
from closedmesh.status import Energy, Sharing
from closedmesh.ui.sharing_view import DAY, legend, segments, sharing_view
from tests.support.control import STATUS

CHOSEN = SharingSettings(share=True, hours=("sat,sun",))
SHARED = structs.replace(STATUS, settings=Settings(sharing=CHOSEN))
NOW = 1_800_000_000.0


def view(reason, status=SHARED, **changes):
    text = explain(reason, CHOSEN.rules(512))
    sharing = Sharing(reason, text, action=action_for(reason), **changes)
    return sharing_view(structs.replace(status, sharing=sharing))


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_a_headline_and_at_most_one_button(reason):
    shown = view(reason)
    assert shown.headline
    assert shown.detail.endswith(".")
    assert bool(shown.button) == (shown.action is not None)


def test_the_switch_is_what_was_chosen_whatever_the_reason():
    assert view(Reason.METERED).switched_on
    assert not view(Reason.OFF, STATUS).switched_on


def test_a_rule_offers_to_share_anyway_unless_it_protects():
    assert view(Reason.METERED).action is Action.SHARE_ANYWAY
    assert view(Reason.HEAT).action is None
    assert view(Reason.PAUSED).action is Action.RESUME


def test_pausing_is_offered_while_it_would_do_something():
    assert view(Reason.ON).can_pause
    assert not view(Reason.PAUSED).can_pause
    assert not view(Reason.OFF, STATUS).can_pause


def test_what_holds_it_back_is_marked_among_the_rules():
    shown = view(Reason.METERED, blocking=(Reason.METERED, Reason.IN_USE))
    assert [rule.text for rule in shown.rules if rule.active] == [
        "Only after 5 minutes without you",
        "Not on networks that cost by the byte",
    ]
    assert "Only sat,sun" in [rule.text for rule in shown.rules]


def test_rules_that_were_switched_off_are_not_listed():
    free = SharingSettings(
        share=True, idle_minutes=0, on_battery=True, battery_floor=30, on_metered=True,
        full_screen=True, in_call=True, heat_limit=0, keep_disk_free_gb=0,
    )  # fmt: skip
    status = structs.replace(STATUS, settings=Settings(sharing=free))
    assert [rule.text for rule in view(Reason.ON, status).rules] == [
        "On battery only above 30 %",
        "Memory that other programs need stays free",
    ]


def test_how_many_are_answered_is_said():
    assert "answers 2 questions" in view(Reason.ON, serving=2).detail
    assert "answers 1 question of" in view(Reason.ON, serving=1).detail


def test_watts_that_were_not_measured_are_marked():
    status = structs.replace(SHARED, energy=Energy(41.6, Kind.ESTIMATED, "CPU", 12.0, 1.25))
    assert view(Reason.ON, status).figures == (
        "≈ 42 W now, ≈ 12 W without answers · ≈ 1.3 Wh for answers today. Estimated: CPU."
    )
    status = structs.replace(SHARED, energy=Energy(41.6, Kind.MEASURED, "battery"))
    assert view(Reason.ON, status).figures.startswith("42 W now · 0.0 Wh")
    assert view(Reason.ON).figures == "This computer does not tell what it draws."


def test_before_it_is_switched_on_it_says_what_sharing_would_take():
    known = Energy(12.0, Kind.ESTIMATED, "CPU", idle_watts=12.0, answering_watts=41.6)
    assert view(Reason.OFF, structs.replace(STATUS, energy=known)).ahead == (
        "Sharing would take ≈ 42 W while something is answered, ≈ 30 W above idle; "
        "nothing while it waits."
    )
    assert view(Reason.OFF, STATUS).ahead == (
        "Sharing takes power only while something is answered."
    )
    assert view(Reason.ON, structs.replace(SHARED, energy=known)).ahead == ""


@pytest.mark.parametrize("leaving", list(Leaving))
def test_what_becomes_of_answers_in_progress_is_said(leaving):
    chosen = structs.replace(CHOSEN, leaving=leaving)
    status = structs.replace(STATUS, settings=Settings(sharing=chosen))
    assert view(Reason.ON, status).leaving.startswith("Answers in progress ")


def test_the_strip_shows_the_last_day_in_its_place():
    shown = segments(
        (
            Span(NOW - 3 * DAY, NOW - 2 * DAY, Reason.ON),
            Span(NOW - 2 * DAY, NOW - DAY / 2, Reason.ON),
            Span(NOW - DAY / 2, NOW - DAY / 4, Reason.METERED),
            Span(NOW - DAY / 4, NOW, Reason.PAUSED),
        ),
        NOW,
    )
    assert [(s.begin, s.end, s.kind) for s in shown] == [
        (0.0, 0.5, "shared"),
        (0.5, 0.75, "held"),
        (0.75, 1.0, "paused"),
    ]
    assert all(legend()[s.kind] in s.words for s in shown)
