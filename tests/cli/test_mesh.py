from argparse import Namespace

import pytest
from msgspec import structs

from closedmesh.cli import mesh
from closedmesh.control import CheckPeer, JudgeTranscript, ListTranscripts
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.picture import Check, CheckedModel
from closedmesh.models.chat import CheckState
from tests.support.control import JUDGED

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


def chosen(peer=None, keep=None, transcript=None):
    return Namespace(peer=peer, model=None, keep=keep, transcript=transcript)


def judged(*, failed):
    return structs.replace(JUDGED, missed=3, spread=-2.5, failed=failed)


async def test_what_a_verdict_rests_on_is_written_and_judged_again(control, text, said, tmp_path):
    control.checked, control.transcripts = (MATCH,), ('{"a": 1}',)
    assert await mesh.check_command(control, chosen("0123", tmp_path / "kept"), text) == 0
    assert control.done[1] == ListTranscripts("0123")
    (file,) = (tmp_path / "kept").iterdir()
    for failed, words in ((False, "Nothing against the peer"), (True, "Fails")):
        control.judged = judged(failed=failed)
        assert await mesh.check_command(control, chosen(transcript=file), text) == failed
        assert control.done[-1] == JudgeTranscript('{"a": 1}')
        shown = said()
        assert words in shown
        assert "spread -2.50" in shown


async def test_programs_get_an_answer_judged_again_too(control, as_json, facts, tmp_path):
    control.judged = judged(failed=True)
    (tmp_path / "one.json").write_text("{}")
    assert await mesh.judge(control, tmp_path / "one.json", as_json) == 1
    assert facts()["missed"] == 3


async def test_a_file_that_is_not_there_and_a_peer_that_is_not_named_are_errors(
    control, text, tmp_path
):
    with pytest.raises(ClosedMeshError, match="cannot be read"):
        await mesh.judge(control, tmp_path / "none", text)
    with pytest.raises(ClosedMeshError, match="Nobody is named"):
        await mesh.check_command(control, chosen(), text)
