import pytest
from msgspec import structs

from closedmesh.models.chat import CheckState, FinishReason, Role, ServedBy
from closedmesh.models.conversations import Entry, EntryId, EntryState
from closedmesh.ui.chat.message_view import footer, problem_words, receipt_line, speaker
from tests.support.control import MODEL, receipt

TITLES = {MODEL.name: MODEL.title}


def entry(state, **more):
    return Entry(EntryId(1), None, Role.ASSISTANT, "x", state, 1.0, **more)


def test_an_answer_says_what_where_and_how_fast():
    assert footer(entry(EntryState.COMPLETE, receipt=receipt()), TITLES) == (
        "SmolLM2 135M Instruct · on this computer · 89 tokens/s · first word after 0.04 s"
        " · 3 tokens"
    )


def test_a_model_that_is_gone_has_its_name():
    assert receipt_line(receipt(), {}).startswith(MODEL.name)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"finish": FinishReason.LENGTH}, "ended at the length limit"),
        ({"dropped_messages": 4}, "without the oldest 4 messages"),
        ({"served_by": ServedBy.MESH, "link": "direct, 12 ms"}, "by peer 7f3a (direct, 12 ms)"),
        ({"served_by": ServedBy.MESH}, "first peer tried · 89 tokens/s as measured here"),
        ({"served_by": ServedBy.MESH, "attempts": ("a", "b")}, "2 peers tried"),
        ({"served_by": ServedBy.MESH}, "not checked"),
        ({"served_by": ServedBy.FALLBACK}, "outside"),
        ({"check": CheckState.MISMATCH}, "not the model it claims to be"),
        ({"energy_wh": 0.25, "energy_source": "GPU"}, "0.2500 Wh (GPU)"),
        ({"energy_wh": 1.25, "energy_source": "GPU"}, "1.25 Wh (GPU)"),
        (
            {"energy_wh": 0.00896, "energy_source": "estimated, CPU package (from its load)"},
            "≈\u00a00.009\u00a0Wh (estimated)",
        ),
    ],
)
def test_what_is_special_is_said(change, words):
    assert words in receipt_line(structs.replace(receipt(), **change), TITLES)


def test_figures_that_were_not_measured_are_not_shown():
    line = receipt_line(structs.replace(receipt(), tokens_per_second=None, first_token_ms=None), {})
    assert "tokens/s" not in line
    assert "first word" not in line


@pytest.mark.parametrize(
    ("state", "words"),
    [(EntryState.STOPPED, "Stopped"), (EntryState.INTERRUPTED, "program ended"),
     (EntryState.WRITING, ""), (EntryState.FAILED, "")],
)  # fmt: skip
def test_how_it_came_out_is_said(state, words):
    assert words in footer(entry(state), TITLES)


def test_who_speaks():
    assert speaker(entry(EntryState.COMPLETE)) == "Answer"
    assert speaker(structs.replace(entry(EntryState.COMPLETE), role=Role.USER)) == "You"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "It went away."),
        ("one", "The answer broke off after 1 word. It is kept. It went away."),
        ("one two\nthree", "The answer broke off after 3 words. They are kept. It went away."),
    ],
)
def test_what_is_left_of_a_failed_answer_is_said(text, words):
    failed = structs.replace(entry(EntryState.FAILED, problem="It went away."), text=text)
    assert problem_words(failed) == words
    assert problem_words(entry(EntryState.COMPLETE)) == ""


def test_a_name_from_the_mesh_is_one_short_line():
    line = receipt_line(structs.replace(receipt(), model="a\nb" + "x" * 500), {})
    assert line.startswith("a bx")
    assert len(line) < 200
