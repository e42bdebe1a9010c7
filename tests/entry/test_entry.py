"""An entry and its peers on a network in memory: what it is when everything is joined."""

from contextlib import asynccontextmanager

import pytest

from closedmesh.entry.entry import Entry
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh import invites
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.membership import AskingKey, Redemption, Revocations, Scope, authorise, day_of
from closedmesh.mesh.messages import Certify, Delta, Join, Joined, Observed, Pull, WhereAmI
from closedmesh.mesh.signing import seal
from closedmesh.models.catalogue import Catalogue
from closedmesh.node.peers import open_peers
from closedmesh.node.talk import PeerRefused, ask_once
from closedmesh.node.tasks import background
from closedmesh.node.transport import TransportError
from tests.entry.test_door import Standing
from tests.support.clock import settle
from tests.support.mesh import ASKING, MEMBER, MESH, NOW, OTHER
from tests.support.network import FakeNetwork


@pytest.fixture
def entry(authority, store, clock, phrases, ledger):
    return Entry(authority, store, clock, phrases, ledger, Catalogue())


@asynccontextmanager
async def in_the_network(entry, network, clock):
    with network.peer(MESH.entry.node) as transport:
        services = entry.services(transport)
        async with (
            open_peers(transport, clock, entry.membership, services) as peers,
            background() as group,
        ):
            group.create_task(entry.run(peers))
            await settle()
            yield transport


@pytest.fixture
async def network(entry, clock):
    network = FakeNetwork(clock)
    async with in_the_network(entry, network, clock):
        yield network


async def join(network, link, peer):
    invite = invites.read(link, NOW)
    with network.peer(peer.node) as transport:
        connection = await transport.dial(invite.entries[0])
        wanted = seal(Redemption(invite.mesh, MESH.entry.node, invite.secret), peer)
        joined = await ask_once(connection, Join(wanted), Joined)
        connection.close(0, "done")
        await settle()
    return joined.credential


@asynccontextmanager
async def member(entry, network, clock, peer):
    credential = await join(network, entry.make_invite(Scope.SHARE, 1, 60.0).link, peer)
    with network.peer(peer.node) as transport:
        async with open_peers(transport, clock, Standing(credential), {}) as peers:
            yield await peers.reach(entry.address(), Scope.ENTRY)


def test_no_invite_leads_nowhere(entry):
    assert entry.address().direct == ()
    with pytest.raises(ClosedMeshError, match="not open yet"):
        entry.make_invite(Scope.CHAT, 1, 60.0)


async def test_who_joins_by_an_invite_is_served(entry, network, clock):
    async with member(entry, network, clock, MEMBER) as door:
        assert (await door.ask(Pull(), Delta)).complete
        assert (await door.ask(WhereAmI(), Observed)).address
    assert entry.members() == 1
    assert entry.is_member(MEMBER.node)
    assert entry.membership.member.info.name == MESH.name


async def test_a_revoked_invite_admits_nobody(entry, network):
    made = entry.make_invite(Scope.CHAT, 1, 60.0)
    entry.revoke_invite(made.invite.id)

    assert entry.invites()[0].revoked
    with pytest.raises(PeerRefused) as refused:
        await join(network, made.link, MEMBER)
    assert refused.value.code is RefusalCode.INVITE_REVOKED


async def test_a_revoked_member_loses_its_connection_and_others_learn_of_it(entry, network, clock):
    async with (
        member(entry, network, clock, MEMBER) as bad,
        member(entry, network, clock, OTHER) as good,
    ):
        entry.revoke_member(MEMBER.node)
        await settle()

        with pytest.raises(TransportError):
            await bad.ask(Pull(), Delta)
        delta = await good.ask(Pull(b"", b"", {MESH.entry.node: 1}), Delta)
        assert delta.revocations
        assert entry.membership.revocations != Revocations()


def test_an_entry_asks_under_a_key_of_the_day_too(entry):
    wanted = seal(AskingKey(MESH.mesh, MESH.entry.node, MESH.entry.node, day_of(NOW)), ASKING)
    (credential,) = entry.certify(Certify((wanted,))).credentials

    certificate = authorise(
        credential,
        mesh=MESH.mesh,
        node=ASKING.node,
        wanted=Scope.CHAT,
        revocations=entry.membership.revocations,
        now=NOW,
    )
    assert certificate.scope is Scope.CHAT
    assert entry.is_member(ASKING.node)
    assert entry.members() == 0


async def test_an_entry_can_close_and_open_its_network(entry, clock):
    network = FakeNetwork(clock)
    async with in_the_network(entry, network, clock):
        assert entry.address().direct
    assert entry.address().direct == ()
    async with in_the_network(entry, network, clock), member(entry, network, clock, MEMBER) as door:
        assert (await door.ask(Pull(), Delta)).complete
