import numpy as np
import pytest

from closedmesh.engine import cache_file
from closedmesh.engine.cache import Kept

KEPT = [
    Kept("owner", (1, 2, 3), np.arange(100, dtype=np.uint8)),
    Kept("guest", (9,), np.zeros(7, np.uint8)),
]


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "model.cache"
    assert cache_file.write(path, "origin", KEPT) == (2, path.stat().st_size)
    return path


def read(path, origin="origin"):
    return [(k.client, k.tokens, k.state.tolist()) for k in cache_file.read(path, origin)]


def test_what_was_written_is_read(file):
    assert read(file) == [(k.client, k.tokens, k.state.tolist()) for k in KEPT]


def test_only_its_owner_can_read_it(file):
    assert file.stat().st_mode & 0o077 == 0


def test_of_another_model_or_build_nothing_is_read(file):
    assert read(file, "another") == []


def test_no_file_is_no_cache(tmp_path):
    assert read(tmp_path / "none") == []


def test_no_changed_byte_is_believed(file):
    data = file.read_bytes()
    for at in range(0, len(data), 5):
        file.write_bytes(data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :])
        assert len(read(file)) < 2
        file.write_bytes(data[:at])
        assert len(read(file)) < 2
