"""A whole peer that answers, and an asker that stops reading."""

from closedmesh.mesh.membership import Scope
from closedmesh.mesh.messages import Accepted, Ask
from closedmesh.models.chat import RawText, Sampling
from closedmesh.node import talk
from closedmesh.node.talk import talking
from tests.support.network import WINDOW
from tests.support.small_mesh import ask, said, until

WORDS = 20_000
"""Of the answer: far more than fits between the two."""


async def test_an_asker_that_stops_reading_frees_its_place_and_fills_no_memory(mesh, monkeypatch):
    monkeypatch.setattr(talk, "WRITE_LIMIT", 1.0)
    sharing = await mesh.sharing("sharing")
    asking = await mesh.member("asking")
    shown = await until(asking, lambda status: any(peer.offers for peer in status.peers))
    ((node, offer),) = ((peer.node, each) for peer in shown.peers for each in peer.offers)
    answers = await asking.mesh._network._ready()
    said_of = answers.choosing.directory.get(node, mesh.clock.now())
    peer = await answers.peers.reach(said_of.address, Scope.SHARE)

    async with talking(await peer.connection.open(), opener=True) as exchange:
        await exchange.send(
            Ask(
                request="slow-asker-0001", model=offer.sha256,
                prompt=RawText("echo " + "word " * WORDS), sampling=Sampling(seed=1),
                max_tokens=2 * WORDS, deadline=600_000, affinity=bytes(32), date="2026-05-28",
            )
        )  # fmt: skip
        assert isinstance(await exchange.receive(), Accepted)
        await until(sharing, lambda status: status.sharing.serving == 1)
        sent = sum(map(len, mesh.network.sent))
        await until(sharing, lambda status: status.sharing.serving == 0)

        assert exchange._stream._back.size <= WINDOW + 64 * 1024
        assert sum(map(len, mesh.network.sent)) - sent < 2 * WINDOW
        await exchange._stream.reset(0)

    assert said(await ask(asking, "echo still here")) == "still here "
