import json

import pytest

from closedmesh.api import openai
from closedmesh.errors import BadRequest
from closedmesh.models.chat import Function, Message, Role, ToolCall

USER = {"role": "user", "content": "Rome?"}
PARAMETERS = {"type": "object", "properties": {"city": {"type": "string"}}}
CALL = {"id": "c1", "type": "function",
        "function": {"name": "weather", "arguments": '{"city": "Rome"}'}}  # fmt: skip
CALLED = {"role": "assistant", "content": None, "tool_calls": [CALL]}
RESULT = {"role": "tool", "tool_call_id": "c1", "content": [{"type": "text", "text": "Sunny"}]}


def tool(name, **more):
    return {"type": "function", "function": {"name": name} | more}


WEATHER = tool("weather", description="Of today.", parameters=PARAMETERS)


def prompt(**fields):
    body = json.dumps({"messages": [USER]} | fields).encode()
    return openai.chat(body).questions[0].prompt


def test_functions_are_understood():
    (weather, time) = prompt(tools=[WEATHER, tool("time", strict=True)]).functions
    assert (weather.name, weather.description) == ("weather", "Of today.")
    assert json.loads(weather.parameters) == PARAMETERS
    assert not weather.strict
    assert time == Function("time", "", '{"type": "object", "properties": {}}', strict=True)


def test_which_may_or_must_be_called():
    tools = [WEATHER, tool("time")]
    assert not prompt(tools=tools).must_call
    assert not prompt(tools=tools, tool_choice="auto").must_call
    assert prompt(tools=tools, tool_choice="none").functions == ()
    assert prompt(tools=tools, tool_choice="required").must_call
    named = prompt(tools=tools, tool_choice={"type": "function", "function": {"name": "time"}})
    assert [f.name for f in named.functions] == ["time"]
    assert named.must_call
    assert prompt(tools=tools, parallel_tool_calls=False).one_call
    assert not prompt(tools=tools, parallel_tool_calls=True).one_call
    assert prompt(tools=[], tool_choice="auto") == prompt()


def test_calls_and_results_of_earlier_turns_are_kept():
    messages = prompt(messages=[USER, CALLED, RESULT]).messages
    assert messages[1:] == (
        Message(Role.ASSISTANT, "", (ToolCall("c1", "weather", '{"city": "Rome"}'),)),
        Message(Role.TOOL, "Sunny", call_id="c1"),
    )


def deep():
    schema = {"type": "string"}
    for _ in range(60):
        schema = {"items": schema}
    return {"type": "object", "properties": {"x": schema}}


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({"tools": [{"type": "retrieval"}]}, "tools[0].type"),
        ({"tools": [tool("a b")]}, "tools[0].function.name"),
        ({"tools": [tool("x" * 65)]}, "tools[0].function.name"),
        ({"tools": [tool("a"), tool("a")]}, "tools"),
        ({"tools": [tool(f"f{i}") for i in range(129)]}, "tools"),
        ({"tools": [tool("a", parameters=deep())]}, "tools[0].function.parameters"),
        ({"tools": [tool("a", parameters=[])]}, "tools[0].function.parameters"),
        ({"tool_choice": "required"}, "tool_choice"),
        ({"tools": [WEATHER], "tool_choice": "weather"}, "tool_choice"),
        (
            {"tools": [WEATHER], "tool_choice": {"type": "function", "function": {"name": "x"}}},
            "tool_choice",
        ),
        ({"messages": [USER, RESULT]}, "messages[1].tool_call_id"),
        ({"messages": [USER, USER | {"tool_calls": [CALL]}]}, "messages[1].tool_calls"),
        (
            {"messages": [{"role": "assistant", "tool_calls": [
                CALL | {"function": {"name": "f", "arguments": "[" * 100_000}}]}]},
            "messages[0].tool_calls[0].function.arguments",
        ),
        ({"messages": [USER | {"function_call": {"name": "f"}}]}, "messages[0].function_call"),
        ({"functions": [{"name": "f"}]}, "functions"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_name(fields, param):
    with pytest.raises(BadRequest) as caught:
        prompt(**fields)
    assert caught.value.param == param
