import hashlib
import os

import pytest

from closedmesh.errors import ModelFileRefused
from closedmesh.node.digests import Digests
from closedmesh.trust.digests import template_digest
from tests.support.gguf import gguf

TEMPLATE = {"tokenizer.chat_template": "{{ messages }}"}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "tiny.gguf"
    path.write_bytes(gguf(facts=TEMPLATE, filling=b"weights"))
    return path


async def test_a_file_is_named_by_weights_template_and_all_of_it(store, file):
    names = await Digests(store).of(file)
    assert names.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert names.template == template_digest("{{ messages }}")
    assert len(names.weights) == 64


async def test_another_template_is_the_same_weights(store, file, tmp_path):
    other = tmp_path / "other.gguf"
    other.write_bytes(gguf(facts={"tokenizer.chat_template": "{{ x }}"}, filling=b"weights"))
    first, second = await Digests(store).of(file), await Digests(store).of(other)
    assert first.weights == second.weights
    assert first.template != second.template
    assert first.sha256 != second.sha256


async def test_a_file_is_read_once(store, file, monkeypatch):
    first = await Digests(store).of(file)
    monkeypatch.setattr("closedmesh.node.digests._read", None)
    assert await Digests(store).of(file) == first


async def test_a_file_that_changed_is_read_again(store, file):
    first = await Digests(store).of(file)
    file.write_bytes(gguf(facts=TEMPLATE, filling=b"Weights"))
    os.utime(file, ns=(1, 1))
    assert (await Digests(store).of(file)).weights != first.weights


async def test_a_damaged_file_has_no_name(store, file):
    file.write_bytes(file.read_bytes()[:-5])
    with pytest.raises(ModelFileRefused):
        await Digests(store).of(file)


@pytest.mark.model
async def test_the_starter_model(store, starter_model):
    names = await Digests(store).of(starter_model)
    assert names.sha256.startswith("b179c952")
    assert names.weights.startswith("f517294dfa95b169b34b195a9aa2590b")
