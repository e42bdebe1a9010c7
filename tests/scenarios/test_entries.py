"""Several entries of one mesh: admitted, agreeing, coming and going."""

import pytest

from closedmesh.control import ChangeSettings, Join, RevokeInvite, RevokeMember
from closedmesh.entry import door, reconciling
from closedmesh.errors import BadRequest, InviteRefused
from closedmesh.mesh import invites
from closedmesh.mesh.picture import MeshState
from closedmesh.node import finding
from tests.support.small_mesh import ask, said, until


@pytest.fixture
async def two(mesh, monkeypatch):
    """A mesh with two entries that know each other, and no patience."""
    monkeypatch.setattr(finding, "ROUND_EVERY", 1.5)
    monkeypatch.setattr(finding, "LONELY_EVERY", 1.5)
    monkeypatch.setattr(reconciling, "RECONCILE_EVERY", 1.0)
    monkeypatch.setattr(door, "REQUESTS_AT_ONCE", 1000.0)
    second = await mesh.second_entry()
    for entry in (mesh.entry, second):
        await until(entry, lambda status: status.mesh and status.mesh.entries == 2)
    return mesh, second


async def test_members_know_both_entries_and_each_knows_all_members(two):
    mesh, second = two
    sharing = await mesh.sharing("sharing")
    asking = await mesh.peer("asking")
    await asking.do(Join(await mesh.invite("chat", entry=second)))

    for node in (sharing, asking):
        await until(node, lambda status: status.mesh.entries == 2)
    for entry in (mesh.entry, second):
        await until(entry, lambda s: s.mesh.members == 2 and any(p.offers for p in s.peers))
    await until(asking, lambda status: any(peer.offers for peer in status.peers))
    assert said(await ask(asking, "echo one two")) == "one two "


async def test_an_invite_counts_at_all_entries_together(two):
    mesh, second = two
    link = await mesh.invite(uses=1)
    invite = invites.read(link, mesh.clock.now())
    assert len(invite.entries) == 2
    await (await mesh.peer("one")).do(Join(link))
    await until(second, lambda status: any(each.used for each in status.invites))

    with pytest.raises(InviteRefused, match="used as often as it may be"):
        await (await mesh.peer("two")).do(Join(link))

    withdrawn = await mesh.invite(uses=5, entry=second)
    await second.do(RevokeInvite(invites.read(withdrawn, mesh.clock.now()).id))
    await until(mesh.entry, lambda status: sum(each.revoked for each in status.invites) == 1)


async def test_a_mesh_goes_on_without_the_entry_that_founded_it(two):
    mesh, second = two
    sharing = await mesh.sharing("sharing")
    await until(sharing, lambda status: status.mesh.entries == 2)
    link = await mesh.invite(uses=5, entry=second)
    await until(mesh.entry, lambda status: status.mesh.members == 1)
    await mesh.end(mesh.entry)

    asking = await mesh.peer("asking")
    await asking.do(Join(link))
    await until(asking, lambda status: any(peer.offers for peer in status.peers))
    assert said(await ask(asking, "echo one two")) == "one two "
    assert (await until(asking, lambda s: s.mesh)).mesh.state is MeshState.CONNECTED
    await until(sharing, lambda s: s.mesh.state is MeshState.CONNECTED and s.mesh.listed)

    with pytest.raises(BadRequest, match="founded"):
        await mesh.invite("entry", uses=1, entry=second, lifetime=60.0)

    await mesh.end(second)
    second = await mesh.again("second")
    assert (await until(second, lambda s: s.mesh)).mesh.members >= 1
    await until(second, lambda status: status.mesh.state is MeshState.CONNECTED)

    mesh.entry = await mesh.again("entry")
    await until(mesh.entry, lambda status: status.mesh.members == 2)
    await until(mesh.entry, lambda status: any(peer.offers for peer in status.peers))


async def test_who_was_revoked_at_one_entry_is_out_everywhere(two):
    mesh, second = two
    sharing = await mesh.sharing("sharing")
    own = (await until(sharing, lambda status: status.mesh.entries == 2)).mesh.node
    await until(second, lambda status: status.mesh.members == 1)
    await second.do(RevokeMember(own))

    await until(sharing, lambda status: status.mesh.state is MeshState.EXCLUDED)
    for entry in (mesh.entry, second):
        await until(entry, lambda s: not s.mesh.members and not any(p.offers for p in s.peers))


async def test_an_entry_that_is_deposed_is_forgotten_and_its_members_stay(two):
    mesh, second = two
    deposed = (await until(second, lambda status: status.mesh)).mesh.node
    sharing = await mesh.peer("sharing", model=b"\1")
    await sharing.do(Join(await mesh.invite(entry=second)))
    await sharing.do(ChangeSettings({"sharing.share": True}))
    await until(sharing, lambda status: status.mesh.listed and status.mesh.entries == 2)
    await until(mesh.entry, lambda status: status.mesh.members == 1)

    await mesh.entry.do(RevokeMember(deposed))
    await until(second, lambda status: status.mesh.state is MeshState.EXCLUDED)
    shown = await until(sharing, lambda s: s.mesh.entries == 1 and s.mesh.listed)
    assert shown.mesh.state is MeshState.CONNECTED


async def test_an_invite_for_an_entry_makes_no_member(mesh):
    link = await mesh.invite("entry", uses=1, lifetime=60.0)

    with pytest.raises(InviteRefused, match="for another entry"):
        await (await mesh.peer("member")).do(Join(link))
