import pytest

from closedmesh.cli import mesh
from closedmesh.control import CheckPeer
from closedmesh.mesh.picture import Check, CheckedModel
from closedmesh.models.chat import CheckState

TOLD = "can tell Q8_0 from Q4_0, not from F16"
MATCH = CheckedModel("0123456789", "one", Check(CheckState.MATCH, "match", 4, TOLD, 1.0))
OTHER = CheckedModel(
    "0123456789", "two", Check(CheckState.MISMATCH, "wrong-quantisation", 3, TOLD, 1.0)
)


async def test_a_check_says_what_was_found_and_what_could_be_told(control, text, said):
    control.checked = (MATCH,)
    assert await mesh.check(control, "0123", "one", text) == 0
    shown = said()
    assert control.done == [CheckPeer("0123", "one")]
    assert "match" in shown
    assert TOLD in shown


async def test_a_peer_that_serves_something_else_gives_another_exit_code(control, text, said):
    control.checked = (MATCH, OTHER)
    assert await mesh.check(control, "0123", None, text) == 1
    assert "wrong-quantisation" in said()


@pytest.mark.parametrize(("found", "word"), [(MATCH, "match"), (OTHER, "mismatch")])
async def test_programs_get_the_same(control, as_json, facts, found, word):
    control.checked = (found,)
    await mesh.check(control, "0123", None, as_json)
    (one,) = facts()
    assert one["check"]["verdict"] == word
    assert one["check"]["resolution"] == TOLD


async def test_a_peer_that_did_not_answer_is_not_accused(control, text, said):
    control.checked = (CheckedModel("0123456789", "one", Check()),)
    assert await mesh.check(control, "0123", None, text) == 0
    assert "not answered" in said()
