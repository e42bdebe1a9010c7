from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from closedmesh.engine.text import TextStream


def shown(chunks, stop=()):
    stream = TextStream(stop)
    text = ""
    for chunk in chunks:
        text += stream.push(chunk)
        if stream.stopped:
            break
    return text + stream.finish(), stream.stopped


def cut(data, places):
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


@given(st.text(), st.lists(st.integers(0, 1000), max_size=8))
def test_text_comes_out_as_it_was_however_its_bytes_are_cut(text, places):
    assert shown(cut(text.encode(), places)) == (text, False)


@given(st.text("ab", max_size=20), st.text("ab", min_size=1, max_size=4), st.lists(st.integers(0)))
def test_nothing_of_a_stop_string_is_ever_shown(text, stop, places):
    expected = text.split(stop, maxsplit=1)[0]
    assert shown(cut(text.encode(), places), (stop,)) == (expected, stop in text)


@given(st.binary(max_size=30), st.lists(st.integers(0), max_size=4))
def test_broken_bytes_are_replaced_and_never_raise(data, places):
    assert shown(cut(data, places))[0] == data.decode("utf-8", "replace")


def test_a_character_waits_for_its_last_byte():
    stream = TextStream(())
    assert stream.push("é".encode()[:1]) == ""
    assert stream.push("é".encode()[1:]) == "é"


def test_the_first_of_several_stop_strings_counts():
    assert shown([b"one two three"], ("three", "two")) == ("one ", True)


def test_what_only_looked_like_a_stop_string_is_shown_after_all():
    stream = TextStream(("STOP",))
    assert stream.push(b"go ST") == "go "
    assert stream.push(b"AY") == "STAY"


def test_an_empty_stop_string_stops_nothing():
    assert shown([b"words"], ("",)) == ("words", False)


def test_nothing_comes_after_a_stop_string():
    stream = TextStream(("x",))
    stream.push(b"ax")
    assert stream.push(b"more") == ""
    assert stream.finish() == ""
