import base64
import json
import struct
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.api import embeddings
from closedmesh.control import EmbedTexts
from closedmesh.errors import BadRequest
from closedmesh.models.chat import Embeddings
from tests.support.control import HASH, MODEL

MADE = Embeddings(MODEL.name, HASH, "7f3a", ((0.25, -1.0), (0.5, 2.0)), tokens=7)


def understand(**fields):
    return embeddings.understand(json.dumps(fields).encode())


def test_one_text_or_many():
    assert understand(input="a", model="m")[1] == EmbedTexts(("a",), "m")
    assert understand(input=["a", "b"])[1] == EmbedTexts(("a", "b"))


@pytest.mark.parametrize(
    ("fields", "param"),
    [
        ({}, "input"),
        ({"input": ""}, "input[0]"),
        ({"input": []}, "input"),
        ({"input": ["a", ""]}, "input[1]"),
        ({"input": [1, 2]}, "input[0]"),
        ({"input": ["a"] * 2049}, "input"),
        ({"input": "a", "encoding_format": "int8"}, "encoding_format"),
        ({"input": "a", "dimensions": 0}, "dimensions"),
    ],
)
def test_what_makes_no_sense_is_refused_by_name(fields, param):
    with pytest.raises(BadRequest) as caught:
        understand(**fields)
    assert caught.value.param == param


def test_vectors_are_told_as_numbers_or_as_bytes():
    request, _ = understand(input="a", dimensions=2)
    told = embeddings.tell(request, MADE)
    assert [item["embedding"] for item in told["data"]] == [(0.25, -1.0), (0.5, 2.0)]
    assert [item["index"] for item in told["data"]] == [0, 1]
    assert told["usage"] == {"prompt_tokens": 7, "total_tokens": 7}
    request, _ = understand(input="a", encoding_format="base64")
    data = base64.b64decode(embeddings.tell(request, MADE)["data"][0]["embedding"])
    assert struct.unpack("<2f", data) == (0.25, -1.0)


def test_another_length_than_the_models_is_refused():
    request, _ = understand(input="a", dimensions=3)
    with pytest.raises(BadRequest, match="2 dimensions"):
        embeddings.tell(request, MADE)


@given(st.binary())
def test_any_bytes_are_a_request_or_a_bad_request(body):
    with suppress(BadRequest):
        embeddings.understand(body)
