from hypothesis import given
from hypothesis import strategies as st

from closedmesh.engine.guessing import FIRST_REST, SIZES, Lookup, Trust
from closedmesh.engine.pace import Pace


def test_what_followed_before_is_guessed():
    assert Lookup().guess([1, 2, 3, 4, 5, 1, 2, 3], 3) == [4, 5, 1]
    assert Lookup().guess([1, 2, 3, 4, 5, 9, 2, 3], 3) == []
    assert Lookup().guess([], 3) == []


def test_the_latest_occurrence_counts():
    assert Lookup().guess([1, 2, 3, 7, 1, 2, 3, 8, 1, 2, 3], 1) == [8]


@given(st.lists(st.integers(1, 4), max_size=60), st.integers(1, 8))
def test_guesses_are_what_stood_after_the_same_tokens(tokens, count):
    lookup = Lookup()
    for end in range(len(tokens) + 1):
        guessed = lookup.guess(tokens[:end], count)
        assert len(guessed) <= count
        if guessed:
            assert any(
                tokens[at - 3 : at] == tokens[end - 3 : end]
                and tokens[at : at + len(guessed)] == guessed
                for at in range(3, end)
            )


def measured(**seconds):
    pace = Pace()
    pace.wrote(1, 0, seconds["plain"])
    for size in SIZES:
        pace.wrote(1, size, seconds["plain"] + size * seconds["each"])
    return pace


def test_cheap_guesses_that_are_right_are_made_many():
    trust = Trust()
    for _ in range(20):
        trust.learn(16, 16)
    assert trust.size(measured(plain=10.0, each=1.0), 0, 100) == 16
    assert trust.size(measured(plain=10.0, each=1.0), 0, 5) == 4


def test_wrong_guesses_stop_and_are_tried_again_later():
    trust, pace = Trust(), measured(plain=10.0, each=3.0)
    for _ in range(10):
        trust.learn(4, 0)
    assert [trust.size(pace, 0, 100) for _ in range(FIRST_REST + 1)] == [0] * (FIRST_REST + 1)
    assert trust.size(pace, 0, 100) > 0


def test_guesses_that_cost_as_much_as_tokens_are_not_made():
    assert Trust().size(measured(plain=10.0, each=9.0), 0, 100) == 0


def test_nothing_is_guessed_before_a_step_was_measured():
    assert Trust().size(Pace(), 0, 100) == 0


def dear():
    """Steps of a computer that gains little by computing several tokens at once."""
    pace = Pace()
    for size, seconds in zip((0, *SIZES), (1.0, 2.5, 3.5, 5.0, 6.0), strict=True):
        pace.wrote(1, size, seconds)
    return pace


def written(tokens, pace, guesser):
    """Sizes of the guesses while `tokens` are written after the first 40 of them."""
    trust, sizes = Trust(), []
    for end in range(41, len(tokens)):
        sizes.append(trust.size(pace, 0, 100))
        if sizes[-1]:
            break
        trust.watch(guesser, tokens[:end])
    return sizes


def test_a_text_that_repeats_itself_is_noticed_though_guessing_did_not_pay_before():
    assert Trust().size(dear(), 0, 100) == 0
    sizes = written([*range(40)] * 4, dear(), Lookup())
    assert sizes[-1] == 16
    assert len(sizes) < 80


def test_a_text_that_never_repeats_itself_long_is_left_alone():
    tokens = [n if n % 8 else 1000 + m for m in range(12) for n in range(40)]
    assert not any(written(tokens, dear(), Lookup()))


def test_guesses_that_cost_time_are_not_made_to_be_watched():
    class Dear:
        free = False

        def guess(self, tokens, count):
            raise AssertionError("it was asked")

    assert not any(written([*range(40)] * 4, dear(), Dear()))
