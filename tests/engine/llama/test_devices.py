"""On whatever this computer has; where tests run there is seldom a graphics card."""

import psutil
import pytest
from llama_cpp import llama_cpp

from closedmesh.engine.llama import devices


@pytest.fixture(autouse=True)
def _opened():
    devices.open_libraries()


def test_the_processor_is_always_there():
    assert any(name.startswith("CPU") for name in devices.names())


def test_memory_of_graphics_cards_is_there_where_there_are_any():
    others = ("CPU", "BLAS")
    cards = [name for name in devices.names() if not name.startswith(others)]
    assert (devices.graphics_memory() > 0) == bool(cards)
    assert bool(cards) <= llama_cpp.llama_supports_gpu_offload()


def test_free_memory_is_asked_of_a_device():
    ((_, processor), *_) = [
        pair for pair, name in zip(devices._all(), devices.names(), strict=True) if "CPU" in name
    ]
    assert 0 < devices.free(processor) <= psutil.virtual_memory().total


def test_libraries_that_are_open_are_not_opened_twice():
    before = devices.names()
    devices.open_libraries()
    assert devices.names() == before
