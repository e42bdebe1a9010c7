import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models.hours import MINUTES, Hours, Minute, Moment, next_change

MONDAY, FRIDAY, SATURDAY, SUNDAY = 0, 4, 5, 6

hours = st.builds(
    Hours,
    st.frozensets(st.integers(0, 6), min_size=1),
    st.integers(0, MINUTES - 1).map(Minute),
    st.integers(0, MINUTES).map(Minute),
).filter(lambda span: span.start != span.end)


def at(weekday: int, clock: str) -> Moment:
    hour, minute = map(int, clock.split(":"))
    return Moment(weekday, Minute(hour * 60 + minute))


@given(hours)
def test_parse_and_print_are_inverses(span):
    assert Hours.parse(str(span)) == span


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("mon-fri 09:00-17:30", at(MONDAY, "09:00"), at(MONDAY, "17:30")),
        ("mon-fri 09:00-17:30", at(FRIDAY, "17:29"), at(SATURDAY, "12:00")),
        ("22:00-07:00", at(SUNDAY, "23:00"), at(SUNDAY, "12:00")),
        ("fri 22:00-07:00", at(SATURDAY, "06:59"), at(FRIDAY, "06:59")),
        ("sat, sun", at(SUNDAY, "00:00"), at(MONDAY, "00:00")),
        ("fri-mon", at(SUNDAY, "10:00"), at(3, "10:00")),
        ("Saturday 8:00-24:00", at(SATURDAY, "23:59"), at(SUNDAY, "00:00")),
    ],
)
def test_what_people_write_is_meant_as_they_mean_it(text, inside, outside):
    span = Hours.parse(text)
    assert span.include(inside)
    assert not span.include(outside)


@pytest.mark.parametrize("text", ["mon 25:00-26:00", "mon 9:70-10:00", "xyz", "9:00-9:00", "mon,",
                                  "mon 9:00-10:00 and more", "x" * 200])  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_reason(text):
    with pytest.raises(ValueError, match=r"\w+"):
        Hours.parse(text)


@given(st.text(max_size=40))
def test_any_text_is_a_span_or_a_value_error(text):
    with contextlib.suppress(ValueError):
        Hours.parse(text)


@given(hours, st.integers(0, 6), st.integers(0, MINUTES - 1))
def test_the_next_change_is_the_first_one(span, weekday, minute):
    now = Moment(weekday, Minute(minute))
    ahead = next_change((span,), now)
    if ahead is None:
        assert len(span.days) == 7
        return

    def later(minutes: int) -> Moment:
        total = minute + minutes
        return Moment((weekday + total // MINUTES) % 7, Minute(total % MINUTES))

    assert span.include(later(ahead)) != span.include(now)
    assert span.include(later(ahead - 1)) == span.include(now)
