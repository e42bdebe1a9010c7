import io
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.engine.messages import (
    CacheSaved,
    Cancel,
    Detokenize,
    Detokenized,
    Done,
    Embed,
    Embedded,
    Failed,
    FromWorker,
    Generate,
    Load,
    Loaded,
    PlainText,
    Priority,
    Queued,
    SaveCache,
    Score,
    Scored,
    SetThreads,
    Started,
    Tokenize,
    Tokenized,
    Tokens,
    TokenScore,
    ToWorker,
)
from closedmesh.engine.pipe import MAX_FRAME, BrokenFrame, Frames, frame
from closedmesh.models.chat import (
    Alternative,
    Conversation,
    FinishReason,
    Grammar,
    JsonSchema,
    Message,
    Overflow,
    RawText,
    Role,
    Sampling,
    TokenLogprob,
    TokenPrompt,
    TraceEntry,
)
from closedmesh.models.fit import CacheType

QUESTION = Generate(
    id=1,
    client="owner",
    priority=Priority.OWNER,
    prompt=Conversation((Message(Role.USER, "Hi"),)),
    sampling=Sampling(seed=2**63 - 1),
    max_tokens=None,
    stop=("\n",),
    top_logprobs=3,
    overflow=Overflow.REFUSE,
    date="2026-11-24",
)
TO_WORKER = [
    Load("/m.gguf", 1024, 4, 1, True),
    QUESTION,
    structs.replace(QUESTION, prompt=RawText("x"), max_tokens=5, top_logprobs=None),
    structs.replace(QUESTION, prompt=TokenPrompt((1, 2)), begun=(3,), trace=True),
    structs.replace(QUESTION, form=JsonSchema("{}"), sampling=Sampling(logit_bias={7: -100.0})),
    structs.replace(QUESTION, form=Grammar('root ::= "a"', after="<tool>")),
    Score(2, "b", RawText("x"), (4, 5), "2026-11-24", top=20),
    Embed(3, "b", ("x", "y")),
    Tokenize(4, PlainText("x"), "2026-11-24"),
    Detokenize(5, (1, 2)),
    SaveCache(6),
    Cancel(1),
    SetThreads(3),
]
FROM_WORKER = [
    Loaded(1024, 4),
    Loaded(8, 1, 49152, 0, CacheType.Q8_0, CacheType.Q8_0, True, ("CPU x",), 3, "b", True),
    Queued(1, 2, 3.5),
    Started(1, 9, 3, 0),
    Tokens(1, "né", 1, (TokenLogprob(Alternative(b"\xff", -0.5), (Alternative(b"a", -2.0),)),)),
    Tokens(1, "", 2, ids=(7,), trace=(TraceEntry((7, 8), (-3, -90)),)),
    Done(1, FinishReason.STOP, 1),
    Done(1, FinishReason.STOP, 1, 2, TraceEntry((2,), (0,)), 1),
    Scored(2, (TokenScore(-0.5, (4,), (-0.5,)),)),
    Embedded(3, ((0.6, 0.8),), 2),
    Tokenized(4, (1,)),
    Detokenized(5, "x"),
    CacheSaved(6, 2, 1000),
    Failed(1, "engine_died", "It died.", "Ask again."),
]


@pytest.mark.parametrize(
    ("kind", "messages"), [(ToWorker, TO_WORKER), (FromWorker, FROM_WORKER)], ids=["to", "from"]
)
def test_every_message_arrives_as_it_was_sent(kind, messages):
    stream = io.BytesIO(b"".join(map(frame, messages)))
    frames = Frames(kind)
    assert [frames.read(stream) for _ in messages] == messages
    assert frames.read(stream) is None


@given(st.lists(st.integers(0, 400), max_size=8))
def test_the_node_reads_the_same_messages_in_whatever_pieces_they_come(cuts):
    stream = b"".join(map(frame, FROM_WORKER))
    frames = Frames(FromWorker)
    edges = [0, *sorted(cuts), len(stream)]
    pieces = [stream[start:end] for start, end in pairwise(edges)]
    assert [message for piece in pieces for message in frames.feed(piece)] == FROM_WORKER


def test_what_comes_before_nonsense_is_heard():
    frames = Frames(FromWorker)
    told = frames.feed(frame(Started(1, 9, 3, 0)) + b"\xff\xff\xff\xff")
    assert next(told) == Started(1, 9, 3, 0)
    with pytest.raises(BrokenFrame, match="frame of"):
        next(told)


def test_a_stream_that_ends_inside_a_message_has_ended():
    assert Frames(FromWorker).read(io.BytesIO(frame(Loaded(1, 1))[:3])) is None


def test_a_length_that_cannot_be_ours_is_refused_before_anything_is_read():
    with pytest.raises(BrokenFrame, match="frame of"):
        Frames(FromWorker).read(io.BytesIO((MAX_FRAME + 1).to_bytes(4, "big")))


def test_a_message_of_the_other_direction_is_refused():
    with pytest.raises(BrokenFrame):
        Frames(FromWorker).read(io.BytesIO(frame(Cancel(1))))


def test_values_out_of_their_limits_are_refused():
    with pytest.raises(BrokenFrame):
        Frames(ToWorker).read(io.BytesIO(frame(Load("/m.gguf", 0, 4, 1, True))))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(data):
    try:
        message = Frames(ToWorker).decode(data)
    except BrokenFrame:
        return
    assert isinstance(message, ToWorker)
