import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models.tool_reader import MAX_HELD, Dialect, Reader

NAMES = frozenset({"weather", "time"})
CALL = '{"name": "weather", "arguments": {"city": "Köln"}}'


def read(dialect, text, step=None):
    """Text and calls of an answer that comes in pieces of `step` characters."""
    reader = Reader(dialect, NAMES, "0123456789abcdef")
    step = step or len(text) or 1
    said = [reader.push(text[i : i + step]) for i in range(0, len(text), step)]
    said.append(reader.finish())
    calls = [call for _, more in said for call in more]
    assert reader.called == bool(calls)
    return "".join(text for text, _ in said), calls


@pytest.mark.parametrize("step", [1, 3, 1000])
@pytest.mark.parametrize(
    ("dialect", "answer"),
    [
        (Dialect.TAGGED, f"<tool_call>\n{CALL}\n</tool_call>"),
        (Dialect.TAGGED, f"<tool_call>{CALL}"),
        (Dialect.WHOLE, CALL.replace("arguments", "parameters")),
        (Dialect.WHOLE, f"\n[{CALL}]"),
        (Dialect.PLAIN, f'{{"tool_calls": [{CALL}]}}'),
    ],
)
def test_a_call_is_read_in_every_dialect(dialect, answer, step):
    text, (call,) = read(dialect, answer, step)
    assert text == ""
    assert (call.name, json.loads(call.arguments)) == ("weather", {"city": "Köln"})


@pytest.mark.parametrize("step", [1, 1000])
@pytest.mark.parametrize("dialect", [Dialect.TAGGED, Dialect.WHOLE])
def test_an_answer_without_calls_is_text(dialect, step):
    for answer in ("Hello <b>you</b> <tool", "{no json", "", "  [1, 2]"):
        assert read(dialect, answer, step) == (answer, [])


def test_text_is_shown_as_it_comes_and_what_may_be_a_call_is_not():
    reader = Reader(Dialect.TAGGED, NAMES, "r")
    assert reader.push("I look <tool_") == ("I look ", ())
    assert reader.push("box>") == ("<tool_box>", ())
    assert Reader(Dialect.WHOLE, NAMES, "r").push("Hi") == ("Hi", ())
    plain = Reader(Dialect.PLAIN, NAMES, "r")
    assert plain.push('{"resp') == ("", ())
    assert plain.push('onse": "A b') == ("A b", ())


def test_several_calls_with_text_before_them_have_ids_of_their_own():
    time = '{"name": "time", "arguments": "{}"}'
    text, calls = read(
        Dialect.TAGGED, f"Let me see.<tool_call>{CALL}</tool_call>\n<tool_call>{time}</tool_call>\n"
    )
    assert text == "Let me see."
    assert [call.name for call in calls] == ["weather", "time"]
    assert [call.id for call in calls] == ["012345600", "012345601"]
    assert calls[1].arguments == "{}"


@pytest.mark.parametrize(
    "wrong",
    [
        '{"name": "delete_everything", "arguments": {}}',
        '{"name": "weather", "arguments": [1]}',
        '{"name": ["weather"], "arguments": {}}',
        '{"arguments": {}}',
    ],
)
def test_what_was_not_offered_is_never_called(wrong):
    for dialect, answer in (
        (Dialect.TAGGED, f"<tool_call>{wrong}</tool_call>"),
        (Dialect.WHOLE, wrong),
        (Dialect.WHOLE, f"[{CALL}, {wrong}]"),
    ):
        assert read(dialect, answer) == (answer, [])
    assert read(Dialect.PLAIN, f'{{"tool_calls": [{wrong}]}}') == (wrong, [])


@pytest.mark.parametrize("step", [1, 2, 7, 1000])
def test_calls_that_are_whole_count_although_the_answer_was_cut_off(step):
    brackets = '{"name": "time", "arguments": {"at": "}{\\"["}}'
    answer = f'{{ "tool_calls" : [{CALL}, {brackets} , {{"name": "weather", "argu'
    text, calls = read(Dialect.PLAIN, answer, step)
    assert text == ""
    assert [call.name for call in calls] == ["weather", "time"]
    assert json.loads(calls[1].arguments) == {"at": '}{"['}


@pytest.mark.parametrize("beginning", ["<tool_call>", "{", "["])
def test_nobody_can_have_an_endless_answer_held_back(beginning):
    for dialect in Dialect:
        reader = Reader(dialect, NAMES, "r")
        shown = reader.push(beginning)[0]
        for _ in range(3):
            shown += reader.push("x" * MAX_HELD)[0]
        assert shown == beginning + "x" * 3 * MAX_HELD


@given(st.text(st.characters(exclude_categories=["Cs"])), st.integers(1, 5), st.booleans())
def test_a_plain_response_is_decoded_wherever_it_is_cut(text, step, ascii_only):
    answer = json.dumps({"response": text}, ensure_ascii=ascii_only)
    assert read(Dialect.PLAIN, answer, step) == (text, [])


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_a_plain_response_that_was_cut_off_is_a_beginning(text):
    answer = json.dumps({"response": text})
    for length in range(len('{"response": "'), len(answer)):
        shown, _ = read(Dialect.PLAIN, answer[:length])
        assert text.startswith(shown)


@given(st.text(), st.integers(1, 4), st.sampled_from(Dialect))
def test_any_text_is_read_without_error(text, step, dialect):
    shown, calls = read(dialect, text, step)
    assert isinstance(shown, str)
    assert not calls
