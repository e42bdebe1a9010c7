import hashlib
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.mesh.messages import Opening
from closedmesh.models.chat import TRACE_UNIT, TraceEntry
from closedmesh.trust.traces import BadOpening, Step, Trace, shares, verify

SALT = b"s" * 32


def step(token, *units, ids=None):
    return Step(token, TraceEntry(tuple(ids or range(len(units))), units))


def some_steps(count):
    return [step(i % 3, -20 - i, -90, -200) for i in range(count)]


def changed(data, place):
    return data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5, 7, 8, 9, 31, 33])
def test_every_step_can_be_shown_and_is_believed(count):
    trace = Trace(some_steps(count), SALT)
    shown = [verify(opening, trace.root, count) for opening in trace.open(range(count))]
    assert shown == some_steps(count)


def test_roots_have_not_changed():
    """Vectors of version 1: receipts given with it can still be opened."""
    assert [Trace(some_steps(count), SALT).root.hex() for count in (0, 1, 5)] == VECTORS


VECTORS = [
    "a0668ed1cad9e52f258a9394a8806245ea61f0f882bf597ffc5eed950a102660",
    "9121eddd2a8351ff84f3870ba7efc47324538835b8fbdac684aff9cc089aa5e5",
    "8ea827b01d3fbeaada5c38bd46e95d6a9a4ba23af011b2f586f8638ecbadd0f3",
]


def test_a_position_that_there_is_not_cannot_be_shown():
    trace = Trace(some_steps(3), SALT)
    for position in (3, -1):
        with pytest.raises(IndexError):
            trace.open([position])


@given(st.integers(1, 40), st.data())
def test_nothing_else_is_believed(count, data):
    trace = Trace(some_steps(count), SALT)
    position = data.draw(st.integers(0, count - 1))
    true = trace.open([position])[0]
    place = data.draw(st.integers(0, len(true.leaf) - 1))
    lies = [
        structs.replace(true, leaf=changed(true.leaf, place)),
        structs.replace(true, leaf=true.leaf[:-1]),
        structs.replace(true, position=count),
        structs.replace(true, path=(*true.path, SALT)),
    ]
    if count > 1:
        lies += [
            structs.replace(true, position=(position + 1) % count),
            structs.replace(true, path=true.path[:-1]),
            structs.replace(true, path=(changed(true.path[0], 0), *true.path[1:])),
        ]
    for lie in lies:
        with pytest.raises(BadOpening):
            verify(lie, trace.root, count)
    with pytest.raises(BadOpening):
        verify(true, changed(trace.root, 31), count)


@given(st.binary(max_size=120), st.booleans())
def test_any_bytes_that_were_committed_to_give_a_step_or_a_refusal(data, headed):
    leaf = Trace(some_steps(1), SALT).open([0])[0].leaf[:18] * headed + data
    root = hashlib.sha256(b"\x00" + leaf).digest()
    try:
        shown = verify(Opening(0, leaf, ()), root, 1)
    except BadOpening:
        return
    assert sum(shares(shown.entry)) <= 1.04


@pytest.mark.parametrize("length", [4, 6, 16])
def test_a_longer_or_shorter_answer_is_not_believed(length):
    trace = Trace(some_steps(5), SALT)
    last = trace.open([4 if length > 5 else 3])[0]
    with pytest.raises(BadOpening):
        verify(last, trace.root, length)


@pytest.mark.parametrize(
    ("impossible", "why"),
    [
        (step(0, -1, -1), "more than everything"),
        (step(0, -200, -100), "not in order"),
        (step(0, 1, -400), "is none"),
        (step(0, -90, -90, ids=(4, 4)), "twice"),
        (step(0, ids=()), "without"),
        (step(0, *[-300] * 9), "without"),
    ],
)
def test_numbers_that_no_model_says_are_refused_though_they_were_committed_to(impossible, why):
    trace = Trace([impossible], SALT)
    with pytest.raises(BadOpening, match=why):
        verify(trace.open([0])[0], trace.root, 1)


@given(st.lists(st.floats(-12, 6), min_size=8, max_size=60))
def test_rounded_numbers_of_any_model_are_possible(logits):
    total = math.log(sum(map(math.exp, logits)))
    best = sorted((logit - total for logit in logits), reverse=True)[:8]
    trace = Trace([step(0, *(min(0, round(value * TRACE_UNIT)) for value in best))], SALT)
    verify(trace.open([0])[0], trace.root, 1)


def test_salts_of_positions_do_not_give_each_other_away():
    trace = Trace(some_steps(4), SALT)
    salts = {opening.leaf[-32:] for opening in trace.open(range(4))}
    assert len(salts) == 4
    assert SALT not in salts


def test_shares_are_probabilities():
    assert shares(TraceEntry((1, 2), (0, -64))) == pytest.approx([1.0, math.exp(-1)])
