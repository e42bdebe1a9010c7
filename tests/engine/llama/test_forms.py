import json

import pytest

from closedmesh.engine.llama.forms import MAX_DEPTH, MAX_PARTS, grammar_text
from closedmesh.errors import BadRequest
from closedmesh.models.chat import Grammar, JsonSchema


def deep(levels):
    schema = {"type": "string"}
    for _ in range(levels):
        schema = {"type": "array", "items": schema}
    return schema


def test_a_grammar_is_taken_as_it_stands():
    text = 'root ::= "(((" [({] {2} # (((\n'
    assert grammar_text(Grammar(text)) == text


def test_a_schema_becomes_a_grammar():
    schema = {"type": "object", "properties": {"age": {"type": "integer"}}, "required": ["age"]}
    text = grammar_text(JsonSchema(json.dumps(schema)))
    assert "root ::=" in text
    assert "age" in text


@pytest.mark.parametrize(
    "text",
    [
        "root ::= " + "(" * (MAX_DEPTH + 1),
        'root ::= "a"{20000}',
        'root ::= "a"{1,99999999999999999999}',
        "".join(f'r{n} ::= "a"\n' for n in range(MAX_PARTS + 1)),
    ],
)
def test_what_would_choke_llama_cpp_is_refused(text):
    with pytest.raises(BadRequest):
        grammar_text(Grammar(text))


@pytest.mark.parametrize(
    "schema",
    [
        "no json", "[]", "3", '{"type": "nonsense"}', '{"$ref": "https://example.com/x"}',
        '{"$ref": "#/none"}', '{"type": "string", "pattern": "("}', '{"enum": 5}',
        '{"type": "array", "maxItems": 100000}', '{"type": "string", "maxLength": 10000000}',
        json.dumps(deep(MAX_DEPTH)), json.dumps({"enum": list(range(MAX_PARTS + 1))}),
        '{"properties": []}', "[" * 50_000,
    ],
)  # fmt: skip
def test_what_is_no_usable_schema_is_refused(schema):
    with pytest.raises(BadRequest):
        grammar_text(JsonSchema(schema))
