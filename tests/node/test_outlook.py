import io

import pytest

from closedmesh.models import fit
from closedmesh.models.catalogue import parse
from closedmesh.models.computer import Computer
from closedmesh.models.gguf import read_header
from closedmesh.models.offers import FitLabel
from closedmesh.node.outlook import Outlook
from closedmesh.settings import EngineSettings, Settings
from tests.support.desktop import RESOURCES
from tests.support.gguf import gguf

COMPUTER = Computer(memory_total=16 * 10**9, memory_available=12 * 10**9, memory_speed=40e9)
KNOWN = parse((RESOURCES / "catalogue.toml").read_text("utf-8"))


def outlook(**settings):
    return Outlook(COMPUTER, EngineSettings(**settings) if settings else Settings().engine)


def known(name):
    found = KNOWN.by_name(name)
    assert found
    return found


def test_a_mixture_of_experts_is_as_fast_as_its_active_weights():
    dense, mixed = known("qwen3.6-27b-q4_k_m"), known("qwen3.6-35b-a3b-ud-q4_k_m")
    assert dense.size_bytes < mixed.size_bytes
    slow, fast = outlook().of_known(dense), outlook().of_known(mixed)
    assert fast.tokens_per_second > 5 * slow.tokens_per_second


def test_a_longer_context_needs_more():
    model = known("qwen3-4b-instruct-2507-q4_k_m")
    short, long = outlook(context=2048).of_known(model), outlook(context=32_768).of_known(model)
    assert long.memory_bytes - short.memory_bytes == 147_456 * (32_768 - 2048)
    assert (short.context, long.context) == (2048, 32_768)


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("qwen3.5-2b-q4_k_m", FitLabel.RUNS_WELL),
        ("gpt-oss-20b-mxfp4", FitLabel.TIGHT),
        ("gpt-oss-120b-mxfp4", FitLabel.TOO_LARGE),
    ],
)
def test_labels_on_a_computer_of_16_gb(name, label):
    assert outlook().of_known(known(name)).label is label


def test_of_a_file_only_its_size_is_known():
    found = outlook().of_size(4_000_000_000)
    assert 4_000_000_000 < found.memory_bytes < 5_000_000_000
    assert found.context == fit.DEFAULT_CONTEXT


def test_a_file_that_is_here_is_reckoned_by_its_header():
    data = gguf()
    header = read_header(io.BytesIO(data), len(data))
    found = outlook().of_file(header, 98_000_000, 1.0, 55.0)
    plan = fit.Plan(2048, 1, fit.CacheType.F16, fit.Choice.AUTO, 0)
    assert found.memory_bytes == fit.needed(header, 98_000_000, plan)
    assert (found.context, found.tokens_per_second, found.measured) == (2048, 55.0, True)
