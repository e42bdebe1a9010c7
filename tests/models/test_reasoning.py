import pytest

from closedmesh.models.reasoning import Parted, parted


@pytest.mark.parametrize(
    ("text", "thought", "answer", "thinking"),
    [
        ("Hello", "", "Hello", False),
        ("", "", "", False),
        ("<think>", "", "", True),
        ("\n<thi", "", "", True),
        ("<think>\nHm. 2", "Hm. 2", "", True),
        ("<think>\nHm.\n</think>\n\nFour", "Hm.", "Four", False),
        ("<think></think>Four", "", "Four", False),
        ("<reasoning>a</reasoning>b", "a", "b", False),
        ("Hm.\n</think>\nFour", "Hm.", "Four", False),
        ("Write <think> in a tag, then </think>.", "", "Write <think> in a tag, then </think>.",
         False),
        ("<b>bold</b>", "", "<b>bold</b>", False),
    ],
)  # fmt: skip
def test_thought_and_answer_are_told_apart(text, thought, answer, thinking):
    assert parted(text) == Parted(thought, answer, thinking=thinking)


def test_a_growing_answer_never_shows_the_tag():
    whole = "<think>Let me see.</think>Yes"
    for end in range(1, len(whole)):
        assert "<" not in parted(whole[:end]).answer
