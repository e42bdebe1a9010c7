"""llama.cpp with the real starter model."""

import numpy as np
import pytest

from closedmesh.engine.llama.model import DecodeFailed

pytestmark = pytest.mark.model

TEXT = "The capital of France is"


@pytest.fixture
def tokens(model):
    return model.tokenize(TEXT, special=False, beginning=True)


def read(model, tokens, sequence=0, start=0):
    """Logits after `tokens`, which are the next ones of a sequence."""
    count = len(tokens)
    wanted = [0] * (count - 1) + [1]
    return model.decode(tokens, range(start, start + count), [sequence] * count, wanted)[0].copy()


def test_it_knows_a_fact(model, tokens):
    assert model.piece(int(read(model, tokens).argmax())) == b" Paris"


def test_sequences_of_one_batch_do_not_see_each_other(model, tokens):
    other = model.tokenize("def add(a, b):\n    return", special=False, beginning=True)
    alone = read(model, tokens)
    model.forget(0)
    together = model.decode(
        other + tokens,
        [*range(len(other)), *range(len(tokens))],
        [1] * len(other) + [0] * len(tokens),
        [0] * (len(other) + len(tokens) - 1) + [1],
    )
    assert together.shape == (1, model.vocabulary_size)
    assert together[0].argmax() == alone.argmax()
    assert np.abs(together[0] - alone).max() < 0.5  # sums are taken in another order


def test_rows_come_in_the_order_of_the_batch(model, tokens):
    count = len(tokens)
    each = [read(model, tokens[: n + 1]) for n in range(count) if model.forget(0)]
    model.forget(0)
    rows = model.decode(tokens * 2, [*range(count)] * 2, [2] * count + [0] * count, 1)
    for number, alone in enumerate(each * 2):
        assert np.abs(rows[number] - alone).max() < 0.5


def test_a_forgotten_end_is_computed_anew(model, tokens):
    first = read(model, tokens)
    assert model.forgets_parts
    assert model.forget(0, len(tokens) - 2)
    again = read(model, tokens[-2:], start=len(tokens) - 2)
    assert np.abs(first - again).max() < 0.5


def test_a_copied_and_a_restored_sequence_go_on_like_the_first(model, tokens):
    read(model, tokens)
    state = model.save(0, 10**9)
    model.copy(0, 1)
    assert model.restore(2, state)
    step = model.decode([284] * 3, [len(tokens)] * 3, [0, 1, 2], 1)
    assert np.abs(step[1] - step[0]).max() < 0.5
    assert np.abs(step[2] - step[0]).max() < 0.5


def test_a_state_that_is_too_large_or_broken_is_not_taken(model, tokens):
    read(model, tokens)
    assert model.save(0, 100) is None
    assert not model.restore(1, np.zeros(10, np.uint8))
    assert read(model, tokens, sequence=1).argmax() >= 0


def test_more_than_the_cache_holds_fails_and_leaves_the_rest_usable(model, tokens):
    full = (tokens * 200)[: model.context]
    read(model, full)
    with pytest.raises(DecodeFailed):
        read(model, tokens, start=model.context)
    assert read(model, tokens, sequence=1).shape == (model.vocabulary_size,)


def test_threads_can_be_changed(model, tokens):
    model.set_threads(2)
    read(model, tokens)
    model.set_threads(1)


def test_a_model_for_chats_makes_no_vectors(model):
    assert model.embedding_size == 0
