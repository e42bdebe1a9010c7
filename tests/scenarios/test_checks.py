"""An entry finds out who serves something else: whole peers, real pipes, real proofs."""

import sys

import pytest

from closedmesh.control import ChangeSettings, CheckPeer, JudgeTranscript, ListTranscripts
from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.mesh.ids import short
from closedmesh.models.chat import CheckState
from tests.support import lies, small_worker
from tests.support.small_mesh import SmallMesh, ask, until

MODEL = b"\1"
ELSEWHERE = b"\2"
"""A model of which the entry has no copy."""


@pytest.fixture
async def mesh(tmp_path, monkeypatch):
    """A mesh whose peers hold small models, and whose entry has a copy."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nothing"))  # no bundled models
    async with SmallMesh(tmp_path, small_worker.COMMAND, model=MODEL) as mesh:
        yield mesh


async def node_of(peer):
    return (await until(peer, lambda status: status.mesh)).mesh.node


def offers(status, node):
    return next((peer.offers for peer in status.peers if peer.node == node), ())


async def checked(mesh, peer, times):
    entry, node = mesh.entry, await node_of(peer)
    await until(entry, lambda status: offers(status, node))
    for _ in range(times):
        (found,) = await entry.do(CheckPeer(node[:12]))
    shown = await until(entry, lambda status: offers(status, node))
    (offer,) = offers(shown, node)
    assert offer.check == found.check
    return found.check


async def judged_by_anybody(mesh, honest, coarse):
    """What the entry's verdicts rest on, read by the copy of a member."""
    for peer, good in ((honest, True), (coarse, False)):
        texts = await mesh.entry.do(ListTranscripts(await node_of(peer)))
        found = [await honest.do(JudgeTranscript(text)) for text in texts]
        assert found
        assert any(one.failed for one in found) is not good
    with pytest.raises(BadRequest, match="cannot be read"):
        await honest.do(JudgeTranscript("{}"))


async def test_an_honest_peer_matches_and_a_coarser_one_is_named(mesh, tmp_path):
    honest, coarse = await mesh.sharing("honest", MODEL), await mesh.sharing("coarse", MODEL)
    (tmp_path / "coarse" / lies.FILE).write_text("coarser")

    found = await checked(mesh, honest, 5)
    assert (found.verdict, found.found) == (CheckState.MATCH, "match")
    assert found.probes >= 5
    assert found.resolution.startswith("can tell Q4_0 from")

    found = await checked(mesh, coarse, 5)
    assert (found.verdict, found.found) == (CheckState.MISMATCH, "wrong-quantisation")
    await judged_by_anybody(mesh, honest, coarse)


@pytest.mark.parametrize("lie", [lies.FAILING, lies.COUNTED])
async def test_who_gives_no_answer_that_can_be_checked_is_named_too(mesh, tmp_path, lie):
    peer = await mesh.sharing("peer", MODEL)
    (tmp_path / "peer" / lies.FILE).write_text(lie)
    found = await checked(mesh, peer, 5)
    assert (found.verdict, found.found) == (CheckState.INCONCLUSIVE, "unresponsive")


async def test_only_an_entry_checks_and_only_peers_that_share(mesh):
    honest = await mesh.sharing("honest", MODEL)
    with pytest.raises(BadRequest, match="Only an entry"):
        await honest.do(CheckPeer("0123"))
    with pytest.raises(BadRequest, match="No peer 'ffff'"):
        await mesh.entry.do(CheckPeer("ffff"))


async def told(peer, node, verdict):
    """Wait until a peer knows this of a node's model."""
    await peer.do(ChangeSettings({"chat.max_tokens": 9}))  # any change has it look for news
    await until(peer, lambda s: any(o.check.verdict is verdict for o in offers(s, node)))


async def test_members_are_told_what_an_entry_has_found(mesh, tmp_path):
    coarse, asking = await mesh.sharing("coarse", MODEL), await mesh.member("asking")
    (tmp_path / "coarse" / lies.FILE).write_text("coarser")
    await checked(mesh, coarse, 4)
    node = await node_of(coarse)
    await told(asking, node, CheckState.MISMATCH)
    receipt = (await ask(asking, "hello"))[-1].receipt
    assert (receipt.peer, receipt.check) == (short(node), CheckState.MISMATCH)


async def test_peers_of_other_owners_read_what_the_entry_has_no_copy_of(mesh, tmp_path):
    """Nobody is believed alone, and what two hold against a third is said, and kept to words."""
    first = await mesh.sharing("first", ELSEWHERE)
    coarse = await mesh.sharing("coarse", ELSEWHERE)
    (tmp_path / "coarse" / lies.FILE).write_text("coarser")
    node = await node_of(coarse)
    await until(mesh.entry, lambda status: offers(status, node))
    with pytest.raises(ClosedMeshError, match="cannot be checked here"):
        await mesh.entry.do(CheckPeer(node[:12]))

    await mesh.sharing("second", ELSEWHERE)
    found = await checked(mesh, coarse, 5)
    assert (found.verdict, found.found) == (CheckState.MISMATCH, "wrong-quantisation")
    assert found.consensus
    assert found.resolution.startswith("told by copies of other owners")
    found = await checked(mesh, first, 3)
    assert found.verdict is CheckState.INCONCLUSIVE, "the two that read do not agree"

    await mesh.sharing("third", ELSEWHERE)
    found = await checked(mesh, first, 6)
    assert (found.verdict, found.found, found.consensus) == (CheckState.MATCH, "match", True)
