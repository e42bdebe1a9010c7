import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.models.chat import Conversation, Message, Role, Sampling
from closedmesh.trust.traces import Step, Trace
from closedmesh.trust.transcripts import Transcript, decode, digest, encode, figures
from tests.support.small_model import SmallModel, entry

PROMPT = (5, 6, 7)
SALT = b"s" * 32
TOP = tuple(range(48))


def transcript(steps, ended, root=None, openings=None, **changes):
    trace = Trace(steps, SALT)
    tokens = tuple(step.token for step in steps)
    shown = trace.open(range(min(48, len(steps)))) if openings is None else openings
    made = Transcript(
        peer="a" * 64, model="b" * 64, weights="c" * 64, backend="cpu",
        prompt=Conversation((Message(Role.USER, "hi"),)), date="2030-01-01",
        sampling=Sampling(seed=7), max_tokens=48, tokens=tokens[:-1] if ended else tokens,
        end_token=tokens[-1] if ended else None, text="x", root=root or trace.root,
        openings=shown, asked=1.0, first=0.5, took=2.0, number=0,
    )  # fmt: skip
    return structs.replace(made, **changes)


def answered(model=None, seed=7):
    steps, ended = (model or SmallModel()).answer(PROMPT, Sampling(seed=seed), 48)
    return transcript(steps, ended)


def judged(made, own_tokens=None, active_bytes=10**8):
    references = SmallModel().score(PROMPT, made.steps)
    return figures(
        made, references, made.tokens if own_tokens is None else own_tokens, active_bytes
    )


def test_an_honest_answer_misses_nothing():
    found = judged(answered())
    assert (found.missed, found.outside, found.contradicted) == (0, 0, 0)
    assert found.opened == found.tokens > 0
    assert found.spread == -3
    assert not found.too_fast
    assert found.foreign_tokens == 0


def test_what_a_copy_has_no_room_for_is_still_looked_at_for_contradictions():
    made = answered()
    read = SmallModel().score(PROMPT, made.steps)[:9]
    found = figures(made, read, made.tokens, 10**8)
    assert (found.tokens, found.opened, found.contradicted) == (9, 9, 0)
    steps, ended = SmallModel().answer(PROMPT, Sampling(seed=7), 48)
    told = steps[:20] + [Step((step.token + 1) % 40, step.entry) for step in steps[20:]]
    found = figures(transcript(told, ended), read, made.tokens, 10**8)
    assert (found.opened, found.missed) == (9, 0)
    assert found.contradicted > 3
    assert figures(made, [], made.tokens, 10**8).spread is None


def test_coarser_weights_show_in_numbers_and_tokens():
    found = [judged(answered(SmallModel(coarseness))) for coarseness in (0.1, 0.4, 1.2)]
    spreads = [f.spread for f in found]
    assert spreads == sorted(spreads)
    assert spreads[1] > -2
    assert found[2].missed > 3
    assert not any(f.contradicted for f in found), "each is true to its own numbers"


def test_another_model_is_far_away():
    found = judged(answered(SmallModel(family=b"two")))
    assert found.spread > -0.1
    assert found.missed / found.tokens > 0.5


def test_a_cheap_text_with_an_honest_proof_contradicts_itself():
    steps, ended = SmallModel(1.2).answer(PROMPT, Sampling(seed=7), 48)
    context, proven = list(PROMPT), []
    for step in steps:
        proven.append(Step(step.token, entry(SmallModel().logits(context))))
        context.append(step.token)
    found = judged(transcript(proven, ended))
    assert found.spread == -3
    assert found.contradicted > 2


def test_tokens_other_than_the_shown_ones_are_a_contradiction():
    steps, ended = SmallModel().answer(PROMPT, Sampling(seed=7), 48)
    told = [Step((step.token + 1) % 40, step.entry) for step in steps[:4]] + steps[4:]
    shown = Trace(steps, SALT)
    made = transcript(told, ended, root=shown.root, openings=shown.open(range(len(steps))))
    assert judged(made).contradicted == 4


def test_a_proof_of_another_root_is_a_contradiction_and_no_evidence():
    made = structs.replace(answered(), root=b"r" * 32)
    found = judged(made)
    assert found.contradicted == len(made.openings)
    assert found.spread is None


def test_a_peer_that_shows_nothing_is_judged_by_its_tokens():
    found = judged(structs.replace(answered(), root=None, openings=()))
    assert (found.opened, found.spread) == (0, None)
    assert found.missed == 0


def test_speed_is_measured_after_the_first_token():
    made = structs.replace(answered(), tokens=tuple(range(1, 31)), end_token=None, first=1.0)
    assert made.tokens_per_second == pytest.approx(29.0)
    assert structs.replace(made, took=1.0).tokens_per_second == 0
    assert structs.replace(made, tokens=(1, 2)).tokens_per_second == 0


def test_an_answer_without_a_token_says_nothing():
    found = judged(structs.replace(answered(), tokens=(), end_token=None, openings=()))
    assert (found.tokens, found.margin, found.spread) == (0, 0.0, None)


def test_a_transcript_can_be_read_again():
    made = answered()
    assert decode(encode(made)) == made
    assert digest(decode(encode(made))) == digest(made)
    assert digest(structs.replace(made, number=1)) != digest(made)


@given(st.binary(max_size=200))
def test_other_bytes_are_refused(data):
    with pytest.raises(ValueError, match=r"transcript|bytes"):
        decode(data)


def test_a_transcript_without_bounds_is_refused():
    with pytest.raises(ValueError, match="bytes"):
        decode(b" " * 2_000_000)
