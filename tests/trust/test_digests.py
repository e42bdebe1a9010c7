import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.errors import ModelFileRefused
from closedmesh.models.gguf import read_layout
from closedmesh.trust.digests import FileHash, template_digest
from tests.support.gguf import gguf, tensor

TENSORS = [tensor("b", (8,), offset=0), tensor("a", (8, 4), offset=32)]
FILE = gguf(tensors=TENSORS, data=200, filling=bytes(range(100)))


def layout(data):
    return read_layout(io.BytesIO(data), len(data))


def hashed(data, sizes=(10**9,)):
    running = FileHash(layout(data))
    place = turn = 0
    while place < len(data):
        size = sizes[turn % len(sizes)]
        running.update(data[place : place + size])
        place, turn = place + size, turn + 1
    return running


def test_the_hash_of_the_file_is_its_sha256():
    assert hashed(FILE).gguf_sha256 == hashlib.sha256(FILE).hexdigest()


def test_the_digest_has_not_changed():
    assert hashed(FILE).weights_digest == VECTOR


VECTOR = "90fad05706847546a217d93bd523cefd0411cb46593da42952a64c181194da67"


@given(st.lists(st.integers(1, 90), min_size=1, max_size=5))
def test_the_size_of_the_pieces_does_not_matter(sizes):
    running = hashed(FILE, sizes)
    assert running.weights_digest == hashed(FILE).weights_digest
    assert running.gguf_sha256 == hashed(FILE).gguf_sha256


def test_texts_around_the_weights_do_not_matter():
    facts = {"general.name": "Another name", "tokenizer.chat_template": "{{ x }}"}
    other = gguf(tensors=TENSORS, data=200, filling=bytes(range(100)), facts=facts)
    assert hashed(other).weights_digest == hashed(FILE).weights_digest
    assert hashed(other).gguf_sha256 != hashed(FILE).gguf_sha256


def test_the_order_in_the_file_does_not_matter():
    turned = gguf(tensors=TENSORS[::-1], data=200, filling=bytes(range(100)))
    assert hashed(turned).weights_digest == hashed(FILE).weights_digest


@pytest.mark.parametrize(
    "tensors",
    [
        [tensor("c", (8,), offset=0), TENSORS[1]],
        [TENSORS[0], tensor("a", (4, 8), offset=32)],
        [TENSORS[0], tensor("a", (8, 4), kind=26, offset=32)],
        [TENSORS[0], tensor("a", (8, 3), offset=32)],
    ],
    ids=["name", "shape", "type", "size"],
)
def test_name_shape_type_and_size_matter(tensors):
    other = gguf(tensors=tensors, data=200, filling=bytes(range(100)))
    assert hashed(other).weights_digest != hashed(FILE).weights_digest


def test_every_byte_of_the_weights_matters():
    start = layout(FILE).start
    for place in (start, start + 31, start + 32, start + 159):
        changed = bytearray(FILE)
        changed[place] ^= 1
        assert hashed(bytes(changed)).weights_digest != hashed(FILE).weights_digest


def test_a_file_that_ends_early_has_no_digest():
    running = FileHash(layout(FILE))
    running.update(FILE[: layout(FILE).start + 100])
    with pytest.raises(ModelFileRefused, match="ended too early"):
        _ = running.weights_digest


@pytest.mark.parametrize(
    "tensors",
    [
        [tensor("a", (64,), offset=0), tensor("b", (64,), offset=32)],
        [tensor("a", (8,), offset=0), tensor("a", (8,), offset=32)],
    ],
    ids=["overlapping", "twice"],
)
def test_tensors_that_share_bytes_or_names_are_refused(tensors):
    with pytest.raises(ModelFileRefused):
        FileHash(layout(gguf(tensors=tensors, data=400)))


def test_a_template_is_named_by_its_text():
    assert template_digest("{{ a }}") == hashlib.sha256(b"{{ a }}").hexdigest()
    assert template_digest(None) == template_digest("")
