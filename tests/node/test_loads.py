from pathlib import Path

import pytest
from msgspec import structs

from closedmesh.engine.messages import Load
from closedmesh.models.chat import ModelHash
from closedmesh.models.fit import CacheType, Choice, Plan
from closedmesh.node import loads
from closedmesh.settings import EngineSettings
from closedmesh.status import Model

SETTINGS = EngineSettings(keep_free_mb=100, conversations_mb=200)
PLAN = Plan(2048, 3, CacheType.Q8_0, Choice.ON, 1_000_000)
MIB = 2**20


@pytest.fixture
def model():
    return Model("m", "M", ModelHash("ab" * 32), 90 * MIB, "Q4_1", 1, 2048, "", "/m.gguf")


def test_a_load_is_the_plan_and_the_settings():
    load = loads.load(Path("/m.gguf"), PLAN, SETTINGS, 5)
    assert load == Load(
        "/m.gguf", 2048, 3, 5, True, CacheType.Q8_0, CacheType.Q8_0, Choice.ON, SETTINGS.gpu_layers
    )


def test_conversations_get_what_is_left_and_no_more_than_wanted():
    assert loads.cache_bytes(SETTINGS, 150 * MIB) == 50 * MIB
    assert loads.cache_bytes(SETTINGS, 900 * MIB) == 200 * MIB
    assert loads.cache_bytes(SETTINGS, 50 * MIB) == 0


def test_conversations_go_to_disk_only_if_a_person_says_so(tmp_path, model):
    folder = tmp_path / "conversations"
    assert loads.cache_file(SETTINGS, folder, model) is None
    wanted = structs.replace(SETTINGS, keep_conversations=True)
    assert loads.cache_file(wanted, None, model) is None
    assert loads.cache_file(wanted, folder, model) == str(folder / f"{model.sha256}.cache")
    assert folder.stat().st_mode & 0o077 == 0


def test_a_draft_is_used_where_it_fits(model):
    assert loads.draft(SETTINGS, model, 300 * MIB) == "/m.gguf"
    assert loads.draft(SETTINGS, model, 200 * MIB) is None
    assert loads.draft(SETTINGS, None, 900 * MIB) is None
    assert loads.draft(structs.replace(SETTINGS, guess=False), model, 900 * MIB) is None
