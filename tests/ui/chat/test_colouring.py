import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.ui.chat.colouring import LONGEST_PIECE, MAX_COLOURED, coloured, pieces

LINE = st.sampled_from(
    ["def f():", "    x = 1", "", "   ", "# said", "\u2028", "😀" * 30, "y" * 400]
)


def flat(text, language):
    return [run for piece in coloured(text, language) for run in piece]


@given(st.lists(LINE, max_size=60).map("\n".join))
def test_pieces_are_the_text_and_stay_when_it_grows(text):
    assert "".join(pieces(text)) == text
    for end in range(0, len(text), 97):
        before = pieces(text[:end])[:-1]
        assert pieces(text)[: len(before)] == before


def test_a_text_without_a_begin_of_anything_is_cut_as_well():
    assert max(map(len, pieces("  x = 1\n" * 5000))) <= LONGEST_PIECE + 8


@given(st.lists(LINE, max_size=60).map("\n".join), st.sampled_from(["python", "html", "c", ""]))
def test_no_letter_is_lost_or_added(text, language):
    assert "".join(word for word, _ in flat(text, language)) == text


def test_code_is_coloured():
    shown = flat("if x < 1:  # <b>", "python")
    assert ("if", "code-keyword") in shown
    assert ("# <b>", "code-comment") in shown


@pytest.mark.parametrize("language", ["", "no such language", "../../x", "python\0"])
def test_code_of_an_unknown_language_is_shown_as_it_stands(language):
    assert flat("a < b", language) == [("a < b", "")]


def test_of_a_very_long_text_the_begin_is_coloured():
    shown = list(coloured("x = 1\n" * MAX_COLOURED, "python"))
    assert len(shown[0]) > 1
    assert len(shown[-1]) == 1
