"""What a whole peer reads again, and for whom."""

import sys

import pytest

from closedmesh.control import ChangeSettings
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.membership import Scope
from closedmesh.mesh.rereading import POSITIONS, Readings, Reread
from closedmesh.models.chat import Conversation, Message, Role
from closedmesh.node.talk import PeerRefused, talking
from tests.support import small_worker
from tests.support.small_mesh import SmallMesh, until

PROMPT = Conversation((Message(Role.USER, "How long does bread keep?"),))
MODEL = b"\1"


@pytest.fixture
async def mesh(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nothing"))  # no bundled models
    async with SmallMesh(tmp_path, small_worker.COMMAND) as mesh:
        yield mesh


async def read(asking, giving, tokens, sha256=None):
    """What a peer says of tokens, message by message."""
    status = await until(giving, lambda status: status.mesh and status.models)
    network = asking.mesh._network
    (said,) = [each for each in network.live() if each.node == status.mesh.node]
    peer = await network.session.peers.reach(said.address, Scope.SHARE)
    answers = []
    async with talking(await peer.connection.open(), opener=True) as talk:
        wanted = sha256 or said.offers[0].sha256
        await talk.send(Reread(wanted, PROMPT, "2030-01-01", tokens))
        while not answers or not answers[-1].complete:
            answers.append(await talk.expect(Readings))
    return answers


async def listed(asking, giving):
    node = (await until(giving, lambda status: status.mesh)).mesh.node
    await until(asking, lambda status: any(p.node == node and p.offers for p in status.peers))


async def refused(*wanted, **more):
    with pytest.raises(PeerRefused) as caught:
        await read(*wanted, **more)
    return caught.value.code


async def test_an_entry_is_told_what_the_copy_says_of_each_token(mesh):
    giving = await mesh.sharing("giving", MODEL)
    await listed(mesh.entry, giving)
    answers = await read(mesh.entry, giving, (3, 17, 8) * 30)
    assert [len(each.positions) for each in answers] == [POSITIONS, 90 - POSITIONS]
    first = answers[0].positions[0]
    assert len(first.top) == 40
    assert first.top_logprobs[0] >= first.logprob


async def test_only_an_entry_is_read_for_and_only_what_is_shared(mesh):
    giving, asking = await mesh.sharing("giving", MODEL), await mesh.sharing("asking", MODEL)
    await listed(asking, giving)
    await listed(mesh.entry, giving)
    assert await refused(asking, giving, (1, 2)) is RefusalCode.WRONG_SCOPE
    missing = await refused(mesh.entry, giving, (1, 2), sha256="ab" * 32)
    assert missing is RefusalCode.NO_SUCH_MODEL
    await giving.do(ChangeSettings({"sharing.share": False}))
    assert await refused(mesh.entry, giving, (1, 2)) is RefusalCode.NOT_SHARING
