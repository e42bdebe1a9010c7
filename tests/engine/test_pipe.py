import asyncio
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.engine.messages import (
    Cancel,
    Done,
    Failed,
    FromWorker,
    Generate,
    Load,
    Loaded,
    SetThreads,
    Started,
    Tokens,
    ToWorker,
)
from closedmesh.engine.pipe import MAX_FRAME, BrokenFrame, Frames, frame
from closedmesh.models.chat import (
    Alternative,
    Conversation,
    FinishReason,
    Message,
    Overflow,
    RawText,
    Role,
    Sampling,
    TokenLogprob,
)

QUESTION = Generate(
    id=1,
    client="owner",
    owner=True,
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
    Cancel(1),
    SetThreads(3),
]
FROM_WORKER = [
    Loaded(1024, 4),
    Started(1, 9, 3, 0),
    Tokens(1, "né", 1, (TokenLogprob(Alternative(b"\xff", -0.5), (Alternative(b"a", -2.0),)),)),
    Done(1, FinishReason.STOP, 1),
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


async def test_the_node_reads_the_same_messages():
    stream = asyncio.StreamReader()
    stream.feed_data(b"".join(map(frame, FROM_WORKER)))
    stream.feed_eof()
    frames = Frames(FromWorker)
    assert [await frames.receive(stream) for _ in FROM_WORKER] == FROM_WORKER
    assert await frames.receive(stream) is None


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
