"""Joining by invite, finding each other, asking and answering: whole peers in one process."""

import asyncio
from contextlib import aclosing

import pytest

from closedmesh.control import ChangeSettings, CheckConnection, Join, Leave, RevokeMember
from closedmesh.errors import ClosedMeshError, InviteRefused, ModelNotFound, NotAMember
from closedmesh.mesh.picture import MeshState, Way
from closedmesh.models.chat import Accepted, Route, ServedBy
from closedmesh.node import finding
from tests.support.small_mesh import ask, question, said, until


async def test_a_member_is_answered_by_whoever_shares_the_model(mesh):
    sharing = await mesh.sharing("sharing")
    asking = await mesh.member("asking")
    await until(asking, lambda status: any(peer.offers for peer in status.peers))

    events = await ask(asking, "echo one two three")

    assert said(events) == "one two three "
    accepted, receipt = events[0], events[-1].receipt
    assert isinstance(accepted, Accepted)
    assert accepted.served_by is receipt.served_by is ServedBy.MESH
    own = (await until(sharing, lambda status: status.mesh)).peer
    assert (receipt.peer, receipt.attempts) == (own, (own,))
    assert receipt.link.startswith("direct")
    assert receipt.completion_tokens == 3
    shown = await until(
        asking, lambda s: any(o.measured.samples for peer in s.peers for o in peer.offers)
    )
    (offer,) = [o for peer in shown.peers for o in peer.offers]
    assert (offer.announced.samples, offer.measured.samples) == (0, 1)
    assert any(p.link and p.link.way is Way.DIRECT for p in shown.peers)


async def test_an_entry_knows_who_shares(mesh):
    await mesh.sharing("sharing")
    shown = await until(mesh.entry, lambda s: any(p.offers for p in s.peers) and s.mesh)

    assert (shown.mesh.members, shown.mesh.sharing) == (1, 1)
    assert shown.mesh.state is MeshState.CONNECTED


async def test_another_model_never_answers_in_silence(mesh):
    await mesh.sharing("sharing")
    asking = await mesh.member("asking", model=b"\2")
    await until(asking, lambda status: any(peer.offers for peer in status.peers))

    with pytest.raises(ModelNotFound, match="No peer of the mesh shares tiny"):
        await ask(asking, "echo one")


async def test_an_answer_goes_on_elsewhere_when_its_peer_dies(mesh):
    for name in ("one", "two"):
        await mesh.sharing(name)
    asking = await mesh.member("asking")
    await until(asking, lambda s: sum(bool(peer.offers) for peer in s.peers) == 2)

    events = await ask(asking, "move one two / three four")

    receipt = events[-1].receipt
    assert said(events) == "one two three four "
    assert len(receipt.attempts) == 2
    assert receipt.completion_tokens == 4


async def test_cancelling_frees_the_place_on_the_other_machine(mesh):
    sharing = await mesh.sharing("sharing")
    asking = await mesh.member("asking")
    await until(asking, lambda status: any(peer.offers for peer in status.peers))

    async with aclosing(asking.ask(question("wait"))) as events:
        assert isinstance(await anext(events), Accepted)
        await until(sharing, lambda status: status.sharing.serving == 1)
        await until(sharing, lambda status: status.models[0].busy == 1)
    await until(sharing, lambda status: status.sharing.serving == 0)
    await until(sharing, lambda status: status.models[0].busy == 0)


async def test_a_revoked_member_is_answered_by_nobody(mesh, monkeypatch):
    monkeypatch.setattr(finding, "ROUND_EVERY", 2.0)
    await mesh.sharing("sharing")
    asking = await mesh.member("asking")
    status = await until(asking, lambda status: any(peer.offers for peer in status.peers))
    await ask(asking, "echo one")

    await mesh.entry.do(RevokeMember(status.mesh.node))

    with pytest.raises(ClosedMeshError):
        await asked_until_refused(asking)
    await until(asking, lambda status: status.mesh.state is MeshState.EXCLUDED)
    found = await until(asking, lambda status: status.health)
    assert [item.code for item in found.health] == ["membership-ended"]


async def asked_until_refused(node):
    """News travels: a revocation is known everywhere within a minute."""
    while True:
        await ask(node, "echo again")
        await asyncio.sleep(0.2)


async def test_peers_go_on_without_their_entry(mesh):
    await mesh.sharing("sharing")
    asking = await mesh.member("asking")
    await until(asking, lambda status: any(peer.offers for peer in status.peers))
    entry = (await until(mesh.entry, lambda status: status.mesh)).mesh.node

    mesh.network.cut(entry)

    assert said(await ask(asking, "echo still here")) == "still here "


async def test_an_invite_is_used_once_and_says_so(mesh):
    link = await mesh.invite(uses=1)
    one, two = await mesh.peer("one"), await mesh.peer("two")
    joined = await one.do(Join(link))
    assert (joined.name, joined.scope) == ("Small", "share")
    with pytest.raises(InviteRefused, match="has been used as often as it may be"):
        await two.do(Join(link))


async def test_who_may_only_ask_is_not_listed(mesh):
    peer = await mesh.peer("asking", model=b"\1")
    await peer.do(Join(await mesh.invite("chat")))
    found = await until(peer, lambda status: status.mesh)
    assert found.mesh.scope == "chat"


async def test_leaving_ends_it_all(mesh):
    peer = await mesh.member("peer")
    await until(peer, lambda status: status.mesh.state is MeshState.CONNECTED)
    findings = await peer.do(CheckConnection())
    assert all(finding.ok for finding in findings)
    await peer.do(Leave())
    assert (await until(peer, lambda status: status.mesh is None)).peers == ()
    with pytest.raises(NotAMember):
        await ask(peer, "echo one")


async def test_a_question_for_this_computer_never_reaches_the_network(mesh):
    peer = await mesh.member("peer", model=b"\1")
    await until(peer, lambda status: status.mesh.state is MeshState.CONNECTED)
    mesh.network.sent.clear()
    mesh.network.dialled.clear()
    events = await ask(peer, "echo only here", Route.LOCAL)
    assert said(events) == "only here "
    assert events[-1].receipt.served_by is ServedBy.LOCAL
    assert b"only here" not in b"".join(mesh.network.sent)
    assert mesh.network.dialled == []


async def test_automatic_asks_here_what_is_here_and_the_mesh_otherwise(mesh):
    sharing = await mesh.sharing("sharing")
    asking = await mesh.member("asking")
    await until(asking, lambda status: any(peer.offers for peer in status.peers))
    here = await ask(sharing, "echo one", Route.AUTO)
    there = await ask(asking, "echo one", Route.AUTO)
    assert here[-1].receipt.served_by is ServedBy.LOCAL
    assert there[-1].receipt.served_by is ServedBy.MESH


async def test_who_wants_to_hide_its_address_is_in_no_network_that_has_no_relay(mesh):
    member = await mesh.member("member")
    await until(member, lambda status: status.mesh.state is MeshState.CONNECTED)
    await member.do(ChangeSettings({"mesh.relay_only": True}))
    shown = await until(member, lambda s: any("hidden" in each.title for each in s.health))
    assert shown.mesh.state is MeshState.CONNECTING

    await member.do(ChangeSettings({"mesh.relay_only": False}))
    await until(member, lambda status: status.mesh.state is MeshState.CONNECTED)
