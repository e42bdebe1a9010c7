import contextlib
import json
from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.errors import BadRequest, ModelFileRefused
from closedmesh.models.chat import Conversation, Function, Message, Role, ToolCall
from closedmesh.models.template import MAX_TEMPLATE, Template

TALK = [Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "Hi"),
        Message(Role.ASSISTANT, "Hello."), Message(Role.USER, "Bye")]  # fmt: skip
NOW = datetime(2026, 11, 24)

CHATML = """{% for message in messages %}{{'<|im_start|>' + message['role'] + '
' + message['content'] + '<|im_end|>' + '
'}}{% endfor %}{% if add_generation_prompt %}{{ '<|im_start|>assistant
' }}{% endif %}"""

HEADERS = """{%- set ns = namespace(first=true) %}
{%- for message in messages %}
    {%- if loop.first %}{{- bos_token }}{% endif %}
    {{- '<|start_header_id|>' ~ message.role ~ '<|end_header_id|>\n\n' }}
    {{- message.content | trim ~ '<|eot_id|>' }}
{%- endfor %}
{%- if add_generation_prompt %}{{- '<|start_header_id|>assistant<|end_header_id|>\n\n' }}{% endif %}
"""


def render(source, messages=TALK):
    return rendered(source, Conversation(tuple(messages)))


def rendered(source, conversation):
    return Template(source).render(conversation, beginning="<s>", end="</s>", now=NOW)


def test_chatml():
    assert render(CHATML) == (
        "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
        "<|im_start|>assistant\nHello.<|im_end|>\n<|im_start|>user\nBye<|im_end|>\n"
        "<|im_start|>assistant\n"
    )


def test_a_template_of_headers():
    assert render(HEADERS, TALK[1:2]) == (
        "<s><|start_header_id|>user<|end_header_id|>\n\nHi<|eot_id|>"
        "<|start_header_id|>assistant<|end_header_id|>\n\n"
    )


TOOLS = """{%- if tools is not none %}{% for tool in tools %}{{ tool | tojson }}
{% endfor %}{% endif %}{%- for message in messages %}[{{ message.role }}]{{ message.content }}
{%- for call in message.tool_calls %}<{{ call.function.name }} {{ call.function.arguments.city }}>
{%- endfor %}{% if message.role == 'tool' %}({{ message.name }} {{ message.tool_call_id }})
{%- endif %}{%- endfor %}"""


def test_functions_calls_and_results_are_shown_in_their_usual_form():
    schema = '{"type": "object", "properties": {}}'
    talk = (
        Message(Role.USER, "Rome?"),
        Message(Role.ASSISTANT, "", (ToolCall("c1", "weather", '{"city": "Rome"}'),)),
        Message(Role.TOOL, "Sunny", call_id="c1"),
    )
    shown = rendered(TOOLS, Conversation(talk, (Function("weather", "Of today.", schema),)))
    first, rest = shown.split("\n", 1)
    assert json.loads(first) == {
        "type": "function",
        "function": {
            "name": "weather", "description": "Of today.", "parameters": json.loads(schema),
        },
    }  # fmt: skip
    assert rest == "[user]Rome?[assistant]<weather Rome>[tool]Sunny(weather c1)"
    assert rendered(TOOLS, Conversation(talk[:1])) == "[user]Rome?"


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ strftime_now('%d %b %Y') }}", "24 Nov 2026"),
        ("{{ bos_token }}{{ eos_token }}", "<s></s>"),
        ("{% for m in messages %}{% if loop.index > 2 %}{% break %}{% endif %}x{% endfor %}", "xx"),
        ("{{ messages[0] | tojson }}", '{"role": "system", "content": "Be brief."}'),
        ("{{ 'é<' | tojson }}", '"é<"'),
        ("{{ messages | map(attribute='role') | join(',') }}", "system,user,assistant,user"),
        ("{{ messages | selectattr('role', 'equalto', 'user') | list | length }}", "2"),
        ("{{ messages[1:] | length }}", "3"),
        ("{{ 'a-b'.split('-')[1].upper() }}", "B"),
        ("{{ 'aXa'.replace('X', 'y') | replace('a', 'b') }}", "byb"),
        ("{% if tools is not none %}t{% else %}none{% endif %}", "none"),
        ("{% if tools is defined %}t{% else %}none{% endif %}", "none"),
        ("{% for tool in tools %}t{% endfor %}none", "none"),
        ("{% generation %}a{% endgeneration %}b", "ab"),
        ("{{ 'a\nb' | indent(2) }}", "a\n  b"),
        ("{{ 'a\nb' | indent(2, true) }}", "  a\n  b"),
        ("{{ 'x' + unknown | default('y') }}", "xy"),
        ("{% macro say(x) %}[{{ x }}]{% endmacro %}{{ say('a') ~ say('b') }}", "[a][b]"),
        ("{% set ns = namespace(n=1) %}{% for m in messages %}{% set ns.n = ns.n + 1 %}"
         "{% endfor %}{{ ns.n }}", "5"),
        ("{{ '=' * 5 }}", "====="),
    ],
)  # fmt: skip
def test_what_templates_in_use_rely_on(source, text):
    assert render(source) == text


def test_a_template_may_refuse_messages():
    source = "{{ raise_exception('roles must alternate') }}"
    with pytest.raises(BadRequest, match="roles must alternate") as caught:
        render(source)
    assert caught.value.param == "messages"


@pytest.mark.parametrize("source", [
    "{% if %}", "{{ unclosed", "{% include 'x' %}", "{% import 'os' as os %}{{ os }}",
    "{% extends '/etc/passwd' %}", "x" * (MAX_TEMPLATE + 1), "{{ a.b.c.d }}",
])  # fmt: skip
def test_what_is_no_template_is_refused(source):
    with pytest.raises(ModelFileRefused):
        render(source)


ESCAPES = [
    "{{ ''.__class__.__mro__[1].__subclasses__() }}",
    "{{ messages.__class__ }}",
    "{{ messages[0].__init__.__globals__ }}",
    "{{ strftime_now.__self__.__class__ }}",
    "{{ raise_exception.__globals__ }}",
    "{{ self.__init__.__globals__.__builtins__ }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    "{{ lipsum.__globals__['os'] }}",
    "{{ ''|attr('__class__') }}",
    "{{ '%s' | format(messages) }}",
    "{{ '{0.__class__}'.format(messages) }}",
    "{{ ''.format_map({}) }}",
    "{{ messages.append(1) }}",
    "{{ messages.clear() }}",
    "{{ (messages | map('attr', '__class__') | list)[0] }}",
]


@pytest.mark.parametrize("source", ESCAPES)
def test_a_template_gets_nowhere(source):
    try:
        shown = render(source)
    except ModelFileRefused:
        return
    for word in ("class", "function", "module", "object at", "root:"):
        assert word not in shown


BOMBS = [
    "{% for a in range(100000) %}{% for b in range(100000) %}x{% endfor %}{% endfor %}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{{ 'x' * 10000000000 }}",
    "{{ 10 ** 10000000 }}",
    "{{ 'x' | center(10000000000) }}",
    "{{ 'x'.ljust(10000000000) }}",
    "{{ '%10000000000d' % 1 }}",
    "{% set ns = namespace(x='x') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}"
    "{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x='x') %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}"
    "{% endfor %}{{ ns.x | length }}",
    "{% set ns = namespace(x=['x']) %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}"
    "{% endfor %}{{ ns.x | length }}",
    "{% set ns = namespace(x='xx') %}{% for i in range(60) %}"
    "{% set ns.x = ns.x.replace('x', ns.x) %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=['xx']) %}{% for i in range(60) %}"
    "{% set ns.x = [ns.x | join(ns.x | join), ns.x | join] %}{% endfor %}{{ ns.x }}",
    "{% set ns = namespace(x=9) %}{% for i in range(60) %}{% set ns.x = ns.x * ns.x %}"
    "{% endfor %}{{ ns.x }}",
    "{% macro a() %}{{ a() }}{% endmacro %}{{ a() }}",
    "{{ range(1000000000) | list }}",
    "{{ [1] | tojson(indent=1000000000) }}{{ 'x' * 10000000000 }}",
    "{{ ('x\\n' * 100000) | indent(1000000) }}",
]


@pytest.mark.parametrize("source", BOMBS)
def test_a_template_has_a_budget(source):
    with pytest.raises(ModelFileRefused):
        render(source)


def test_a_long_conversation_is_within_the_budget():
    talk = [Message(Role.USER if i % 2 == 0 else Role.ASSISTANT, "word " * 200) for i in range(400)]
    assert len(render(CHATML, talk)) > 400_000


def test_the_messages_are_the_same_after_a_template_has_run():
    talk = list(TALK)
    with contextlib.suppress(ModelFileRefused):
        render("{% set x = messages[0].update({'content': 'y'}) %}{{ messages[0].content }}", talk)
    assert talk == TALK


@given(st.text(st.sampled_from("{}%|()[]'~*+.x1 \n"), max_size=60))
def test_any_text_renders_or_is_refused(source):
    try:
        shown = render(source)
    except (BadRequest, ModelFileRefused):
        pass
    else:
        assert isinstance(shown, str)
