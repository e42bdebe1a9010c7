import pytest

from closedmesh.engine.llama import loading
from closedmesh.engine.llama.loading import load
from closedmesh.engine.messages import Load
from closedmesh.errors import ModelFileRefused
from closedmesh.models.fit import CacheType, Choice

pytestmark = pytest.mark.model


def test_it_says_what_it_has_become(starter_model):
    path, short = str(starter_model), CacheType.Q8_0
    wanted = Load(path, 256, 2, 1, False, short, short, draft=path)
    with load(wanted) as models:
        facts = models.facts
    assert (facts.context, facts.slots, facts.vocabulary_size) == (256, 2, 49152)
    assert (facts.keys, facts.values) == (CacheType.Q8_0, CacheType.Q8_0)
    assert facts.flash_attention, "short values need it"
    assert facts.draft
    assert facts.embedding_size == 0
    assert facts.gpu_layers == 0 or len(facts.devices) > 1
    assert facts.devices[-1].startswith("CPU")
    assert facts.build.startswith("llama.cpp ")


def test_flash_attention_can_be_switched_off(starter_model):
    with load(Load(str(starter_model), 256, 1, 1, False, flash_attention=Choice.OFF)) as models:
        assert not models.facts.flash_attention


def test_a_file_that_is_no_model_is_refused(tmp_path):
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"GGUF" + bytes(100))
    with pytest.raises(ModelFileRefused), load(Load(str(bad), 512, 1, 1, low_priority=False)):
        pass


def test_what_the_processor_has_is_what_llama_says_it_uses():
    told = "Vulkan : COOPMAT = 0 | CPU : SSE3 = 1 | AVX2 = 0 | LLAMAFILE = 1 | "
    assert loading.features_used(told) == ["SSE3", "LLAMAFILE"]
    assert loading.features_used("") == []


def test_the_kernels_that_were_opened_are_part_of_the_build(monkeypatch):
    monkeypatch.setattr(loading, "_heard", loading._Heard())
    assert "haswell" not in loading._build()
    line = b"load_backend: loaded CPU backend from /a b/lib/libggml-cpu-haswell.so\n"
    loading._log(2, line, None)
    assert "(haswell: " in loading._build()
    loading._log(2, line.replace(b"libggml-cpu-haswell.so", b"ggml-cpu-armv8.2_1.dll"), None)
    assert "(armv8.2_1: " in loading._build()
