import pytest
from blake3 import blake3
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import example, given
from hypothesis import strategies as st

from closedmesh.mesh import relay_frames
from closedmesh.mesh.relay_frames import Authentication, BadFrame, Forward, Ping, Pong, Trouble

KEY = bytes(range(32))
OTHER = bytes(range(32, 64))
CHALLENGE = bytes(range(16))


def signed(secret, challenge):
    context = "iroh-relay handshake v1 challenge signature"
    signature = secret.sign(blake3(challenge, derive_key_context=context).digest())
    return bytes([1]) + secret.public_key().public_bytes_raw() + bytes([64]) + signature


@given(st.binary(max_size=200))
@example(b"")
@example(bytes([5]) + bytes(34))
@example(bytes([0x40, 4]) + bytes(40))
def test_any_bytes_are_a_frame_or_refused(data):
    try:
        frame = relay_frames.read_frame(data)
    except BadFrame:
        return
    assert isinstance(frame, Forward | Ping | Pong)


@given(st.binary(max_size=200) | st.binary(min_size=98, max_size=98))
def test_any_bytes_are_an_authentication_or_refused(data):
    try:
        answer = relay_frames.read_authentication(data)
        answer.verify(CHALLENGE)
    except BadFrame:
        return
    pytest.fail("nobody can sign by chance")


@given(st.binary(min_size=32, max_size=32), st.binary(max_size=100), st.booleans())
def test_a_datagram_arrives_as_it_was_sent_under_its_senders_key(sender, data, batch):
    content = bytes([2]) + (b"\x04\xb0" if batch else b"") + data
    sent = bytes([5 if batch else 4]) + KEY + content

    forward = relay_frames.read_frame(sent)

    assert forward == Forward(KEY, batch, content)
    assert forward.deliver(sender) == bytes([7 if batch else 6]) + sender + content


def test_the_longest_frame_is_taken_and_no_longer_one():
    longest = bytes([4]) + KEY + bytes(relay_frames.MAX_MESSAGE - 33)

    assert isinstance(relay_frames.read_frame(longest), Forward)
    with pytest.raises(BadFrame):
        relay_frames.read_frame(longest + b"x")


@pytest.mark.parametrize("kind", [0, 1, 2, 3, 6, 7, 8, 11, 12, 13, 14, 63, 64, 255])
def test_a_client_may_not_speak_as_a_relay(kind):
    with pytest.raises(BadFrame):
        relay_frames.read_frame(bytes([kind]) + bytes(64))


def test_a_challenge_is_answered_by_the_holder_of_a_key_alone():
    secret = Ed25519PrivateKey.from_private_bytes(KEY)
    answer = relay_frames.read_authentication(signed(secret, CHALLENGE))

    answer.verify(CHALLENGE)
    with pytest.raises(BadFrame):
        answer.verify(bytes(16))
    with pytest.raises(BadFrame):
        Authentication(OTHER, answer.signature).verify(CHALLENGE)


def test_what_a_relay_sends_has_the_public_form():
    assert relay_frames.challenge(CHALLENGE) == b"\x00" + CHALLENGE
    assert relay_frames.confirmed() == b"\x02"
    assert relay_frames.denied("no") == b"\x03\x02no"
    assert relay_frames.gone(KEY) == b"\x08" + KEY
    assert relay_frames.ping(b"12345678") == b"\x0912345678"
    assert relay_frames.pong(b"12345678") == b"\x0a12345678"
    assert relay_frames.restarting(1.5, 30) == b"\x0c\x00\x00\x05\xdc\x00\x00\x75\x30"
    assert relay_frames.status(Trouble.TOO_FAST, relay_frames.VERSION_2) == b"\x0d\x02"
    assert relay_frames.status(Trouble.NONE, relay_frames.VERSION_1)[:1] == b"\x0b"
