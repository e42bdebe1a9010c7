import os
from dataclasses import replace
from importlib import metadata

import iroh
import pytest
from msgspec import structs

from closedmesh.entry.relay import Relay
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.addresses import Address
from closedmesh.mesh.signing import PrivateKey
from closedmesh.node import iroh as ours
from closedmesh.node.clock import SystemClock
from closedmesh.node.iroh import open_iroh
from closedmesh.node.transport import Listen, Unreachable, listen_at
from closedmesh.settings import MeshSettings
from tests.support.processes import until
from tests.support.relay_server import serve_relay

LOOPBACK = Listen(("127.0.0.1:0", "[::1]:0"))


async def test_the_transport_and_signatures_know_a_key_by_the_same_name():
    secret = os.urandom(32)
    async with open_iroh(secret, LOOPBACK) as transport:
        assert transport.node == PrivateKey(secret).node


async def test_a_family_that_was_not_asked_for_is_not_open_to_the_world():
    async with open_iroh(os.urandom(32), Listen(("127.0.0.1:0",))) as transport:
        for address in transport.address().direct:
            assert address.startswith(("127.0.0.1:", "[::1]:"))


async def test_without_relays_none_is_used():
    async with open_iroh(os.urandom(32), LOOPBACK) as transport:
        assert transport.address().relay is None


async def test_an_address_that_others_see_is_told_to_others():
    async with open_iroh(os.urandom(32), LOOPBACK) as transport:
        await transport.seen_at("203.0.113.5:4000")
        assert "203.0.113.5:4000" in transport.address().direct
        await transport.seen_at("nonsense")


async def test_a_port_in_use_is_said_so():
    async with open_iroh(os.urandom(32), LOOPBACK) as transport:
        taken = next(a for a in transport.address().direct if a.startswith("127."))
        with pytest.raises(ClosedMeshError, match="No socket could be opened"):
            async with open_iroh(os.urandom(32), Listen((taken,))):
                pass


async def test_a_dial_that_nobody_answers_ends(monkeypatch):
    monkeypatch.setattr(ours, "DIAL_LIMIT", 0.05)
    nobody = Address(PrivateKey(os.urandom(32)).node, ("127.0.0.1:9",))
    async with open_iroh(os.urandom(32), LOOPBACK) as transport:
        with pytest.raises(Unreachable, match="no answer"):
            await transport.dial(nobody)


async def test_a_peer_without_an_address_is_unreachable():
    async with open_iroh(os.urandom(32), LOOPBACK) as transport:
        with pytest.raises(Unreachable, match=r"\w"):
            await transport.dial(Address(PrivateKey(os.urandom(32)).node))


@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 200_000])
async def test_what_is_sent_arrives_whatever_its_size(size):
    data = os.urandom(size)
    async with (
        open_iroh(os.urandom(32), LOOPBACK) as here,
        open_iroh(os.urandom(32), LOOPBACK) as there,
    ):
        connection = await here.dial(there.address())
        stream = await connection.open()
        await stream.write(data)
        await stream.finish()
        received = await (await there.accept()).accept()
        arrived = b""
        while part := await received.read():
            arrived += part
        assert arrived == data


def test_bytes_are_copied_at_once_by_the_versions_that_would_not():
    slow = metadata.version("iroh") in ours._COPIED_SLOWLY
    lower = iroh.iroh_ffi._UniffiFfiConverterBytes.lower
    assert ("_copy_bytes_at_once" in lower.__qualname__) == slow


async def test_a_relay_of_an_entry_is_used_at_once():
    relay = Relay(lambda _: True, SystemClock())
    async with (
        serve_relay(relay) as url,
        open_iroh(os.urandom(32), Listen(("127.0.0.1:0",), (url,))) as transport,
    ):
        assert transport.address().relay == url
        await until(lambda: relay.figures.clients == 1, "it waits at the relay", 2.5)
        assert transport.address().relay.rstrip("/") == url


HIDDEN = listen_at(MeshSettings(relay_only=True))


async def test_who_hides_its_address_has_no_socket_that_leads_anywhere_and_says_none():
    async with open_iroh(os.urandom(32), HIDDEN) as transport:
        await transport.seen_at("203.0.113.5:4000")
        assert transport.address().direct == ()
        for socket in transport._endpoint.bound_sockets():
            assert socket.startswith(("127.0.0.1:", "[::1]:"))


async def test_who_hides_its_address_dials_through_relays_only():
    relay = Relay(lambda _: True, SystemClock())
    async with (
        serve_relay(relay) as url,
        open_iroh(os.urandom(32), Listen(("127.0.0.1:0",), (url,))) as shown,
        open_iroh(os.urandom(32), replace(HIDDEN, relays=(url,))) as hidden,
    ):
        with pytest.raises(Unreachable, match="waits at no relay"):
            await hidden.dial(structs.replace(shown.address(), relay=None))
        connection = await hidden.dial(shown.address())
        assert connection.peer == shown.node
        connection.close(0, "done")


async def test_who_hides_its_address_dials_nobody_where_a_router_would_tell():
    async with open_iroh(os.urandom(32), HIDDEN) as hidden:
        seen = "203.0.113.5:4000"
        await hidden._endpoint.add_external_addr(seen)
        await until(lambda: seen in hidden._endpoint.addr().direct_addresses(), "it is known")
        nobody = Address(PrivateKey(os.urandom(32)).node, (), "http://127.0.0.1:9")
        with pytest.raises(Unreachable, match="router"):
            await hidden.dial(nobody)


def test_an_entry_is_found_whatever_the_setting_says():
    given = Listen(("192.0.2.1:4433",))
    assert listen_at(MeshSettings(relay_only=True), given) == given
    assert not listen_at(MeshSettings()).hidden
