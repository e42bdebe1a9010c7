import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.errors import BadRequest, NotEnoughMemory
from closedmesh.models.fit import (
    DEFAULT_CONTEXT,
    SMALLEST_CONTEXT,
    CacheType,
    Choice,
    Plan,
    Wish,
    cache_bytes_per_token,
    gpu_layers,
    needed,
    plan,
)
from closedmesh.models.gguf import read_header
from tests.support.gguf import gguf

DATA = gguf(facts={
    "llama.context_length": 32_768, "llama.embedding_length": 4096, "llama.block_count": 32,
    "llama.attention.head_count": 32, "llama.attention.head_count_kv": 8,
})  # fmt: skip
HEADER = read_header(io.BytesIO(DATA), len(DATA))
SIZE = 4_700_000_000
GB = 1_000_000_000


def planned(available, context=0, slots=4, keep_free=0, **wish):
    return plan("Eight B", HEADER, SIZE, Wish(context, slots, keep_free, **wish), available)


def need(context, slots, cache=CacheType.F16, flash=Choice.AUTO, header=HEADER, size=SIZE):
    return needed(header, size, Plan(context, slots, cache, flash, 0))


def test_an_8b_model_with_grouped_attention_takes_128_kib_a_token():
    assert cache_bytes_per_token(HEADER) == 128 * 1024
    assert cache_bytes_per_token(HEADER, CacheType.Q8_0) == 68 * 1024
    assert cache_bytes_per_token(HEADER, CacheType.Q4_0) == 36 * 1024


def test_weights_and_cache_are_counted_once():
    empty, one = (need(tokens, 1) for tokens in (0, 1))
    assert one - empty == cache_bytes_per_token(HEADER)
    assert SIZE < empty < SIZE + GB
    assert need(1000, 4) == need(4000, 1)


SMALL = replace(
    HEADER, block_count=30, embedding_length=576, head_count=9, head_count_kv=3, key_length=64,
    value_length=64, vocabulary_size=49_152, merge_count=48_900,
)  # fmt: skip
LARGE_VOCABULARY = replace(
    HEADER, block_count=18, embedding_length=640, head_count=4, head_count_kv=1, key_length=256,
    value_length=256, vocabulary_size=262_144, merge_count=0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("header", "size", "context", "slots", "cache", "flash", "measured"),
    [
        (SMALL, 98_362_432, 1024, 1, CacheType.F16, Choice.AUTO, 198_000_000),
        (SMALL, 98_362_432, 4096, 1, CacheType.F16, Choice.AUTO, 269_100_000),
        (SMALL, 98_362_432, 4096, 4, CacheType.F16, Choice.AUTO, 560_100_000),
        (SMALL, 98_362_432, 8192, 4, CacheType.F16, Choice.ON, 940_200_000),
        (SMALL, 98_362_432, 4096, 1, CacheType.Q8_0, Choice.ON, 234_900_000),
        (SMALL, 98_362_432, 4096, 4, CacheType.Q8_0, Choice.ON, 385_200_000),
        (SMALL, 98_362_432, 4096, 4, CacheType.Q4_0, Choice.ON, 290_900_000),
        (SMALL, 98_362_432, 1024, 1, CacheType.F16, Choice.OFF, 226_900_000),
        (LARGE_VOCABULARY, 253_113_024, 4096, 4, CacheType.F16, Choice.AUTO, 706_000_000),
    ],
)  # fmt: skip
def test_the_estimate_is_close_to_what_workers_were_measured_to_hold(
    header, size, context, slots, cache, flash, measured
):
    estimate = need(context, slots, cache, flash, header, size)
    assert abs(estimate - measured) < 0.05 * measured


def test_with_room_everything_asked_for_is_given():
    made = planned(64 * GB)
    assert (made.context, made.slots) == (DEFAULT_CONTEXT, 4)
    assert made.needed == need(DEFAULT_CONTEXT, 4)


def test_a_small_trained_context_is_not_exceeded():
    data = gguf(facts={"llama.context_length": 512})
    header = read_header(io.BytesIO(data), len(data))
    assert plan("T", header, 1000, Wish(), 64 * GB).context == 512
    assert plan("T", header, 1000, Wish(9999), 64 * GB).context == 512


def test_first_the_context_shrinks_then_the_slots():
    assert planned(int(6.5 * GB)).context < DEFAULT_CONTEXT
    assert planned(int(6.5 * GB)).slots == 4
    tight = planned(need(SMALLEST_CONTEXT, 1))
    assert (tight.context, tight.slots) == (SMALLEST_CONTEXT, 1)


def test_a_coarser_cache_is_taken_only_where_nothing_else_fits():
    least = need(SMALLEST_CONTEXT, 1)
    assert planned(least).cache is CacheType.F16
    assert planned(least - 1).cache is CacheType.Q8_0
    assert planned(need(20_000, 1) - 1, context=20_000, slots=1).cache is CacheType.Q8_0
    with pytest.raises(NotEnoughMemory):
        planned(need(SMALLEST_CONTEXT, 1, CacheType.Q8_0) - 1)


def test_a_chosen_cache_is_kept():
    assert planned(64 * GB, cache=CacheType.Q4_0).cache is CacheType.Q4_0
    with pytest.raises(NotEnoughMemory):
        planned(need(SMALLEST_CONTEXT, 1) - 1, cache=CacheType.F16)


def test_a_coarse_cache_without_flash_attention_is_refused():
    with pytest.raises(BadRequest, match="needs flash attention"):
        planned(64 * GB, cache=CacheType.Q8_0, flash_attention=Choice.OFF)
    with pytest.raises(NotEnoughMemory):
        planned(5 * GB, flash_attention=Choice.OFF)


def test_layers_of_a_graphics_card_are_what_its_memory_holds():
    assert gpu_layers(HEADER, SIZE, 2 * GB, 64 * GB) == 33, "all, and the output"
    assert gpu_layers(HEADER, SIZE, 2 * GB, 0) == 0
    half = gpu_layers(HEADER, SIZE, 2 * GB, 4 * GB)
    assert 0 < half < 33
    assert half * (SIZE + 2 * GB) / 33 < 4 * GB
    assert gpu_layers(HEADER, SIZE, GB, 4 * GB) > half


def test_a_chosen_context_is_kept_or_refused():
    assert planned(64 * GB, context=20_000).context == 20_000
    with pytest.raises(NotEnoughMemory, match="20,000 tokens"):
        planned(6 * GB, context=20_000)


def test_what_must_stay_free_stays_free():
    exact = need(DEFAULT_CONTEXT, 4)
    assert planned(exact).context == DEFAULT_CONTEXT
    assert planned(exact, keep_free=1).context < DEFAULT_CONTEXT


def test_a_refusal_has_figures():
    with pytest.raises(NotEnoughMemory) as caught:
        planned(4 * GB, keep_free=GB)
    for words in ("Eight B needs 4.", "4.0 GB are free", "1.0 GB stay free"):
        assert words in caught.value.title


@given(st.integers(0, 40 * GB), st.integers(0, 40_000), st.integers(1, 64), st.integers(0, 8 * GB))
def test_a_plan_never_needs_more_than_there_is(available, context, slots, keep_free):
    try:
        made = planned(available, context, slots, keep_free)
    except NotEnoughMemory:
        smallest = need(min(context or 1024, 1024), 1, CacheType.Q8_0)
        assert smallest > available - keep_free
        return
    assert isinstance(made, Plan)
    assert made.needed <= available - keep_free
    assert 1 <= made.slots <= slots
    assert 0 < made.context <= HEADER.context_length
