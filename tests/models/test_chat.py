import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models.chat import Conversation, Message, Question, RawText, Role, Sampling


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("temperature", -0.1), ("temperature", 5.1), ("temperature", "hot"), ("top_k", -1),
        ("top_p", 0.0), ("top_p", 1.1), ("min_p", -0.1), ("repeat_penalty", 0.0),
        ("presence_penalty", 2.1), ("seed", -1), ("seed", 2**63), ("surprise", 1),
    ],
)  # fmt: skip
def test_sampling_that_makes_no_sense_is_refused(field, value):
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert({field: value}, Sampling)


@pytest.mark.parametrize("change", [
    {"max_tokens": 0}, {"top_logprobs": 21}, {"top_logprobs": -1}, {"stop": ["x"] * 17},
    {"prompt": {"type": "conversation", "messages": []}}, {"route": "moon"},
])  # fmt: skip
def test_a_question_that_makes_no_sense_is_refused(change):
    question = msgspec.to_builtins(Question(RawText("x")))
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(question | change, Question)


@given(st.text(), st.sampled_from(Role))
def test_a_question_survives_being_json(text, role):
    question = Question(Conversation((Message(role, text),)), sampling=Sampling(seed=1))
    assert msgspec.json.decode(msgspec.json.encode(question), type=Question) == question
