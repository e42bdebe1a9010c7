from msgspec import structs

from closedmesh.status import ModelState
from closedmesh.ui.words_view import MAX_WORDS, amount, line_of, loaded, short_hash
from tests.support.control import HASH, MODEL


def test_amounts():
    assert amount(134_515_008) == "135 million"
    assert amount(8_190_000_000) == "8.2 billion"


def test_a_short_hash_begins_the_long_one():
    assert HASH.startswith(short_hash(HASH))


def test_only_models_that_hold_memory_are_loaded():
    resting = structs.replace(MODEL, state=ModelState.ON_DISK)

    assert loaded((MODEL, resting)) == (MODEL,)


def test_the_words_of_strangers_are_short_and_hide_nothing():
    assert line_of("a\u202eb\nc\x00") == "a[U+202E]b c\ufffd"
    assert len(line_of("x" * 1000)) == MAX_WORDS
