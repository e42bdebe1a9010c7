from collections import Counter
from statistics import mean, median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models.chat import Message, Overflow, Role, Sampling
from closedmesh.trust import probes
from closedmesh.trust.draws import Draw
from closedmesh.trust.epochs import probe_draw
from closedmesh.trust.probes import Wish, fits, fitted, message, of_use, pasted, plan, question

SECRET = bytes(range(32))
WISH = Wish("How do I", 40, "how does yoga work?")
WRITTEN = " keep my bread fresh for a week?"


@pytest.fixture(scope="module")
def plans(phrases):
    return [plan(probe_draw(SECRET, "peer", "model", n), phrases) for n in range(600)]


def test_the_same_secret_makes_the_same_check(phrases, plans):
    again = plan(probe_draw(SECRET, "peer", "model", 3), phrases)
    assert again == plans[3]


def test_checks_differ(plans):
    assert len({(p.first, p.paste) for p in plans}) > 500


def test_parameters_are_those_of_programs(plans):
    """What a program asks that leaves everything as it comes, more often than not; numbers that
    only a check would choose give it away."""
    usual = [p for p in plans if p.manner.temperature == Sampling().temperature]
    assert 0.6 < len(usual) / len(plans) < 0.8
    assert {p.manner.max_tokens for p in usual} == {0}
    assert {p.manner.overflow for p in usual} == {Overflow.DROP_OLDEST}
    assert {p.manner.max_tokens for p in plans} <= {0, 512, 1024}
    assert 0.05 < mean(p.manner.temperature == 0 for p in plans) < 0.2
    assert 0.5 < mean(p.turns == 1 for p in plans) < 0.75


def test_lengths_are_those_of_messages(phrases, plans):
    lengths = [p.first.length for p in plans if p.first.length]
    assert 80 < median(lengths) < 160
    assert 0.15 < mean(length > 450 for length in lengths) < 0.35
    share = mean(p.paste is not None for p in plans if p.first.length > probes.SHORT)
    assert share == pytest.approx(probes.PASTED_SHARE, abs=0.12)


def test_first_words_are_as_common_as_among_people(plans):
    words = Counter(p.first.words for p in plans)
    assert len(words) > 200
    assert max(words.values()) < 0.08 * len(plans)


def test_nothing_calls_itself_a_check(plans):
    for one in plans:
        texts = [one.first.words, one.first.instead, one.task]
        texts += [one.paste.messages[0].text] if one.paste else []
        assert not any("probe" in text.lower() for text in texts)


def test_a_message_is_what_the_model_wrote_after_the_first_words():
    said = {message(WISH, [WRITTEN], Draw(SECRET, bytes([n]))) for n in range(12)}
    assert "How do I keep my bread fresh for a week?" in said
    assert "How do I keep my bread fresh for a week" in said, "people leave the end out"


def test_of_several_the_one_of_the_best_length_is_taken():
    written = [" fly?", WRITTEN, WRITTEN * 5]
    assert "bread" in message(WISH, written, Draw(SECRET))
    assert len(message(WISH, written, Draw(SECRET))) < 60


@pytest.mark.parametrize("written", ["", "  ", "\n\n", "{{}}[[<<>>]]((", "\ufffd\ufffd cake"])
def test_a_template_stands_in_for_a_model_that_wrote_nothing(written):
    assert not of_use(written)
    assert message(WISH, [written], Draw(SECRET)).startswith("how does yoga work")


def test_trying_ends_with_a_message_of_the_wanted_length():
    assert fits(WISH, WRITTEN)
    assert not fits(WISH, " fly?")
    assert not fits(WISH, WRITTEN * 5)


def test_a_text_ends_where_a_sentence_does():
    text = "It is late. The train has left. Nobody waits at the station any more"
    assert fitted(text, 30) == "It is late. The train has left."
    assert fitted("one two three four five six", 10) == "one two three four five six"
    assert fitted("a word " * 100, 10) == ("a word " * 12)[:80].rsplit(" ", 1)[0].strip()
    assert fitted("short", 100) == "short"


@given(st.text(max_size=400), st.integers(1, 300))
def test_a_fitted_text_is_never_longer_than_wanted(text, length):
    assert len(fitted(text, length)) <= 2 * length + probes.MORE


def test_what_is_pasted_stands_in_its_task(plans):
    one = next(p for p in plans if p.paste and p.task != "{text}")
    text = pasted(one, "A long story. " * 400)
    assert "A long story." in text
    assert "{text}" not in text
    assert len(text) < 2 * one.first.length
    assert pasted(one, "  ") == ""


def test_of_pasted_code_the_fence_is_left_out(plans):
    one = next(p for p in plans if p.paste and p.task != "{text}")
    written = "Sure:\n```python\nfor i in range(3):\n    print(i)\n```\nThis prints numbers."
    text = pasted(one, written)
    assert "for i in range(3):\n    print(i)" in text
    assert "```" not in text
    assert "Sure" not in text


def test_a_question_is_one_that_any_program_would_ask(plans):
    chosen = plans[0]
    messages = (Message(Role.USER, "hi"),)
    asked = question(chosen, messages, "m" * 64, "somebody", Draw(SECRET))
    assert asked.prompt.messages == messages
    assert asked.sampling.temperature == chosen.manner.temperature
    assert asked.sampling.seed is not None
    assert asked.max_tokens == (chosen.manner.max_tokens or None)
    again = question(chosen, messages, "m" * 64, "somebody", Draw(SECRET, b"another"))
    assert again.sampling.seed != asked.sampling.seed


def test_a_conversation_goes_on(phrases):
    said = [probes.follow_up(Draw(SECRET, b"%d" % n), phrases) for n in range(200)]
    assert len({wish.words for wish in said}) > 60
    whole = mean(wish.length == 0 for wish in said)
    assert whole == pytest.approx(probes.WHOLE_SHARE, abs=0.07)


@given(st.text("abc xyz", max_size=60), st.binary(max_size=4))
def test_slips_of_the_fingers_change_a_letter_or_two(text, name):
    typed = probes.typed(text, Draw(SECRET, name))
    assert abs(len(typed) - len(text)) <= 1
    assert sum((Counter(text) - Counter(typed)).values()) <= 1
