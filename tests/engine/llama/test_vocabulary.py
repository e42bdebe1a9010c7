import pytest

pytestmark = pytest.mark.model


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


def test_a_vocabulary_is_the_same_as_itself(model):
    assert model.same_as(model)
