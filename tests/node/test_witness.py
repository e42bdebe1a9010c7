import pytest

from closedmesh.mesh.faults import NotAuthorised, RefusalCode
from closedmesh.mesh.messages import Open
from closedmesh.models.chat import TraceEntry
from closedmesh.node import witness as module
from closedmesh.node.witness import KEEP, Witness
from closedmesh.trust.traces import Step, verify

ALICE, BOB = "a" * 64, "b" * 64
STEPS = tuple(Step(i, TraceEntry((i, 99), (-10 - i, -200))) for i in range(9))


@pytest.fixture
def witness(clock):
    return Witness(clock)


def test_the_asker_is_shown_what_was_committed_to(witness):
    root = witness.keep(ALICE, "request-1", STEPS)
    opened = witness.show(ALICE, Open("request-1", (0, 7)))
    assert [verify(opening, root, len(STEPS)) for opening in opened.openings] == [
        STEPS[0],
        STEPS[7],
    ]


def test_roots_of_equal_answers_differ(witness):
    assert witness.keep(ALICE, "request-1", STEPS) != witness.keep(ALICE, "request-2", STEPS)


@pytest.mark.parametrize(
    ("asker", "request_id"), [(BOB, "request-1"), (ALICE, "request-2")], ids=["other", "unknown"]
)
def test_nobody_else_is_shown_anything(witness, asker, request_id):
    witness.keep(ALICE, "request-1", STEPS)
    with pytest.raises(NotAuthorised, match="No such answer"):
        witness.show(asker, Open(request_id, (0,)))


def test_two_askers_may_use_the_same_name(witness):
    roots = {asker: witness.keep(asker, "request-1", STEPS) for asker in (ALICE, BOB)}
    for asker, root in roots.items():
        verify(witness.show(asker, Open("request-1", (3,))).openings[0], root, len(STEPS))


def test_a_position_that_there_is_not_is_a_mistake_of_the_asker(witness):
    witness.keep(ALICE, "request-1", STEPS)
    with pytest.raises(NotAuthorised) as refused:
        witness.show(ALICE, Open("request-1", (9,)))
    assert refused.value.code is RefusalCode.BAD_REQUEST


async def test_answers_are_forgotten_after_a_while(witness, clock):
    witness.keep(ALICE, "request-1", STEPS)
    await clock.advance(KEEP - 1)
    witness.show(ALICE, Open("request-1", (0,)))
    await clock.advance(2)
    with pytest.raises(NotAuthorised):
        witness.show(ALICE, Open("request-1", (0,)))


def test_what_is_kept_is_bounded(witness, monkeypatch):
    monkeypatch.setattr(module, "MAX_STEPS", 3 * len(STEPS))
    for number in range(5):
        witness.keep(ALICE, f"request-{number}", STEPS)
    for number in (0, 1):
        with pytest.raises(NotAuthorised):
            witness.show(ALICE, Open(f"request-{number}", (0,)))
    for number in (2, 3, 4):
        witness.show(ALICE, Open(f"request-{number}", (0,)))


def test_a_repeated_name_replaces_what_was_kept(witness):
    first = witness.keep(ALICE, "request-1", STEPS)
    second = witness.keep(ALICE, "request-1", STEPS[:4])
    opening = witness.show(ALICE, Open("request-1", (3,))).openings[0]
    assert verify(opening, second, 4) == STEPS[3]
    assert first != second
