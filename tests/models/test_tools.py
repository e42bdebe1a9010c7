import json

import pytest

from closedmesh.errors import BadRequest
from closedmesh.models.chat import (
    MAX_FORM,
    Conversation,
    Function,
    JsonSchema,
    Message,
    Question,
    RawText,
    Role,
    ToolCall,
)
from closedmesh.models.tool_reader import Dialect
from closedmesh.models.tools import dialect_of, prepare

CITY = json.dumps({"type": "object", "properties": {"city": {"type": "string"}}})
WEATHER = Function("weather", "Of today.", CITY)
ASKED = Message(Role.USER, "How is Rome?")
CALLED = Message(Role.ASSISTANT, "", (ToolCall("c1", "weather", '{"city": "Rome"}'),))
RESULT = Message(Role.TOOL, "Sunny", call_id="c1")

QWEN = "{%- if tools %}<tools>{{ tools }}</tools> in <tool_call></tool_call>{% endif %}"
LLAMA = """{% if tools is not none %}{"name": n, "parameters": p}{% endif %}"""
MISTRAL = "{% if tools %}[AVAILABLE_TOOLS]{% endif %}[TOOL_CALLS]"


def prepared(*messages, template=None, functions=(WEATHER,), form=None, **more):
    prompt = Conversation(messages, functions, **more)
    return prepare(Question(prompt, form=form), template, "r1")


def test_families_of_templates_are_told_apart():
    assert dialect_of(None) is Dialect.PLAIN
    assert dialect_of("{% for m in messages %}{% endfor %}") is Dialect.PLAIN
    assert dialect_of(QWEN) is Dialect.TAGGED
    assert dialect_of(LLAMA) is Dialect.WHOLE
    assert dialect_of(MISTRAL) is Dialect.WHOLE
    assert dialect_of("{{ tools }} as <tool_call><function=x>") is Dialect.PLAIN


def test_without_functions_a_question_stays_as_it_is():
    for prompt in (Conversation((ASKED,)), RawText("x")):
        question = Question(prompt)
        assert prepare(question, None, "r1") == (question, None)


def test_a_model_that_knows_functions_is_given_them_as_they_are():
    question, reader = prepared(ASKED, CALLED, RESULT, template=QWEN)
    assert question.prompt == Conversation((ASKED, CALLED, RESULT), (WEATHER,))
    assert question.form is None
    assert reader is not None


def test_others_are_told_in_words_and_held_to_a_form():
    question, _ = prepared(Message(Role.SYSTEM, "Be brief."), ASKED, CALLED, RESULT)
    system, asked, called, result = question.prompt.messages
    assert system.text.startswith("Be brief.\n\n")
    assert '"weather"' in system.text
    assert asked == ASKED
    assert json.loads(called.text)["tool_calls"][0]["arguments"] == {"city": "Rome"}
    assert result == Message(Role.USER, "Result of weather: Sunny")
    assert isinstance(question.form, JsonSchema)
    assert len(json.loads(question.form.text)["anyOf"]) == 2


@pytest.mark.parametrize("strict", [False, True])
def test_a_call_that_must_be_made_or_be_right_is_held_to_its_form(strict):
    function = Function("weather", "", CITY, strict)
    question, _ = prepared(ASKED, template=QWEN, functions=(function,), must_call=not strict)
    schema = json.loads(question.form.text)
    assert len(schema["anyOf"]) == (2 if strict else 1)
    call = schema["anyOf"][0]["properties"]["tool_calls"]["items"]["anyOf"][0]
    assert call["properties"]["name"] == {"const": "weather"}
    assert call["properties"]["arguments"] == json.loads(CITY)


def test_one_call_at_most_where_that_was_asked_for():
    question, _ = prepared(ASKED, one_call=True)
    assert '"maxItems": 1' in question.form.text


def test_a_history_of_calls_is_told_in_words_when_no_function_is_left():
    question, reader = prepared(ASKED, CALLED, RESULT, functions=())
    assert reader is None
    assert question.form is None
    assert [m.role for m in question.prompt.messages] == [Role.USER, Role.ASSISTANT, Role.USER]


def test_results_that_follow_each_other_are_one_message():
    question, _ = prepared(ASKED, CALLED, RESULT, RESULT, functions=())
    assert question.prompt.messages[-1].text.count("Sunny") == 2


def test_definitions_of_two_functions_do_not_get_into_each_others_way():
    def function(name, kind):
        point = {"$ref": "#/$defs/Point"}
        return Function(name, "", json.dumps({
            "type": "object", "properties": {"at": point, "all": {"type": "array", "items": point}},
            "$defs": {"Point": {"type": kind}},
        }))  # fmt: skip

    question, _ = prepared(ASKED, functions=(function("a", "string"), function("b", "number")))
    schema = json.loads(question.form.text)
    calls = schema["anyOf"][0]["properties"]["tool_calls"]["items"]["anyOf"]
    kinds = []
    for call in calls:
        place = call["properties"]["arguments"]["properties"]["at"]["$ref"]
        kinds.append(schema["$defs"][place.removeprefix("#/$defs/")]["type"])
    assert kinds == ["string", "number"]


def test_a_form_of_its_own_and_functions_exclude_each_other():
    with pytest.raises(BadRequest) as caught:
        prepared(ASKED, form=JsonSchema("{}"))
    assert caught.value.param == "response_format"


def test_too_many_characters_of_functions_are_refused():
    big = json.dumps({"type": "object", "properties": {"x": {"const": "y" * (MAX_FORM // 2)}}})
    with pytest.raises(BadRequest) as caught:
        prepared(ASKED, functions=tuple(Function(f"f{i}", "", big) for i in range(3)))
    assert caught.value.param == "tools"
