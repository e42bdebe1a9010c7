import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.errors import NotEnoughMemory
from closedmesh.models.fit import (
    DEFAULT_CONTEXT,
    SMALLEST_CONTEXT,
    Plan,
    Wish,
    needed,
    plan,
)
from closedmesh.models.gguf import kv_bytes_per_token, read_header
from tests.support.gguf import gguf

DATA = gguf(facts={
    "llama.context_length": 32_768, "llama.embedding_length": 4096, "llama.block_count": 32,
    "llama.attention.head_count": 32, "llama.attention.head_count_kv": 8,
})  # fmt: skip
HEADER = read_header(io.BytesIO(DATA), len(DATA))
SIZE = 4_700_000_000
GB = 1_000_000_000


def planned(available, context=0, slots=4, keep_free=0):
    return plan("Eight B", HEADER, SIZE, Wish(context, slots, keep_free), available)


def test_an_8b_model_with_grouped_attention_takes_128_kib_a_token():
    assert kv_bytes_per_token(HEADER) == 128 * 1024


def test_weights_and_cache_are_counted_once():
    empty, one = (needed(HEADER, SIZE, tokens, 1) for tokens in (0, 1))
    assert one - empty == kv_bytes_per_token(HEADER)
    assert SIZE < empty < SIZE + GB
    assert needed(HEADER, SIZE, 1000, 4) == needed(HEADER, SIZE, 4000, 1)


def test_with_room_everything_asked_for_is_given():
    made = planned(64 * GB)
    assert (made.context, made.slots) == (DEFAULT_CONTEXT, 4)
    assert made.needed == needed(HEADER, SIZE, DEFAULT_CONTEXT, 4)


def test_a_small_trained_context_is_not_exceeded():
    data = gguf(facts={"llama.context_length": 512})
    header = read_header(io.BytesIO(data), len(data))
    assert plan("T", header, 1000, Wish(0, 1, 0), 64 * GB).context == 512
    assert plan("T", header, 1000, Wish(9999, 1, 0), 64 * GB).context == 512


def test_first_the_context_shrinks_then_the_slots():
    assert planned(int(6.5 * GB)).context < DEFAULT_CONTEXT
    assert planned(int(6.5 * GB)).slots == 4
    tight = planned(needed(HEADER, SIZE, SMALLEST_CONTEXT, 1))
    assert (tight.context, tight.slots) == (SMALLEST_CONTEXT, 1)


def test_a_chosen_context_is_kept_or_refused():
    assert planned(64 * GB, context=20_000).context == 20_000
    with pytest.raises(NotEnoughMemory, match="20,000 tokens"):
        planned(6 * GB, context=20_000)


def test_what_must_stay_free_stays_free():
    exact = needed(HEADER, SIZE, DEFAULT_CONTEXT, 4)
    assert planned(exact).context == DEFAULT_CONTEXT
    assert planned(exact, keep_free=1).context < DEFAULT_CONTEXT


def test_a_refusal_has_figures():
    with pytest.raises(NotEnoughMemory) as caught:
        planned(4 * GB, keep_free=GB)
    for words in ("Eight B needs 5.", "4.0 GB are free", "1.0 GB stay free"):
        assert words in caught.value.title


@given(st.integers(0, 40 * GB), st.integers(0, 40_000), st.integers(1, 64), st.integers(0, 8 * GB))
def test_a_plan_never_needs_more_than_there_is(available, context, slots, keep_free):
    try:
        made = planned(available, context, slots, keep_free)
    except NotEnoughMemory:
        assert needed(HEADER, SIZE, min(context or 1024, 1024), 1) > available - keep_free
        return
    assert isinstance(made, Plan)
    assert made.needed <= available - keep_free
    assert 1 <= made.slots <= slots
    assert 0 < made.context <= HEADER.context_length
