from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.trust.draws import Draw, name_of

SECRET = b"s" * 32


def test_the_same_secret_and_name_choose_the_same():
    first, again = Draw(SECRET, b"a", b"b"), Draw(SECRET, b"a", b"b")
    assert [first.below(1000) for _ in range(50)] == [again.below(1000) for _ in range(50)]


def test_other_secrets_and_names_choose_something_else():
    def numbers(draw):
        return tuple(draw.below(2**60) for _ in range(3))

    several = {
        numbers(Draw(SECRET, b"a", b"b")),
        numbers(Draw(SECRET, b"ab")),
        numbers(Draw(SECRET, b"a", b"c")),
        numbers(Draw(b"t" * 32, b"a", b"b")),
    }
    assert len(several) == 4


def test_the_stream_has_not_changed():
    """Revealed secrets of earlier versions can still be checked."""
    draw = Draw(SECRET, b"probe", b"peer")
    assert [draw.below(1000) for _ in range(6)] == VECTOR


VECTOR = [231, 866, 569, 38, 526, 848]


def test_numbers_below_a_limit_are_equally_likely():
    draw = Draw(SECRET, b"even")
    counts = Counter(draw.below(7) for _ in range(7000))
    assert set(counts) == set(range(7))
    # five standard deviations of a count are 146
    assert all(abs(count - 1000) < 146 for count in counts.values())


def test_weights_are_followed_and_nothing_is_never_chosen():
    draw = Draw(SECRET, b"weights")
    counts = Counter(draw.weighted({"a": 3.0, "b": 0.0, "c": 1.0}) for _ in range(4000))
    assert set(counts) == {"a", "c"}
    assert counts["a"] == pytest.approx(3000, abs=140)


def test_waiting_times_have_their_mean_and_no_memory():
    draw = Draw(SECRET, b"times")
    times = [draw.waiting_time(600.0) for _ in range(4000)]
    assert min(times) >= 0
    assert sum(times) / 4000 == pytest.approx(600, abs=50)
    late = [time for time in times if time > 600]
    assert len(late) / 4000 == pytest.approx(0.368, abs=0.04)
    assert sum(time - 600 for time in late) / len(late) == pytest.approx(600, abs=80)


@given(st.integers(0, 300), st.integers(0, 60))
def test_a_sample_has_different_numbers_in_order(limit, count):
    chosen = Draw(SECRET, b"sample").sample(limit, count)
    assert len(chosen) == min(limit, count)
    assert chosen == sorted(set(chosen))
    assert all(0 <= number < limit for number in chosen)


@given(st.lists(st.binary(max_size=5), max_size=4), st.lists(st.binary(max_size=5), max_size=4))
def test_different_parts_never_share_a_name(left, right):
    assert (name_of(*left) == name_of(*right)) == (left == right)
