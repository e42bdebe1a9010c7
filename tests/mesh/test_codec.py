import contextlib
import zlib
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.mesh import codec
from closedmesh.mesh.codec import BLOCK, KINDS, Decoder, encode
from closedmesh.mesh.faults import LocalProtocolError, RefusalCode, RemoteProtocolError
from closedmesh.mesh.messages import Delta, Listed, Ping, Refused, Tokens
from tests.support.mesh import MESH, example_messages, key

EXAMPLES = example_messages()
VECTORS = Path(__file__).parents[1] / "vectors" / "messages.json"


@pytest.mark.parametrize("message", EXAMPLES, ids=lambda m: type(m).__name__)
def test_a_message_comes_out_as_it_went_in(message):
    assert Decoder().feed(encode(message)) == [message]


@given(st.lists(st.sampled_from(EXAMPLES), max_size=5), st.data())
def test_messages_arrive_however_they_are_cut(messages, data):
    stream = b"".join(encode(message) for message in messages)
    decoder, found = Decoder(), []
    while stream:
        size = data.draw(st.integers(1, len(stream)))
        found += decoder.feed(stream[:size])
        stream = stream[size:]
    decoder.end()

    assert found == messages


def test_sizes_say_little():
    for text in ("a", "abc", "a longer piece"):
        assert len(encode(Tokens((1,), text))) == BLOCK
    assert all(len(encode(message)) % BLOCK == 0 for message in EXAMPLES)


@given(st.binary(max_size=300))
def test_any_bytes_are_messages_or_a_protocol_error(data):
    decoder = Decoder()
    try:
        decoder.feed(data)
        decoder.end()
    except RemoteProtocolError:
        pass


@given(st.sampled_from(sorted(KINDS)), st.binary(max_size=300), st.integers(0, 63))
def test_any_body_is_a_message_or_a_protocol_error(number, body, padding):
    with contextlib.suppress(RemoteProtocolError):
        Decoder().feed(_frame(number, body, padding))


@given(st.sampled_from(EXAMPLES), st.data())
def test_a_damaged_message_is_a_message_or_a_protocol_error(message, data):
    frame = bytearray(encode(message))
    position = data.draw(st.integers(0, len(frame) - 1))
    frame[position] ^= data.draw(st.integers(1, 255))
    with contextlib.suppress(RemoteProtocolError):
        Decoder().feed(bytes(frame))


@pytest.mark.parametrize("number", sorted(KINDS))
def test_a_frame_longer_than_its_kind_is_refused_before_it_arrives(number):
    limit = KINDS[number][1]
    head = (limit + 1).to_bytes(4, "big") + bytes((number, 0))

    with pytest.raises(RemoteProtocolError, match=f"more than {limit}"):
        Decoder().feed(head)
    assert Decoder().feed(limit.to_bytes(4, "big") + bytes((number, 0))) == []


def test_an_unknown_kind_is_refused_before_it_arrives():
    with pytest.raises(RemoteProtocolError, match="number 250"):
        Decoder().feed((10).to_bytes(4, "big") + bytes((250, 0)))


@pytest.mark.parametrize(("length", "padding"), [(1, 0), (10, 9), (100, 64)])
def test_a_wrong_padding_is_refused(length, padding):
    with pytest.raises(RemoteProtocolError, match="padding"):
        Decoder().feed(length.to_bytes(4, "big") + bytes((28, padding)))


def test_padding_carries_nothing():
    frame = bytearray(encode(Ping(1)))
    frame[-1] = 1

    with pytest.raises(RemoteProtocolError, match="padding is not empty"):
        Decoder().feed(bytes(frame))


def test_nothing_follows_an_error():
    decoder = Decoder()
    with pytest.raises(RemoteProtocolError):
        decoder.feed(b"\xff" * 8)
    with pytest.raises(RemoteProtocolError):
        decoder.feed(encode(Ping(1)))


def test_the_end_within_a_message_is_an_error():
    decoder = Decoder()
    decoder.feed(encode(Ping(1))[:-1])

    with pytest.raises(RemoteProtocolError, match="in the middle"):
        decoder.end()


def test_what_is_too_long_is_not_sent():
    with pytest.raises(LocalProtocolError):
        encode(Refused(RefusalCode.FAILED, "x" * 3000))


def test_messages_of_newer_peers_are_understood_as_far_as_possible():
    longer = msgspec.msgpack.encode([7, "something new"])
    reason = msgspec.msgpack.encode(["a-new-code", "words", None])

    assert Decoder().feed(_frame(11, longer, 0)) == [Listed(7)]
    assert Decoder().feed(_frame(3, reason, 0)) == [Refused(RefusalCode.FAILED, "words")]


def test_every_message_has_a_number():
    assert {kind for kind, _ in KINDS.values()} == {type(message) for message in EXAMPLES}
    assert len(codec._NUMBERS) == len(KINDS)


def test_messages_of_every_release_are_read():
    frames = msgspec.json.decode(VECTORS.read_bytes())

    assert {name: Decoder().feed(bytes.fromhex(frame)) for name, frame in frames.items()} == {
        type(message).__name__: [message] for message in EXAMPLES
    }


def test_messages_are_written_as_in_the_last_release():
    frames = msgspec.json.decode(VECTORS.read_bytes())
    del frames["Delta"]  # how zlib writes is zlib's business

    assert frames == {
        type(message).__name__: encode(message).hex()
        for message in EXAMPLES
        if not isinstance(message, Delta)
    }


def test_what_announcements_share_is_said_once():
    announcements = tuple(MESH.announcement(key(f"peer {n}"), n + 1) for n in range(64))

    size = len(encode(Delta(announcements, b"", complete=True)))
    assert size < sum(len(each.body) for each in announcements) / 2


@pytest.mark.parametrize(
    "body",
    [
        zlib.compress(bytes(KINDS[13][1] + 1)),
        zlib.compress(b"\x90")[:-1],
        zlib.compress(b"\x93\x90\xc4\x00\xc3") + b"more",
    ],
    ids=["a bomb", "cut short", "followed by something"],
)
def test_what_is_compressed_wrongly_is_refused(body):
    with pytest.raises(RemoteProtocolError, match="no Delta"):
        Decoder().feed(_frame(13, body, 0))


def _frame(number, body, padding):
    length = 2 + len(body) + padding
    return length.to_bytes(4, "big") + bytes((number, padding)) + body + bytes(padding)
