import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.models.chat import (
    Conversation,
    FinishReason,
    Function,
    JsonSchema,
    Message,
    Question,
    RawText,
    Role,
    Sampling,
)
from closedmesh.models.provider import BrokenStream, ProviderStream, Said, can_answer, request

CHAT = Conversation((Message(Role.SYSTEM, "Be brief."), Message(Role.USER, "Hi")))


def event(**chunk):
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def choice(text=None, finish=None):
    return {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": finish}]}


STREAM = (
    b": a comment\n\n"
    + event(**choice("Hel"))
    + event(**choice("lö"))
    + event(**choice(finish="stop"))
    + event(choices=[], usage={"prompt_tokens": 7, "completion_tokens": 2})
    + b"data: [DONE]\n\n"
)


def test_a_question_is_put_in_openais_words():
    question = Question(
        CHAT, sampling=Sampling(temperature=3.0, top_p=0.5), max_tokens=9, stop=tuple("abcde")
    )

    assert request(question, "their-name") == {
        "model": "their-name",
        "messages": [
            {"role": "system", "content": "Be brief."},
            {"role": "user", "content": "Hi"},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "temperature": 2.0,
        "top_p": 0.5,
        "presence_penalty": 0.0,
        "frequency_penalty": 0.0,
        "max_tokens": 9,
        "stop": ["a", "b", "c", "d"],
    }


def test_only_words_are_asked_for():
    assert can_answer(Question(CHAT))
    assert not can_answer(Question(RawText("once upon")))
    assert not can_answer(Question(CHAT, form=JsonSchema("{}")))
    assert not can_answer(Question(CHAT, top_logprobs=1))
    assert not can_answer(Question(CHAT, begun=(1,)))
    assert not can_answer(Question(Conversation(CHAT.messages, (Function("f"),))))


@given(st.lists(st.integers(1, 40), max_size=30))
def test_an_answer_arrives_however_it_is_cut(sizes):
    stream, rest, found = ProviderStream(), STREAM, []
    for size in sizes:
        found += stream.feed(rest[:size])
        rest = rest[size:]
    found += stream.feed(rest)
    stream.end()

    assert "".join(said.text for said in found) == "Hellö"
    assert [said.finish for said in found if said.finish] == [FinishReason.STOP]
    assert found[-1] == Said(prompt_tokens=7, completion_tokens=2)


def test_what_follows_the_end_is_not_read():
    stream = ProviderStream()
    stream.feed(STREAM)

    assert stream.feed(event(**choice("more"))) == []


def test_an_answer_that_breaks_off_is_not_complete():
    stream = ProviderStream()
    stream.feed(STREAM[:100])

    with pytest.raises(BrokenStream, match="broke off"):
        stream.end()


def test_an_end_that_nobody_knows_is_an_end():
    assert ProviderStream().feed(event(**choice(finish="content_filter"))) == [
        Said(finish=FinishReason.LENGTH)
    ]


def test_a_line_without_an_end_is_refused():
    with pytest.raises(BrokenStream, match="without an end"):
        ProviderStream().feed(b"data: " + b"x" * (1 << 21))


@given(st.binary(max_size=200) | st.binary(max_size=100).map(lambda body: b"data: " + body + b"\n"))
def test_any_bytes_are_an_answer_or_refused(data):
    stream = ProviderStream()
    try:
        for said in stream.feed(data):
            assert isinstance(said, Said)
    except BrokenStream:
        pass
