import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.errors import BadRequest
from closedmesh.models.chat import MAX_FORM
from closedmesh.models.forms import (
    MAX_DEPTH,
    MAX_PARTS,
    MAX_REPETITION,
    grammar,
    json_schema,
)


def nested(depth):
    schema = {"type": "string"}
    for _ in range(depth):
        schema = {"items": schema}
    return schema


def test_a_schema_stays_what_it_is():
    schema = {
        "type": "object",
        "properties": {"größe": {"type": "array", "items": {"type": "number"}, "maxItems": 3}},
        "required": ["größe"],
    }
    assert json.loads(json_schema(schema, "x").text) == schema
    assert json_schema(nested(MAX_DEPTH - 1), "x")


@pytest.mark.parametrize(
    "schema",
    [
        [],
        None,
        nested(MAX_DEPTH + 1),
        nested(900),
        {"enum": list(range(MAX_PARTS))},
        {"enum": ["x" * MAX_FORM]},
        {"type": "array", "minItems": MAX_REPETITION + 1},
        {"type": "array", "minItems": -1},
        {"items": {"type": "string", "maxLength": 10**9}},
        {"type": "string", "pattern": "^a{1,99999999999999999999}$"},
        {"type": "string", "pattern": f"^(ab){{{MAX_REPETITION + 1}}}$"},
    ],
)
def test_schemas_that_blow_up_are_refused(schema):
    with pytest.raises(BadRequest) as caught:
        json_schema(schema, "response_format")
    assert caught.value.param == "response_format"


def test_a_grammar_stays_what_it_is():
    text = 'root ::= ("yes" | "no" [(({]{1,3} "((({{{")\nother ::= "x"{2,}'
    assert grammar(text, "grammar").text == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        'start ::= "x"',
        "root ::= " + "(" * 100_000,
        "root ::= " + "(" * (MAX_DEPTH + 1) + '"x"' + ")" * (MAX_DEPTH + 1),
        'root ::= "x"{0,100000}',
        'root ::= "x"{ 100000 , }',
        'root ::= "' + "x" * MAX_FORM + '"',
    ],
)
def test_grammars_that_blow_up_are_refused(text):
    with pytest.raises(BadRequest) as caught:
        grammar(text, "grammar")
    assert caught.value.param == "grammar"


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["items", "maxItems", "pattern", "x"]), inner)
    ),
)


@given(JSON, st.text())
def test_anything_is_a_form_or_a_bad_request(value, text):
    with suppress(BadRequest):
        json_schema(value, "x")
    with suppress(BadRequest):
        grammar(text, "x")
