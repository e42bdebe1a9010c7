import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.models.duty import (
    CHARGE_MARGIN,
    HEAT_MARGIN,
    HOLD,
    PROTECTIVE,
    RULES,
    Action,
    Duty,
    Pause,
    Reason,
    Rules,
    Situation,
    Wish,
    action_for,
    blocking,
    decide,
    explain,
)
from closedmesh.models.hours import Hours, Minute, Moment

NOON = Moment(0, Minute(12 * 60))
CALM = Situation(now=1_000_000.0, moment=NOON, shareable=1)
YES = Wish(share=True)

RULES_SET = Rules(
    idle_minutes=5,
    hours=(Hours.parse("mon 09:00-18:00"),),
    heat_limit=85,
    memory_floor=2_000_000_000,
    disk_floor=1_000_000_000,
    upload_limit=10_000_000_000,
    credits_limit=500,
)

# Rules x situations: what is different from a calm, idle Monday noon, and the one reason.
TABLE = [
    ({}, Reason.ON),
    ({"shareable": 0}, Reason.NOTHING),
    ({"celsius": 85.1}, Reason.HEAT),
    ({"celsius": 85.0}, Reason.ON),
    ({"disk_free": 999_999_999}, Reason.DISK),
    ({"memory_free": 1_999_999_999}, Reason.MEMORY),
    ({"on_battery": True, "charge": 100.0}, Reason.BATTERY),
    ({"on_battery": False, "charge": 10.0}, Reason.ON),
    ({"metered": True}, Reason.METERED),
    ({"full_screen": True}, Reason.FULL_SCREEN),
    ({"in_call": True}, Reason.CALL),
    ({"in_call": False, "full_screen": False}, Reason.ON),
    ({"idle_seconds": 299.0}, Reason.IN_USE),
    ({"idle_seconds": 300.0}, Reason.ON),
    ({"moment": Moment(0, Minute(18 * 60))}, Reason.HOURS),
    ({"moment": Moment(1, Minute(12 * 60))}, Reason.HOURS),
    ({"uploaded": 10_000_000_000}, Reason.UPLOAD),
    ({"earned": 500.0}, Reason.CREDITS),
    ({"celsius": 99.0, "metered": True, "idle_seconds": 1.0}, Reason.HEAT),
    ({"metered": True, "idle_seconds": 1.0}, Reason.METERED),
]


@pytest.mark.parametrize(("change", "reason"), TABLE)
def test_each_situation_has_its_one_reason(change, reason):
    assert decide(RULES_SET, YES, structs.replace(CALM, **change)).reason is reason


def test_every_reason_can_be_reached():
    reached = {reason for _, reason in TABLE} | {Reason.OFF, Reason.PAUSED}
    assert reached == set(Reason)
    assert decide(RULES_SET, Wish(), CALM).reason is Reason.OFF
    assert decide(RULES_SET, Wish(share=True, pause=Pause(None)), CALM).reason is Reason.PAUSED


def test_every_reason_has_words_of_its_own_and_every_rule_a_button_unless_it_protects():
    assert len({explain(reason, RULES_SET) for reason in Reason}) == len(Reason)
    for reason in RULES:
        wanted = None if reason in PROTECTIVE else Action.SHARE_ANYWAY
        assert action_for(reason) is wanted


def test_what_this_computer_does_not_tell_forbids_nothing():
    assert decide(RULES_SET, YES, CALM).on


def test_a_pause_ends_by_itself_and_says_when():
    wish = Wish(share=True, pause=Pause(CALM.now + 3600))
    paused = decide(Rules(), wish, CALM)
    assert (paused.reason, paused.until) == (Reason.PAUSED, CALM.now + 3600)
    assert decide(Rules(), wish, structs.replace(CALM, now=CALM.now + 3600), paused).on


def test_share_anyway_passes_over_the_rules_that_do_not_protect():
    wish = Wish(share=True, anyway_until=CALM.now + 3600)
    metered = structs.replace(CALM, metered=True)
    assert decide(RULES_SET, wish, metered).on
    assert not decide(RULES_SET, wish, structs.replace(metered, now=wish.anyway_until)).on
    assert decide(RULES_SET, wish, structs.replace(metered, celsius=99.0)).reason is Reason.HEAT


def test_share_anyway_holds_at_once():
    before = decide(RULES_SET, YES, structs.replace(CALM, metered=True))
    wish = Wish(share=True, anyway_until=CALM.now + 3600)
    assert decide(RULES_SET, wish, structs.replace(CALM, metered=True), before).on


def test_leaving_is_immediate_and_coming_back_waits():
    on = decide(RULES_SET, YES, CALM)
    off = decide(RULES_SET, YES, structs.replace(CALM, full_screen=True, now=CALM.now + 1), on)
    assert off.reason is Reason.FULL_SCREEN
    clear = decide(RULES_SET, YES, structs.replace(CALM, now=CALM.now + 2), off)
    assert clear.reason is Reason.FULL_SCREEN
    assert clear.until == CALM.now + 2 + HOLD
    still = decide(RULES_SET, YES, structs.replace(CALM, now=CALM.now + 1 + HOLD), clear)
    assert not still.on
    assert decide(RULES_SET, YES, structs.replace(CALM, now=CALM.now + 2 + HOLD), still).on


def test_a_clock_set_back_does_not_prolong_the_wait():
    off = Duty(Reason.METERED, CALM.now, clear_since=CALM.now)
    back = decide(RULES_SET, YES, structs.replace(CALM, now=CALM.now - 5000), off)
    assert back.clear_since == CALM.now - 5000
    assert decide(RULES_SET, YES, structs.replace(CALM, now=CALM.now - 5000 + HOLD), back).on


@pytest.mark.parametrize(
    ("rules", "field", "bad", "nearly", "good"),
    [
        (Rules(heat_limit=85), "celsius", 86.0, 85.0 - HEAT_MARGIN + 1, 85.0 - HEAT_MARGIN),
        (Rules(on_battery=True, battery_floor=50), "charge", 49.0, 50.0 + CHARGE_MARGIN - 1,
         50.0 + CHARGE_MARGIN),
    ],
)  # fmt: skip
def test_heat_and_charge_must_be_well_clear_of_their_limit(rules, field, bad, nearly, good):
    def situation(value: float, now: float) -> Situation:
        return structs.replace(CALM, on_battery=True, now=now, **{field: value})

    rules = structs.replace(rules, on_battery=True)
    off = decide(rules, YES, situation(bad, 0.0))
    assert not off.on
    near = decide(rules, YES, situation(nearly, 1.0), off)
    assert (near.reason, near.clear_since) == (off.reason, None)
    clear = decide(rules, YES, situation(good, 2.0), near)
    assert decide(rules, YES, situation(good, 2.0 + HOLD), clear).on


def test_a_full_battery_is_enough_whatever_the_limit():
    rules = Rules(on_battery=True, battery_floor=98)
    low = structs.replace(CALM, on_battery=True, charge=97.0)
    off = decide(rules, YES, low)
    full = structs.replace(low, charge=100.0)
    clear = decide(rules, YES, full, off)
    assert decide(rules, YES, structs.replace(full, now=CALM.now + HOLD), clear).on


def test_credits_that_are_earned_say_that_tomorrow_is_another_day():
    duty = decide(RULES_SET, YES, structs.replace(CALM, earned=500.0))
    assert duty.until == CALM.now + 12 * 3600


def test_in_use_says_when_it_ends():
    duty = decide(RULES_SET, YES, structs.replace(CALM, idle_seconds=120.0))
    assert duty.until == CALM.now + 180


def test_hours_say_when_they_begin_and_end():
    evening = decide(RULES_SET, YES, structs.replace(CALM, moment=Moment(0, Minute(18 * 60))))
    assert evening.until == CALM.now + (6 * 24 + 15) * 3600
    assert decide(RULES_SET, YES, CALM).until == CALM.now + 6 * 3600


situations = st.builds(
    Situation,
    now=st.floats(0, 1e6),
    moment=st.builds(Moment, st.integers(0, 6), st.integers(0, 1439).map(Minute)),
    shareable=st.integers(0, 2),
    idle_seconds=st.none() | st.floats(0, 1000),
    on_battery=st.none() | st.booleans(),
    charge=st.none() | st.floats(0, 100),
    metered=st.none() | st.booleans(),
    full_screen=st.none() | st.booleans(),
    in_call=st.none() | st.booleans(),
    celsius=st.none() | st.floats(20, 110),
    memory_free=st.none() | st.integers(0, 10**10),
    disk_free=st.none() | st.integers(0, 10**10),
    uploaded=st.integers(0, 2 * 10**10),
    earned=st.floats(0, 1000),
)
wishes = st.builds(
    Wish,
    share=st.booleans(),
    pause=st.none() | st.builds(Pause, st.none() | st.floats(0, 1e6)),
    anyway_until=st.floats(0, 1e6),
)


@given(wishes, situations)
def test_sharing_means_that_nothing_forbids_it(wish, situation):
    duty = decide(RULES_SET, wish, situation)
    assert explain(duty.reason, RULES_SET)
    if duty.on:
        assert wish.share
        assert situation.shareable
        reasons = set(blocking(RULES_SET, situation))
        assert not reasons & PROTECTIVE
        assert not reasons or situation.now < wish.anyway_until


@given(st.lists(st.tuples(st.floats(0.1, 30), st.booleans(), st.floats(70, 100)), min_size=2))
def test_whatever_hovers_sharing_does_not_come_back_within_the_hold_time(steps):
    now, duty, stopped_at = 0.0, None, None
    for wait, metered, celsius in steps:
        now += wait
        situation = structs.replace(CALM, now=now, metered=metered, celsius=celsius)
        duty = decide(RULES_SET, YES, situation, duty)
        if not duty.on:
            stopped_at = now if stopped_at is None else stopped_at
        elif stopped_at is not None:
            assert now - stopped_at >= HOLD
            stopped_at = None
