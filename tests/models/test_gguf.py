import io
import struct
import tracemalloc
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.errors import ModelFileRefused
from closedmesh.models.fit import cache_bytes_per_token
from closedmesh.models.gguf import MAX_KEPT, Header, read_header, read_part
from tests.support.gguf import ARRAY, FACTS, STRING, U32, fact, gguf, tensor

WHOLE = gguf()


def read(data, size=None):
    return read_header(io.BytesIO(data), len(data) if size is None else size)


def array(kind, length, body=b""):
    return struct.pack("<IIQ", ARRAY, kind, length) + body


def test_a_header_says_what_the_file_holds():
    header = read(gguf(facts={"tokenizer.chat_template": "{{ x }}", "general.license": "mit"}))
    assert header == Header(
        version=3, architecture="llama", name="Tiny", quantisation="Q4_0", parameters=192,
        context_length=2048, block_count=2, embedding_length=64, head_count=4, head_count_kv=2,
        key_length=16, value_length=16, vocabulary_size=3, merge_count=0,
        chat_template="{{ x }}", licence="mit",
    )  # fmt: skip
    assert cache_bytes_per_token(header) == 2 * 2 * 2 * 32


@pytest.mark.model
def test_the_starter_models_header(starter_model):
    with starter_model.open("rb") as file:
        header = read_header(file, starter_model.stat().st_size)
    assert (header.architecture, header.quantisation) == ("llama", "Q4_1")
    assert (header.parameters, header.vocabulary_size) == (134_515_008, 49_152)
    assert (header.block_count, header.head_count, header.head_count_kv) == (30, 9, 3)
    assert "<|im_start|>" in (header.chat_template or "")


def test_version_2_is_read_as_well():
    assert read(gguf(version=2)).version == 2


def test_a_file_without_its_type_is_named_by_its_weights():
    tensors = [tensor("a", (32, 4), kind=8), tensor("b", (64,), kind=0, offset=136 + 24)]
    assert read(gguf(without=["general.file_type"], tensors=tensors)).quantisation == "Q8_0"


def test_numbers_that_are_not_given_are_derived():
    header = read(gguf(without=["llama.attention.head_count_kv"]))
    assert header.head_count_kv == header.head_count


def test_numbers_given_for_each_layer_count_as_the_largest():
    per_layer = array(U32, 2, struct.pack("<II", 1, 2))
    header = read(gguf(facts={"llama.attention.head_count_kv": per_layer}))
    assert header.head_count_kv == header.head_count


@pytest.mark.parametrize(
    ("file", "words"),
    [
        ({"magic": b"GGML"}, "not a GGUF file"),
        ({"version": 1}, "version 1"),
        ({"version": 99}, "version 99"),
        ({"version": 0x03000000}, "big-endian"),
        ({"tensor_count": 2**63}, "claims to have"),
        ({"tensor_count": 0, "tensors": []}, "no tensors"),
        ({"fact_count": 2**63}, "claims to have"),
        ({"tensors": [tensor("a", (2**62, 2**62))]}, "should hold at least"),
        ({"tensors": [tensor("a", (64,) * 9)]}, "dimensions"),
        ({"tensors": [tensor("a", (64,), kind=77)]}, "unknown type 77"),
        ({"tensors": [tensor("a", (33,), kind=2)]}, "rows of 33"),
        ({"tensors": [tensor("a", (64,), offset=2**63)]}, "should hold at least"),
        ({"tensors": [tensor("a", (64,), offset=7)]}, "not aligned"),
        ({"without": ["general.architecture"]}, "architecture"),
        ({"facts": {"general.architecture": "../../etc"}}, "architecture"),
        ({"without": ["llama.context_length"]}, "llama.context_length is None"),
        ({"facts": {"llama.context_length": 0}}, "llama.context_length is 0"),
        ({"facts": {"llama.block_count": "two"}}, "llama.block_count is 'two'"),
        ({"facts": {"llama.embedding_length": 3.5}}, r"llama.embedding_length is 3\.5"),
        ({"facts": {"general.alignment": 0}}, "impossible alignment"),
        ({"facts": {"general.alignment": 7}}, "impossible alignment"),
        ({"facts": {"x": struct.pack("<I", 99)}}, "unknown type 99"),
        ({"facts": {"x": array(99, 1)}}, "unknown type 99"),
        ({"facts": {"x": array(U32, 2**60)}}, "elements in one list"),
        ({"facts": {"x": array(STRING, 1, struct.pack("<Q", 2**60))}}, "bytes in one text"),
        ({"facts": {"x": array(ARRAY, 1, b"".join(array(ARRAY, 1)[4:] for _ in range(9)))}},
         "lists within lists"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_with_a_reason(file, words):
    with pytest.raises(ModelFileRefused, match=words):
        read(gguf(**file))


def test_a_fact_that_is_stated_twice_is_refused():
    twice = gguf(facts={"a": 1, "b": 2}).replace(fact("b", 2), fact("a", 3))
    with pytest.raises(ModelFileRefused, match="twice"):
        read(twice)


@pytest.mark.parametrize("length", range(0, len(WHOLE), 13))
def test_a_file_that_is_cut_off_anywhere_is_refused(length):
    with pytest.raises(ModelFileRefused):
        read(WHOLE[:length])


def test_a_file_that_shrinks_while_it_is_read_is_refused():
    with pytest.raises(ModelFileRefused):
        read(WHOLE[:100], size=len(WHOLE))


def test_a_long_text_is_read_over():
    header = read(gguf(facts={"general.name": "x" * (MAX_KEPT + 1)}))
    assert header.name == ""
    assert header.architecture == "llama"


def test_a_claim_of_much_costs_nothing():
    claims = gguf(fact_count=65_536, tensor_count=262_144, facts={
        "x": array(STRING, 16_777_216),
        "y": struct.pack("<IQ", STRING, 4 * 2**20),
    })  # fmt: skip
    tracemalloc.start()
    with pytest.raises(ModelFileRefused):
        read(claims)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2**20


changes = st.lists(st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)), max_size=6)


@given(changes)
def test_any_changed_bytes_give_a_header_or_a_refusal(places):
    data = bytearray(WHOLE)
    for place, value in places:
        data[place] = value
    _read_or_refuse(bytes(data))


@given(st.binary(max_size=300))
def test_any_bytes_after_the_magic_give_a_header_or_a_refusal(data):
    _read_or_refuse(b"GGUF\x03\0\0\0" + data)


def _read_or_refuse(data):
    try:
        header = read(data)
    except ModelFileRefused:
        pass
    else:
        assert header.context_length > 0
        assert cache_bytes_per_token(header) > 0


SIZES = st.one_of(st.integers(0, 2**64 - 1), st.sampled_from([0, 1, 31, 32, 2**31, 2**32, 2**63]))
NAMES = st.binary(max_size=80)


@given(
    tensors=st.lists(
        st.tuples(NAMES, st.lists(SIZES, max_size=6), st.integers(0, 2**32 - 1), SIZES),
        max_size=4,
    ),
    facts=st.dictionaries(
        st.sampled_from([*FACTS, "split.no", "split.count", "general.alignment", "x"]),
        st.one_of(st.integers(0, 2**32 - 1), st.text(max_size=20), st.floats(width=32)),
        max_size=5,
    ),
    counts=st.tuples(SIZES, SIZES) | st.none(),
)
def test_hostile_sizes_counts_offsets_and_names_are_refused_or_harmless(tensors, facts, counts):
    described = [tensor(name, sizes, kind, offset) for name, sizes, kind, offset in tensors]
    told = dict(zip(("tensor_count", "fact_count"), counts or (), strict=False))
    data = gguf(facts=facts, tensors=described, **told)
    _read_or_refuse(data)
    for number in (0, 1):
        with suppress(ModelFileRefused):
            assert read_part(io.BytesIO(data), len(data), number, 2) >= 0


def test_only_the_first_part_stands_for_a_model():
    first = gguf(facts={"split.no": 0, "split.count": 3}, tensors=[], data=0)
    assert read(first).parts == 3
    second = gguf(facts={"split.no": 1, "split.count": 3})
    with pytest.raises(ModelFileRefused, match="is part 2 of 3"):
        read(second)
    assert read_part(io.BytesIO(second), len(second), 1, 3) == 192
    with pytest.raises(ModelFileRefused, match="is not part 3 of 3"):
        read_part(io.BytesIO(second), len(second), 2, 3)


@pytest.mark.parametrize(("number", "count"), [(0, 201), (3, 3), (9, 3), ("a", 2), (0, 1.5)])
def test_parts_that_make_no_sense_are_refused(number, count):
    with pytest.raises(ModelFileRefused, match="says that it is part"):
        read(gguf(facts={"split.no": number, "split.count": count}))
