from collections import Counter
from statistics import mean

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models.chat import Message, Role
from closedmesh.trust import probes
from closedmesh.trust.draws import Draw
from closedmesh.trust.epochs import probe_draw
from closedmesh.trust.probes import Source, opening, plan, question, slipped

SECRET = bytes(range(32))


@pytest.fixture(scope="module")
def plans(phrases):
    return [plan(probe_draw(SECRET, "peer", "model", n), phrases) for n in range(600)]


def test_the_same_secret_makes_the_same_check(phrases, plans):
    again = plan(probe_draw(SECRET, "peer", "model", 3), phrases)
    assert again == plans[3]


def test_checks_differ(plans):
    assert len({(p.first, p.brief) for p in plans}) > 500


def test_kinds_come_as_often_as_the_traffic_says(phrases, plans):
    shares = phrases.traffic.source
    counts = Counter(p.source for p in plans)
    for source in Source:
        wanted = 6 * getattr(shares, source)
        assert counts[source] == pytest.approx(wanted, abs=5 * wanted**0.5)


def test_parameters_are_those_of_chats(plans):
    """Neither always greedy nor a single token: that would give a check away."""
    assert 0.03 < mean(p.temperature == 0 for p in plans) < 0.2
    assert min(p.max_tokens for p in plans) >= 32
    assert len({p.max_tokens for p in plans}) > 100
    assert {p.turns for p in plans} >= {1, 2, 3}
    assert 0.5 < mean(p.turns == 1 for p in plans) < 0.75


def test_nothing_calls_itself_a_check(plans):
    for one in plans:
        text = one.first + (one.brief.messages[0].text if one.brief else "")
        assert "probe" not in text.lower()
        assert "{" not in text.replace("{{", "") or "\n" in text  # only code has braces


def test_only_written_ones_need_a_model(plans):
    assert all((p.brief is not None) == (p.source is Source.WRITTEN) for p in plans)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("how long does bread keep in the fridge?", "how long does bread keep in the fridge?"),
        ('"How long does bread keep?"', "how long does bread keep?"),
        ("Sure! Here is the message:\nhow long does bread keep?", "how long does bread keep?"),
        ("User: how long does bread keep?\n\nI hope this helps.", "how long does bread keep?"),
    ],
)
def test_a_models_manners_are_taken_off(plans, written, read):
    chosen = next(p for p in plans if p.brief)
    texts = {opening(chosen, written, Draw(SECRET, bytes([n]))).lower() for n in range(12)}
    assert read in {text.strip() for text in texts}


@pytest.mark.parametrize("written", ["", "  ", "ok", '""', "Sure, here is a message:\n"])
def test_a_template_stands_in_for_a_model_that_wrote_nothing(plans, written):
    chosen = next(p for p in plans if p.brief)
    assert opening(chosen, written, Draw(SECRET)) == chosen.first


def test_a_model_that_never_stops_writes_only_so_much(plans):
    chosen = next(p for p in plans if p.brief)
    assert len(opening(chosen, "word " * 5000, Draw(SECRET))) <= probes.MAX_WRITTEN + 1


def test_a_question_is_one_that_any_program_would_ask(plans):
    chosen = plans[0]
    messages = (Message(Role.USER, "hi"),)
    asked = question(chosen, messages, "m" * 64, "somebody", Draw(SECRET))
    assert asked.prompt.messages == messages
    assert asked.sampling.temperature == chosen.temperature
    assert asked.sampling.seed is not None
    assert asked.max_tokens == chosen.max_tokens
    again = question(chosen, messages, "m" * 64, "somebody", Draw(SECRET, b"another"))
    assert again.sampling.seed != asked.sampling.seed


def test_a_conversation_goes_on(phrases):
    said = {probes.follow_up(Draw(SECRET, bytes([n])), phrases).text for n in range(100)}
    assert len(said) > 30


@given(st.text("abc xyz", max_size=60), st.binary(max_size=4))
def test_slips_of_the_fingers_change_a_letter_or_two(text, name):
    typed = slipped(text, Draw(SECRET, name))
    assert abs(len(typed) - len(text)) <= 1
    assert sum((Counter(text) - Counter(typed)).values()) <= 1
