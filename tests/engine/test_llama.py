"""llama.cpp with the real starter model."""

import numpy as np
import pytest

from closedmesh.engine import llama
from closedmesh.engine.messages import Load
from closedmesh.errors import ModelFileRefused

pytestmark = pytest.mark.model

TEXT = "The capital of France is"


@pytest.fixture(scope="module")
def model(starter_model):
    with llama.load(Load(str(starter_model), 512, 3, 1, low_priority=False)) as loaded:
        yield loaded


@pytest.fixture(autouse=True)
def empty(model):
    for sequence in range(model.slots):
        model.forget(sequence)


def read(model, tokens, sequence=0, start=0):
    """Logits after `tokens`, which are the next ones of a sequence."""
    entries = [(token, start + i, sequence, False) for i, token in enumerate(tokens)]
    entries[-1] = (*entries[-1][:3], True)
    model.decode(entries)
    return model.logits(len(entries) - 1).copy()


def test_it_knows_a_fact(model):
    logits = read(model, model.tokenize(TEXT, special=False, beginning=True))
    assert model.piece(int(logits.argmax())) == b" Paris"


def test_words_survive_being_tokens(model):
    text = "Ünïcode 漢字 🙂 and <|im_end|> as words\n\ttabs"
    tokens = model.tokenize(text, special=False, beginning=False)
    assert b"".join(map(model.piece, tokens)).decode() == text


def test_control_tokens_are_read_as_such_only_where_asked(model):
    assert "<|im_end|>" in model.control_texts()
    as_control = model.tokenize("<|im_end|>", special=True, beginning=False)
    as_words = model.tokenize("<|im_end|>", special=False, beginning=False)
    assert len(as_control) == 1
    assert model.ends_answer(as_control[0])
    assert model.piece(as_control[0]) == b""
    assert len(as_words) > 1


def test_the_model_brings_its_template_and_names(model):
    assert "<|im_start|>" in (model.chat_template() or "")
    assert model.end_text == "<|im_end|>"
    assert model.special_text(-1) == ""


def test_sequences_of_one_batch_do_not_see_each_other(model):
    tokens = model.tokenize(TEXT, special=False, beginning=True)
    other = model.tokenize("def add(a, b):\n    return", special=False, beginning=True)
    alone = read(model, tokens)
    model.forget(0)
    entries = [(t, i, 1, False) for i, t in enumerate(other)]
    entries += [(t, i, 0, i == len(tokens) - 1) for i, t in enumerate(tokens)]
    model.decode(entries)
    together = model.logits(len(entries) - 1)
    assert together.argmax() == alone.argmax()
    assert np.abs(together - alone).max() < 0.5  # sums are taken in another order


def test_a_forgotten_end_is_computed_anew(model):
    tokens = model.tokenize(TEXT, special=False, beginning=True)
    first = read(model, tokens)
    assert model.forget(0, len(tokens) - 2)
    again = read(model, tokens[-2:], start=len(tokens) - 2)
    assert np.abs(first - again).max() < 0.5


def test_more_than_the_cache_holds_fails_and_leaves_the_rest_usable(model):
    tokens = model.tokenize(TEXT, special=False, beginning=True)
    full = (tokens * 200)[: model.context]
    read(model, full)
    with pytest.raises(llama.DecodeFailed):
        read(model, tokens, start=model.context)
    assert read(model, tokens, sequence=1).shape == (model.vocabulary_size,)


def test_threads_can_be_changed(model):
    model.set_threads(2)
    read(model, model.tokenize(TEXT, special=False, beginning=True))
    model.set_threads(1)


def test_a_file_that_is_no_model_is_refused(tmp_path):
    bad = tmp_path / "bad.gguf"
    bad.write_bytes(b"GGUF" + bytes(100))
    with (
        pytest.raises(ModelFileRefused),
        llama.load(Load(str(bad), 512, 1, 1, low_priority=False)),
    ):
        pass
