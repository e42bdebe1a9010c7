import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.errors import BadRequest
from closedmesh.models.hub import HubRef, Listing, models_of, parse_ref, parts_of, read_listing

SHA = "ab" * 32
REVISION = "0123456789abcdef0123456789abcdef01234567"


def listing(*paths, **more):
    siblings = [{"rfilename": path, "lfs": {"sha256": SHA, "size": 10}} for path in paths]
    return read_listing(json.dumps({"sha": REVISION, "siblings": siblings, **more}).encode())


def test_a_ref_is_read_as_it_is_printed():
    ref = parse_ref("hf:unsloth/Qwen3.5-9B-GGUF/Q4/model Q4_K_M.gguf")
    assert ref == HubRef("unsloth/Qwen3.5-9B-GGUF", "Q4/model Q4_K_M.gguf")
    assert ref.name == "model Q4_K_M.gguf"
    assert parse_ref(str(ref)) == ref


@pytest.mark.parametrize(
    "text",
    [
        "", "hf:", "hf:a", "hf:a/b", "hf:a/b/", "hf:a/b/c.bin", "a/b/c.gguf", "hf:a/b/../c.gguf",
        "hf:../b/c.gguf", "hf:a/../c.gguf", "hf:a/b//c.gguf", "hf:a/b/.hidden.gguf",
        "hf:a/b/c/..gguf", "hf:a/b/con.gguf", "hf:a/b/AUX.gguf", "hf:a/b/c\\d.gguf",
        "hf:a/b/c\n.gguf", "hf:a/b/c?x=.gguf", "hf:a/b/c%2e.gguf", "hf:a/b/c:d.gguf",
        "hf:a/b/c/d/e/f/g/h.gguf", "hf:a/com1/c.gguf",
    ],
)  # fmt: skip
def test_what_is_no_ref_is_refused(text):
    with pytest.raises(BadRequest, match="no file on the hub"):
        parse_ref(text)


@given(st.text(max_size=80))
def test_any_text_is_a_ref_or_refused(text):
    try:
        ref = parse_ref(f"hf:{text}")
    except BadRequest:
        return
    assert parse_ref(str(ref)) == ref
    assert not set(ref.name) & set('\\/:*?"<>|\n\0')
    assert ".." not in ref.file


def test_parts_are_told_by_their_names():
    assert parts_of("a.gguf") == ("a.gguf",)
    expected = ("q/m-00001-of-00002.gguf", "q/m-00002-of-00002.gguf")
    assert parts_of("q/m-00002-of-00002.gguf") == expected
    assert parts_of("m-00001-of-00001.gguf") == ("m-00001-of-00001.gguf",)
    assert parts_of("m-00001-of-99999.gguf") == ("m-00001-of-99999.gguf",)


def test_models_are_listed_smallest_first_and_parts_are_one():
    found = models_of("a/b", listing("m-00001-of-00002.gguf", "m-00002-of-00002.gguf", "s.gguf"))
    assert [(f.name, f.parts, f.size_bytes) for f in found] == [
        ("s.gguf", 1, 10),
        ("m-00001-of-00002.gguf", 2, 20),
    ]
    assert found[0].ref == "hf:a/b/s.gguf"


def test_what_is_no_model_is_left_out():
    names = ("mmproj-F16.gguf", "x.imatrix.gguf", "README.md", "../x.gguf", "m-00001-of-00003.gguf")
    assert models_of("a/b", listing(*names)) == ()
    assert models_of("a/b", Listing(REVISION)) == ()


@pytest.mark.parametrize("card", [None, {}, {"license": 5}, {"license": ["mit"]}])
def test_a_licence_that_is_not_stated_is_empty(card):
    assert listing(cardData=card).licence == ""


def test_a_licence_is_one_short_line():
    assert listing(cardData={"license": "mit\n\x1b[31m" + "x" * 500}).licence.isprintable()
