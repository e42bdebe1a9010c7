import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.models import sampling as rule
from closedmesh.models.chat import TRACE_TOP, TRACE_UNIT, Sampling, TraceEntry
from closedmesh.trust.openings import Finding, judge
from closedmesh.trust.traces import Step

logits_of_any_kind = st.lists(
    st.floats(-15, 15, width=32), min_size=2, max_size=80
).map(lambda values: np.array(values, dtype=np.float32))  # fmt: skip

settings_of_any_kind = st.builds(
    Sampling,
    temperature=st.sampled_from([0.0, 0.1, 0.5, 0.8, 1.0, 1.7]),
    top_k=st.sampled_from([0, 1, 3, 8, 40]),
    top_p=st.sampled_from([1.0, 0.95, 0.5, 0.1]),
    min_p=st.sampled_from([0.0, 0.05, 0.4]),
    seed=st.integers(0, 2**63 - 1),
)


def said(logits):
    top = rule.best(logits, min(TRACE_TOP, len(logits))).tolist()
    units = [round(value * TRACE_UNIT) for value in rule.logprobs(logits, top)]
    return TraceEntry(tuple(top), tuple(min(0, unit) for unit in units))


@given(logits_of_any_kind, settings_of_any_kind, st.integers(0, 4000))
def test_what_a_model_chose_is_never_contradicted(logits, chosen, position):
    token = rule.choose(logits, chosen, chosen.seed, position, ())
    assert judge(Step(token, said(logits)), position, chosen) is Finding.FOLLOWS


def test_a_text_that_the_seed_does_not_pick_is_contradicted_most_of_the_time():
    logits = np.log(np.array([0.4, 0.3, 0.2, 0.1], dtype=np.float32))
    entry = said(logits)
    chosen = Sampling(temperature=1.0, top_k=40, top_p=1.0, min_p=0.0)
    for seed in range(50):
        keyed = structs.replace(chosen, seed=seed)
        winner = rule.choose(logits, keyed, seed, 3, ())
        findings = [judge(Step(token, entry), 3, keyed) for token in range(4)]
        assert findings[winner] is Finding.FOLLOWS
        assert findings.count(Finding.FOLLOWS) <= 2  # a near tie at most
    assert judge(Step(0, entry), 3, structs.replace(chosen, seed=0)) is Finding.CONTRADICTED


def test_a_token_that_nobody_named_cannot_win_against_a_sure_one():
    entry = TraceEntry((5, 6), (-1, -300))
    assert judge(Step(9, entry), 0, Sampling(seed=1)) is Finding.CONTRADICTED


def test_greedy_answers_take_the_first():
    entry = TraceEntry((5, 6, 7), (-60, -61, -90))
    chosen = Sampling(temperature=0.0, seed=1)
    assert judge(Step(5, entry), 0, chosen) is Finding.FOLLOWS
    assert judge(Step(6, entry), 0, chosen) is Finding.FOLLOWS  # rounding may hide which is first
    assert judge(Step(7, entry), 0, chosen) is Finding.CONTRADICTED
    assert judge(Step(8, entry), 0, chosen) is Finding.CONTRADICTED


@pytest.mark.parametrize(
    "change", [{"repeat_penalty": 1.1}, {"presence_penalty": 0.5}, {"frequency_penalty": -0.1},
               {"logit_bias": {3: 1.0}}],
)  # fmt: skip
def test_nothing_is_said_when_something_else_took_part(change):
    chosen = structs.replace(Sampling(seed=1), **change)
    assert judge(Step(9, TraceEntry((5, 6), (-1, -300))), 0, chosen) is Finding.UNKNOWN


def test_nothing_is_said_of_answers_in_a_prescribed_form():
    step = Step(9, TraceEntry((5, 6), (-1, -300)))
    assert judge(step, 0, Sampling(seed=1), formed=True) is Finding.UNKNOWN
