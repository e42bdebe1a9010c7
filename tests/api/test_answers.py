import math

from msgspec import structs

from closedmesh.api import answers
from closedmesh.models.chat import (
    Accepted,
    Alternative,
    FinishReason,
    Piece,
    RequestId,
    ServedBy,
    TokenLogprob,
)
from tests.support.control import HASH, MODEL, receipt

ACCEPTED = Accepted(RequestId("req-1"), MODEL.name, HASH, ServedBy.LOCAL, "7f3a")
EURO = "\u20ac".encode()
TOKENS = (
    TokenLogprob(Alternative(EURO[:2], -0.5), (Alternative(EURO[:2], -0.5), Alternative(b"a", -2))),
    TokenLogprob(Alternative(EURO[2:], -math.inf)),
    TokenLogprob(Alternative(b"b", -0.25)),
)


def whole(form, *, logprobs):
    answer = answers.Whole(form, ACCEPTED, logprobs=logprobs, created=5)
    answer.add(Piece("", TOKENS[:1]))
    answer.add(Piece("\u20acb", TOKENS[1:]))
    return answer.finish(structs.replace(receipt(), finish=FinishReason.LENGTH, cached_tokens=4))


def test_a_whole_chat_answer():
    answer = whole(answers.Chat(), logprobs=False)

    assert answer["object"] == "chat.completion"
    assert answer["created"] == 5
    assert answer["choices"][0]["message"]["content"] == "\u20acb"
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["choices"][0]["logprobs"] is None
    assert answer["usage"]["prompt_tokens_details"] == {"cached_tokens": 4}
    assert answer["system_fingerprint"] == f"fp_{HASH[:12]}"
    assert answer["closedmesh"]["tokens_per_second"] == 88.5


def test_bytes_that_are_no_text_are_still_told():
    first, second, _ = whole(answers.Chat(), logprobs=True)["choices"][0]["logprobs"]["content"]

    assert (first["token"], first["bytes"]) == ("\ufffd", list(EURO[:2]))
    assert [t["token"] for t in first["top_logprobs"]] == ["\ufffd", "a"]
    assert second["logprob"] == answers.IMPOSSIBLE


def test_the_older_form_counts_characters_over_the_whole_answer():
    logprobs = whole(answers.Text(), logprobs=True)["choices"][0]["logprobs"]

    assert logprobs["text_offset"] == [0, 0, 1]
    assert logprobs["token_logprobs"] == [-0.5, answers.IMPOSSIBLE, -0.25]
    assert logprobs["top_logprobs"][0] == {"\ufffd": -0.5, "a": -2}


def test_a_stream_without_usage_has_none():
    chunks = answers.Chunks(answers.Text(), ACCEPTED, logprobs=True, include_usage=False, created=5)

    assert chunks.open() == []
    assert chunks.add(Piece("a", TOKENS[2:]))["choices"][0]["logprobs"]["tokens"] == ["b"]
    (last,) = chunks.finish(receipt())
    assert last["choices"][0]["finish_reason"] == "stop"
    assert "usage" not in last
