import msgspec
import pytest

from closedmesh.mesh.codec import Decoder, encode
from closedmesh.mesh.faults import LocalProtocolError, RemoteProtocolError
from closedmesh.mesh.rereading import POSITIONS, Reading, Readings, Reread
from closedmesh.mesh.session import Exchange
from tests.support.mesh import example_ask

READING = Reading(-70, (6, 5), (-10, -70))
WANTED = Reread("ab" * 32, example_ask().prompt, "2026-05-28", (5, 6))


@pytest.mark.parametrize(
    "changes",
    [
        {"top": (6,)},
        {"top": (6, 6)},
        {"top_logprobs": (-70, -10)},
        {"top_logprobs": (-10, 1)},
        {"top": tuple(range(65)), "top_logprobs": (0,) * 65},
    ],
    ids=["too few", "twice", "not in order", "above one", "too many"],
)
def test_readings_that_make_no_sense_are_refused(changes):
    said = msgspec.to_builtins(READING)
    for name, value in changes.items():
        said[Reading.__struct_fields__.index(name)] = value
    with pytest.raises((msgspec.ValidationError, ValueError)):
        msgspec.convert(said, Reading)


def test_readings_come_until_all_is_read():
    asking, reading = Exchange.opening(), Exchange.answering()
    reading.receive(asking.send(WANTED))
    for complete in (False, False, True):
        assert not asking.done
        asking.receive(reading.send(Readings((READING,), complete=complete)))
    assert asking.done
    with pytest.raises(LocalProtocolError):
        reading.send(Readings((READING,), complete=True))


def test_the_longest_readings_fit_into_a_message():
    long = Reading(-(2**20), tuple(range(2**31 - 64, 2**31)), (-(2**20),) * 64)
    message = Readings((long,) * POSITIONS, complete=True)
    assert Decoder().feed(encode(message)) == [message]


def test_more_readings_than_a_message_may_have_are_refused():
    frame = encode(Readings((READING,) * (POSITIONS + 1), complete=True))
    with pytest.raises(RemoteProtocolError):
        Decoder().feed(frame)
