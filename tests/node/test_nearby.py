"""What is heard in a local network, and the real thing on this computer."""

import asyncio
import socket
import sys
from contextlib import closing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.mesh.addresses import Address
from closedmesh.mesh.ids import MeshId, NodeId
from closedmesh.node import nearby as nearby_module
from closedmesh.node.clock import SystemClock
from closedmesh.node.nearby import MAX_NEARBY, Nearby, _named, _tag
from tests.support.mesh import MEMBER, MESH, OTHER, key

PATIENCE = 30.0
HOSTS = ["192.0.2.7"]


def said(node=OTHER.node, mesh=MESH.mesh):
    return {b"node": node.encode(), b"tag": _tag(mesh, node)}


@pytest.fixture
def nearby():
    return Nearby(MESH.mesh, MEMBER.node)


def test_a_member_is_remembered_until_it_goes(nearby):
    nearby.heard("one", said(), HOSTS, 4001)
    assert nearby.addresses() == (Address(OTHER.node, ("192.0.2.7:4001",)),)
    nearby.gone("one")
    assert nearby.addresses() == ()
    nearby.gone("one")


@pytest.mark.parametrize(
    ("properties", "hosts", "port"),
    [
        (said(MEMBER.node), HOSTS, 4001),
        (said(mesh=MeshId("cd" * 32)), HOSTS, 4001),
        (said() | {b"node": MESH.entry.node.encode()}, HOSTS, 4001),
        (said(NodeId("no key")), HOSTS, 4001),
        (said(), ["a host"], 4001),
        (said(), HOSTS * 100, 4001),
        (said(), HOSTS, 0),
        ({}, HOSTS, 4001),
    ],
    ids=["itself", "another mesh", "another's tag", "no key", "no address", "too many", "no port",
         "nothing"],
)  # fmt: skip
def test_what_is_no_member_elsewhere_is_passed_over(nearby, properties, hosts, port):
    nearby.heard("one", properties, hosts, port)
    assert nearby.addresses() == ()


@given(st.binary(), st.binary() | st.none(), st.lists(st.text()), st.integers())
def test_any_words_are_borne(node, tag, hosts, port):
    nearby = Nearby(MESH.mesh, MEMBER.node)
    nearby.heard("one", {b"node": node, b"tag": tag}, hosts, port)
    nearby.heard("two", said(), hosts, port)
    assert all(address.node == OTHER.node for address in nearby.addresses())


def test_a_crowd_of_pretenders_is_bounded(nearby):
    for number in range(10 * MAX_NEARBY):
        nearby.heard(f"{number}", said(key(f"pretender {number}").node), HOSTS, 4001)
    assert len(nearby.addresses()) == MAX_NEARBY


def test_only_members_recognise_the_mesh():
    info = _named(MESH.mesh, Address(MEMBER.node, ("192.0.2.7:4001", "[2001:db8::7]:5001")))
    assert (info.parsed_addresses(), info.port) == (HOSTS, 4001)
    assert MESH.mesh.encode() not in b"".join(v for v in info.properties.values())
    assert _named(MESH.mesh, Address(MEMBER.node, ("[2001:db8::7]:5001",))) is None


def carries_multicast():
    """Whether what is said to a group on this computer is heard on it."""
    group = socket.inet_aton("224.0.0.251") + socket.inet_aton("127.0.0.1")
    with closing(socket.socket(socket.AF_INET, socket.SOCK_DGRAM)) as ear:
        ear.settimeout(2.0)
        try:
            ear.bind(("", 0))
            ear.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, group)
            ear.setsockopt(socket.IPPROTO_IP, socket.IP_MULTICAST_IF, group[4:])
            ear.sendto(b"heard", ("224.0.0.251", ear.getsockname()[1]))
            return ear.recv(16) == b"heard"
        except OSError:
            return False


@pytest.mark.skipif(
    sys.platform != "linux" or not carries_multicast(), reason="loopback carries no multicast"
)
async def test_members_of_one_mesh_hear_of_each_other(monkeypatch):
    monkeypatch.setattr(nearby_module, "INTERFACES", ["127.0.0.1"])
    found = {}

    async def live(mesh, node, port):
        found[port] = Nearby(mesh, node)
        own = Address(node, (f"127.0.0.1:{port}",))
        await found[port].run(lambda: True, lambda: own, SystemClock())

    async def until_met():
        while not (found[4001].addresses() and found[4002].addresses()):  # noqa: ASYNC110 - a network
            await asyncio.sleep(0.05)

    async with asyncio.timeout(PATIENCE), nearby_module.background() as group:
        group.create_task(live(MESH.mesh, MEMBER.node, 4001))
        group.create_task(live(MESH.mesh, OTHER.node, 4002))
        group.create_task(live(MeshId("cd" * 32), key("foreign").node, 4003))
        await asyncio.sleep(0)
        await until_met()
    assert found[4001].addresses() == (Address(OTHER.node, ("127.0.0.1:4002",)),)
    assert found[4002].addresses() == (Address(MEMBER.node, ("127.0.0.1:4001",)),)
    assert found[4003].addresses() == ()
