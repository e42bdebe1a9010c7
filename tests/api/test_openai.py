import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.api import openai
from closedmesh.errors import BadRequest
from closedmesh.models.chat import (
    Conversation,
    Grammar,
    Message,
    Overflow,
    RawText,
    Role,
    Route,
    Sampling,
    TokenPrompt,
)
from closedmesh.models.forms import ANY_OBJECT

USER = {"role": "user", "content": "Hello?"}
DEEP = {"type": "object"}
for _ in range(60):
    DEEP = {"type": "array", "items": DEEP}


def chat(header=None, **fields):
    return openai.chat(json.dumps({"messages": [USER]} | fields).encode(), header)


def question(**fields):
    (only,) = chat(**fields).questions
    return only


def text(**fields):
    return openai.text(json.dumps({"prompt": "Once"} | fields).encode())


def test_a_silent_request_has_the_defaults_of_the_engine():
    asked = chat()
    assert asked.questions[0].sampling == Sampling()
    assert asked.questions[0].max_tokens is None
    assert asked.questions[0].route is Route.LOCAL
    assert not asked.stream


def test_messages_of_all_roles_and_forms():
    parts = [{"type": "text", "text": "a"}, {"type": "text", "text": "b"}]
    roles = ("system", "developer", "user", "assistant")
    asked = chat(messages=[{"role": r, "content": parts, "name": "x"} for r in roles])

    expected = (Role.SYSTEM, Role.SYSTEM, Role.USER, Role.ASSISTANT)
    assert asked.questions[0].prompt == Conversation(tuple(Message(r, "ab") for r in expected))


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
    assert question(**fields).sampling == Sampling(**fields)


def test_top_p_nothing_is_greedy():
    assert question(top_p=0, temperature=2).sampling == Sampling(temperature=0.0, top_p=1.0)


@given(st.integers(-(2**63), 2**64 - 1))
def test_any_seed_is_a_seed(seed):
    first, second = chat(seed=seed), text(seed=seed)
    assert first.questions[0].sampling.seed == second.questions[0].sampling.seed == seed % 2**63


def test_stop_max_tokens_and_logprobs():
    assert question(stop="a").stop == ("a",)
    assert question(stop=["a", ""]).stop == ("a",)
    assert question(max_tokens=1).max_tokens == 1
    assert question(max_tokens=1, max_completion_tokens=2).max_tokens == 2
    assert text().questions[0].max_tokens == openai.DEFAULT_TEXT_TOKENS
    assert question().top_logprobs is None
    assert question(logprobs=True).top_logprobs == 0
    assert question(logprobs=True, top_logprobs=3).top_logprobs == 3
    assert text(logprobs=0).questions[0].top_logprobs == 0


def test_our_own_fields():
    extras = {"route": "auto", "overflow": "drop-oldest"}
    assert question(closedmesh=extras).route is Route.AUTO
    assert question(closedmesh=extras).overflow is Overflow.DROP_OLDEST
    assert question(closedmesh={"one_peer": True}).one_peer
    assert not question().one_peer
    assert question(header="mesh", closedmesh=extras).route is Route.MESH


def test_several_answers_are_the_same_question_with_other_seeds():
    assert len(chat(n=3).questions) == 3
    seeds = [q.sampling.seed for q in chat(n=3, seed=7, best_of=3).questions]
    assert seeds == [7, 8, 9]
    assert text(n=2).questions[1].prompt == RawText("Once")


def test_biases_are_by_token():
    assert question(logit_bias={"5": -100, "07": 1.5}).sampling.logit_bias == {5: -100, 7: 1.5}


def test_forms_are_said_in_openais_and_in_llama_cpps_way():
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    wanted = {"type": "json_schema", "json_schema": {"name": "x", "schema": schema, "strict": True}}
    form = question(response_format=wanted).form
    assert json.loads(form.text) == schema
    assert question(json_schema=schema).form == form
    assert question(response_format={"type": "json_object", "schema": schema}).form == form
    assert question(response_format={"type": "json_object"}).form == ANY_OBJECT
    assert question(grammar='root ::= "yes"').form == Grammar('root ::= "yes"')
    assert text(grammar='root ::= "yes"').questions[0].form == Grammar('root ::= "yes"')


def test_tokens_are_a_prompt_too():
    assert text(prompt=[1, 2]).questions[0].prompt == TokenPrompt((1, 2))
    assert text(prompt=[[1, 2]]).questions[0].prompt == TokenPrompt((1, 2))


def test_what_changes_nothing_is_ignored():
    harmless = {"user": "me", "store": True, "metadata": {}, "n": 1, "tools": [], "logit_bias": {}}
    assert chat(**harmless, response_format={"type": "text"}) == chat()


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"n": 0}, "n"),
        ({"n": -1}, "n"),
        ({"n": 17}, "n"),
        ({"best_of": 2}, "best_of"),
        ({"logit_bias": {"x": 5}}, "logit_bias"),
        ({"logit_bias": {"-1": 5}}, "logit_bias"),
        ({"logit_bias": {"9" * 5000: 5}}, "logit_bias"),
        ({"logit_bias": {"1": 101}}, "logit_bias[...]"),
        ({"logit_bias": {str(i): 1 for i in range(1025)}}, "logit_bias"),
        ({"response_format": {"type": "xml"}}, "response_format.type"),
        ({"response_format": {"type": "json_schema"}}, "response_format.json_schema"),
        (
            {"response_format": {"type": "json_schema", "json_schema": {"schema": DEEP}}},
            "response_format.json_schema.schema",
        ),
        ({"json_schema": DEEP}, "json_schema"),
        ({"grammar": "x ::= y"}, "grammar"),
        ({"grammar": 'root ::= "x"', "json_schema": {"type": "object"}}, "response_format"),
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
        ({"messages": [{"role": "robot", "content": "x"}]}, "messages[0].role"),
        ({"messages": [{"role": "user"}]}, "messages[0].content"),
        ({"messages": [USER | {"tool_calls": [1]}]}, "messages[0].tool_calls[0]"),
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
    for prompt in (None, [], ["a", "b"], [1, -2], [[1], [2]], [1, "a"], [2**40]):
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
            assert understand(body, None).questions


@given(st.dictionaries(st.sampled_from(NAMES), JSON))
def test_any_values_are_a_question_or_a_bad_request(fields):
    for understand in (chat, text):
        with suppress(BadRequest):
            assert understand(**fields).questions
