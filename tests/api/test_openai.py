import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.api import openai
from closedmesh.errors import BadRequest
from closedmesh.models.chat import Conversation, Message, Overflow, Role, Route, Sampling

USER = {"role": "user", "content": "Hello?"}


def chat(header=None, **fields):
    return openai.chat(json.dumps({"messages": [USER]} | fields).encode(), header)


def text(**fields):
    return openai.text(json.dumps({"prompt": "Once"} | fields).encode())


def test_a_silent_request_has_the_defaults_of_the_engine():
    asked = chat()
    assert asked.question.sampling == Sampling()
    assert asked.question.max_tokens is None
    assert asked.question.route is Route.LOCAL
    assert not asked.stream


def test_messages_of_all_roles_and_forms():
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    roles = ("system", "developer", "user", "assistant")
    asked = chat(messages=[{"role": r, "content": parts, "name": "x"} for r in roles])

    expected = (Role.SYSTEM, Role.SYSTEM, Role.USER, Role.ASSISTANT)
    assert asked.question.prompt == Conversation(tuple(Message(r, "ab") for r in expected))


def test_sampling_is_passed_on():
    fields = {
        "temperature": 0.5,
        "top_p": 0.9,
        "top_k": 5,
        "min_p": 0.1,
        "repeat_penalty": 1.1,
        "presence_penalty": -1,
        "frequency_penalty": 2,
        "seed": 3,
    }
    assert chat(**fields).question.sampling == Sampling(**fields)


def test_top_p_nothing_is_greedy():
    assert chat(top_p=0, temperature=2).question.sampling == Sampling(temperature=0.0, top_p=1.0)


@given(st.integers(-(2**63), 2**64 - 1))
def test_any_seed_is_a_seed(seed):
    first, second = chat(seed=seed), text(seed=seed)
    assert first.question.sampling.seed == second.question.sampling.seed == seed % 2**63


def test_stop_max_tokens_and_logprobs():
    assert chat(stop="a").question.stop == ("a",)
    assert chat(stop=["a", ""]).question.stop == ("a",)
    assert chat(max_tokens=1).question.max_tokens == 1
    assert chat(max_tokens=1, max_completion_tokens=2).question.max_tokens == 2
    assert text().question.max_tokens == openai.DEFAULT_TEXT_TOKENS
    assert chat().question.top_logprobs is None
    assert chat(logprobs=True).question.top_logprobs == 0
    assert chat(logprobs=True, top_logprobs=3).question.top_logprobs == 3
    assert text(logprobs=0).question.top_logprobs == 0


def test_our_own_fields():
    extras = {"route": "auto", "overflow": "drop-oldest"}
    assert chat(closedmesh=extras).question.route is Route.AUTO
    assert chat(closedmesh=extras).question.overflow is Overflow.DROP_OLDEST
    assert chat(header="mesh", closedmesh=extras).question.route is Route.MESH


def test_what_changes_nothing_is_ignored():
    harmless = {"user": "me", "store": True, "metadata": {}, "n": 1, "tools": [], "logit_bias": {}}
    assert chat(**harmless, response_format={"type": "text"}) == chat()


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"n": 2}, "n"),
        ({"tools": [{"type": "function"}]}, "tools"),
        ({"response_format": {"type": "json_object"}}, "response_format"),
        ({"logit_bias": {"1": 5}}, "logit_bias"),
        ({"best_of": 2}, "best_of"),
        ({"echo": True}, "echo"),
        ({"suffix": "end"}, "suffix"),
        ({"reasoning_effort": "high"}, "reasoning_effort"),
        ({"temperature": -1}, "temperature"),
        ({"temperature": "hot"}, "temperature"),
        ({"top_p": 1.1}, "top_p"),
        ({"max_tokens": 0}, "max_tokens"),
        ({"seed": 1.5}, "seed"),
        ({"stop": ["a"] * 17}, "stop"),
        ({"messages": []}, "messages"),
        ({"messages": [{"role": "tool", "content": "x"}]}, "messages[0].role"),
        ({"messages": [{"role": "user"}]}, "messages[0].content"),
        ({"messages": [USER | {"tool_calls": [1]}]}, "messages[0].tool_calls"),
        (
            {"messages": [USER, {"role": "user", "content": [{"type": "image_url"}]}]},
            "messages[1].content[0].type",
        ),
        ({"top_logprobs": 2}, "top_logprobs"),
        ({"stream_options": {"include_usage": True}}, "stream_options"),
        ({"closedmesh": {"route": "moon"}}, "closedmesh.route"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(fields, param):
    with pytest.raises(BadRequest) as caught:
        chat(**fields)
    assert caught.value.param == param


def test_a_route_or_prompt_that_does_not_exist_is_refused():
    with pytest.raises(BadRequest) as caught:
        chat(header="moon")
    assert caught.value.param == "x-closedmesh-route"
    for prompt in (None, [], ["a", "b"], [1, 2]):
        with pytest.raises(BadRequest):
            text(prompt=prompt)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = [*openai.ChatRequest.__struct_fields__, *openai.NEUTRAL, "prompt"]


@given(st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_any_bytes_are_a_question_or_a_bad_request(body):
    for understand in (openai.chat, openai.text):
        with suppress(BadRequest):
            assert understand(body, None).question


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_any_values_are_a_question_or_a_bad_request(fields):
    for understand in (chat, text):
        with suppress(BadRequest):
            assert understand(**fields).question
