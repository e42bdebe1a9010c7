"""An entry finds out who serves something else: whole peers, real pipes, real proofs."""

import sys

import pytest

from closedmesh.control import CheckPeer
from closedmesh.errors import BadRequest
from closedmesh.models.chat import CheckState
from tests.support import small_worker
from tests.support.small_mesh import SmallMesh, ask, until

MODEL = b"\1"


@pytest.fixture
async def mesh(tmp_path, monkeypatch):
    """A mesh whose peers hold small models, and whose entry has a copy."""
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nothing"))  # no bundled models
    async with SmallMesh(tmp_path, small_worker.COMMAND, model=MODEL) as mesh:
        yield mesh


async def checked(mesh, peer, times):
    node = (await until(peer, lambda status: status.mesh)).mesh.node
    await until(mesh.entry, lambda s: any(p.node == node and p.offers for p in s.peers))
    for _ in range(times):
        (found,) = await mesh.entry.do(CheckPeer(node[:12]))
    shown = await until(mesh.entry, lambda s: any(p.node == node and p.offers for p in s.peers))
    (offer,) = next(p.offers for p in shown.peers if p.node == node)
    assert offer.check == found.check
    return found.check


async def test_an_honest_peer_matches_and_a_coarser_one_is_named(mesh):
    honest, coarse = await mesh.sharing("honest", MODEL), await mesh.sharing("coarse", MODEL)

    found = await checked(mesh, honest, 5)
    assert (found.verdict, found.found) == (CheckState.MATCH, "match")
    assert found.probes >= 5
    assert found.resolution.startswith("can tell Q4_0 from")

    found = await checked(mesh, coarse, 5)
    assert (found.verdict, found.found) == (CheckState.MISMATCH, "wrong-quantisation")


async def test_answers_say_what_is_known_of_the_peer(mesh):
    coarse = await mesh.sharing("coarse", MODEL)
    await checked(mesh, coarse, 4)
    receipt = (await ask(mesh.entry, "hello"))[-1].receipt
    assert receipt.check is CheckState.MISMATCH


async def test_only_an_entry_checks_and_only_peers_that_share(mesh):
    honest = await mesh.sharing("honest", MODEL)
    with pytest.raises(BadRequest, match="Only an entry"):
        await honest.do(CheckPeer("0123"))
    with pytest.raises(BadRequest, match="No peer 'ffff'"):
        await mesh.entry.do(CheckPeer("ffff"))
