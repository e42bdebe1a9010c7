import math

from msgspec import structs

from closedmesh.api import answers
from closedmesh.models.chat import (
    Accepted,
    Alternative,
    FallbackReason,
    FinishReason,
    Piece,
    RequestId,
    ServedBy,
    TokenLogprob,
    ToolCall,
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
    answer = answers.Whole(form, ACCEPTED, answers.Wanted(logprobs=logprobs, created=5))
    answer.add(0, Piece("", TOKENS[:1]))
    answer.add(0, Piece("\u20acb", TOKENS[1:]))
    end = structs.replace(receipt(), finish=FinishReason.LENGTH, cached_tokens=4)
    return answer.finish(0, end)


def test_a_whole_chat_answer():
    answer = whole(answers.Chat, logprobs=False)

    assert answer["object"] == "chat.completion"
    assert answer["created"] == 5
    assert answer["choices"][0]["message"]["content"] == "\u20acb"
    assert answer["choices"][0]["finish_reason"] == "length"
    assert answer["choices"][0]["logprobs"] is None
    assert answer["usage"]["prompt_tokens_details"] == {"cached_tokens": 4}
    assert answer["system_fingerprint"] == f"fp_{HASH[:12]}"
    assert answer["closedmesh"]["tokens_per_second"] == 88.5


def test_bytes_that_are_no_text_are_still_told():
    first, second, _ = whole(answers.Chat, logprobs=True)["choices"][0]["logprobs"]["content"]

    assert (first["token"], first["bytes"]) == ("\ufffd", list(EURO[:2]))
    assert [t["token"] for t in first["top_logprobs"]] == ["\ufffd", "a"]
    assert second["logprob"] == answers.IMPOSSIBLE


def test_the_older_form_counts_characters_over_the_whole_answer():
    logprobs = whole(answers.Text, logprobs=True)["choices"][0]["logprobs"]

    assert logprobs["text_offset"] == [0, 0, 1]
    assert logprobs["token_logprobs"] == [-0.5, answers.IMPOSSIBLE, -0.25]
    assert logprobs["top_logprobs"][0] == {"\ufffd": -0.5, "a": -2}


def test_a_stream_without_usage_has_none():
    chunks = answers.Chunks(answers.Text, ACCEPTED, answers.Wanted(logprobs=True, created=5))

    assert chunks.open() == []
    assert chunks.add(0, Piece("a", TOKENS[2:]))["choices"][0]["logprobs"]["tokens"] == ["b"]
    (last,) = chunks.finish(0, receipt())
    assert last["choices"][0]["finish_reason"] == "stop"
    assert "usage" not in last


def test_calls_stand_where_openai_has_them():
    call = ToolCall("c1", "weather", '{"city": "Rome"}')
    shown = {"id": "c1", "type": "function",
             "function": {"name": "weather", "arguments": '{"city": "Rome"}'}}  # fmt: skip
    end = structs.replace(receipt(), finish=FinishReason.TOOL_CALLS)
    answer = answers.Whole(answers.Chat, ACCEPTED, answers.Wanted())
    answer.add(0, Piece("", calls=(call,)))
    (choice,) = answer.finish(0, end)["choices"]
    assert choice["finish_reason"] == "tool_calls"
    assert choice["message"]["content"] is None
    assert choice["message"]["tool_calls"] == [shown]

    chunks = answers.Chunks(answers.Chat, ACCEPTED, answers.Wanted())
    deltas = [
        chunks.add(0, Piece("", calls=(call,) * 2)),
        chunks.add(0, Piece("", calls=(call,))),
    ]
    calls = [c for d in deltas for c in d["choices"][0]["delta"]["tool_calls"]]
    assert [c["index"] for c in calls] == [0, 1, 2]
    assert calls[0] == {"index": 0} | shown


def test_several_answers_are_told_apart_and_counted_together():
    answer = answers.Whole(answers.Text, ACCEPTED, answers.Wanted(count=2))
    answer.add(1, Piece("b"))
    answer.add(0, Piece("a"))
    assert answer.finish(1, receipt()) is None
    whole_object = answer.finish(0, receipt())
    assert [(c["index"], c["text"]) for c in whole_object["choices"]] == [(0, "a"), (1, "b")]
    assert whole_object["usage"]["prompt_tokens"] == 12
    assert whole_object["usage"]["completion_tokens"] == 6

    chunks = answers.Chunks(answers.Chat, ACCEPTED, answers.Wanted(count=2, include_usage=True))
    assert [c["choices"][0]["index"] for c in chunks.open()] == [0, 1]
    assert len(chunks.finish(1, receipt())) == 1
    *_, usage = chunks.finish(0, receipt())
    assert usage["usage"]["completion_tokens"] == 6


def test_an_answer_from_outside_says_so_before_it_begins():
    outside = structs.replace(
        ACCEPTED, served_by=ServedBy.FALLBACK, fallback_reason=FallbackReason.LATENCY_TARGET
    )

    assert answers.headers(outside)["x-closedmesh-served-by"] == "fallback"
    assert answers.headers(outside)["x-closedmesh-fallback-reason"] == "latency-target"
    assert "x-closedmesh-fallback-reason" not in answers.headers(ACCEPTED)
