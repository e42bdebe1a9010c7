import io
import json
import sys

from hypothesis import given
from hypothesis import strategies as st

from closedmesh.cli.output import Output, harmless
from tests.support.control import MODEL


@given(st.text())
def test_nothing_harmful_is_left_and_nothing_else_is_lost(text):
    shown = harmless(text)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert harmless(shown) == shown
    if text.isprintable():
        assert shown == text


def test_escape_sequences_lose_their_power_and_lines_stay():
    assert harmless("a\x1b[31mred\x07\r\n\tb\u202e\u200bc\x9b2J") == "a[31mred\n\tbc2J"


def test_words_go_to_one_stream_and_notes_to_the_other(capsys):
    output = Output(as_json=False)
    output.say("fact", end="")
    output.note("remark")
    said = capsys.readouterr()
    assert (said.out, said.err) == ("fact", "remark\n")


def test_a_value_is_one_line_of_json(capsys):
    Output(as_json=True).data(MODEL)
    out = capsys.readouterr().out
    assert out.count("\n") == 1
    assert json.loads(out)["name"] == MODEL.name


def test_columns_stand_below_each_other(capsys):
    Output(as_json=False).table(("A", "B"), [("long\x1bword", "x"), ("s", "")])
    assert capsys.readouterr().out.splitlines() == ["A         B", "longword  x", "s"]


def test_a_terminal_that_cannot_show_a_letter_shows_another(monkeypatch):
    narrow = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", narrow)
    Output(as_json=False).say("naïve")
    assert narrow.buffer.getvalue() == b"na?ve\n"
