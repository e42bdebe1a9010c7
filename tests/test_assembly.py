"""Parts are joined to a whole peer, and found by those who come later."""

import asyncio
import time
from contextlib import aclosing

import aiohttp
import pytest

from closedmesh import assembly
from closedmesh.assembly import Doorway, Launch
from closedmesh.control import ChangeSettings, MakeInvite, ShowKey
from closedmesh.errors import AlreadyRunning, BadRequest, NotRunning
from closedmesh.host import instance
from closedmesh.host.paths import Paths
from closedmesh.mesh import invites
from closedmesh.mesh.picture import MeshState
from closedmesh.node.transport import Listen


@pytest.fixture(autouse=True)
def no_key_is_given(monkeypatch):
    monkeypatch.delenv("CLOSEDMESH_API_KEY", raising=False)
    monkeypatch.delenv("CLOSEDMESH_INVITE", raising=False)


async def status_of(control):
    async with aclosing(control.statuses()) as statuses:
        return await anext(statuses)


async def test_a_peer_announces_where_it_answers_until_it_ends(tmp_path):
    async with assembly.peer(Launch(tmp_path, port=0)) as peer:
        found = instance.running(Paths.find(tmp_path))
        assert found
        assert found.api == (await status_of(peer)).api
    assert instance.running(Paths.find(tmp_path)) is None


async def test_a_second_peer_in_a_home_is_refused_and_attaches_instead(tmp_path):
    async with assembly.peer(Launch(tmp_path, port=0)) as first:
        with pytest.raises(AlreadyRunning):
            async with assembly.peer(Launch(tmp_path, port=0)):
                raise AssertionError("two peers use one home")
        async with assembly.attach_or_start(Launch(tmp_path)) as second:
            assert await second.do(ShowKey()) == await first.do(ShowKey())
            changed = await second.do(ChangeSettings({"engine.slots": 3}))
            assert changed.engine.slots == 3
            assert (await status_of(first)).settings == changed


async def test_where_none_runs_one_is_started(tmp_path):
    with pytest.raises(NotRunning, match="No peer runs"):
        async with assembly.attach(tmp_path):
            raise AssertionError("something answered")
    async with assembly.attach_or_start(Launch(tmp_path, port=0)) as started:
        assert (await status_of(started)).home == str(tmp_path)


async def test_one_that_has_begun_to_start_is_waited_for(tmp_path, monkeypatch):
    places = Paths.find(tmp_path)
    places.create()
    monkeypatch.setattr(assembly, "START_PATIENCE", 0.2)
    with instance.Instance(places) as held:
        with pytest.raises(NotRunning, match="has begun to start"):
            async with assembly.attach(tmp_path):
                raise AssertionError("something answered")
        monkeypatch.setattr(assembly, "START_PATIENCE", 30.0)
        asyncio.get_running_loop().call_later(0.05, held.announce, "http://127.0.0.1:9")
        async with assembly.attach(tmp_path) as control:
            assert control._address == "http://127.0.0.1:9"


async def test_an_error_of_the_block_comes_out_as_it_is(tmp_path):
    with pytest.raises(BadRequest, match="no such thing"):
        async with assembly.peer(Launch(tmp_path, port=0)):
            raise BadRequest("There is no such thing.", "Ask for another.")


def test_everything_of_a_window_lies_in_the_home(tmp_path):
    for place in (
        assembly.window_lock(tmp_path),
        assembly.window_state(tmp_path),
        assembly.log_folder(tmp_path),
    ):
        assert place.is_relative_to(tmp_path)
    assert (assembly.resources() / "catalogue.toml").is_file()


@pytest.mark.parametrize(
    ("doorway", "web", "addresses", "relays"),
    [
        (Doorway("m"), "", (), ()),
        (Doorway("m", listen=(("127.0.0.1", 7),)), "", ("127.0.0.1:7",), ()),
        (Doorway("m"), "127.0.0.1:80", (), ("http://127.0.0.1:80",)),
        (Doorway("m"), "0.0.0.0:80", (), ()),
        (
            Doorway("m", listen=(("::1", 7),)),
            "[::]:80",
            ("[::1]:7",),
            ("http://[::1]:80",),
        ),
        (
            Doorway("m", relay="https://relay.example"),
            "0.0.0.0:80",
            (),
            ("https://relay.example",),
        ),
    ],
)
def test_an_entry_waits_at_its_own_relay_if_it_is_known_how_to_get_there(
    doorway, web, addresses, relays
):
    assert doorway.listening(web) == Listen(addresses, relays)


async def test_an_entry_founds_a_mesh_and_serves_its_pages(tmp_path):
    doorway = Doorway("home", web=("127.0.0.1", 0), listen=(("127.0.0.1", 0),))
    async with (
        assembly.entry(Launch(tmp_path, port=0), doorway) as (control, address),
        aiohttp.ClientSession(address) as http,
    ):
        async with http.get("/status.json") as response:
            assert (await response.json())["mesh"]["name"] == "home"
        async with http.get("/ping") as response:
            assert response.status == 200
        made = await opened_invite(control)
        assert invites.read(made.link, time.time()).mesh_name == "home"  # noqa: TID251

    with pytest.raises(BadRequest, match="is the entry of the mesh 'home'"):
        async with assembly.entry(Launch(tmp_path, port=0), Doorway("other")):
            raise AssertionError("one home is the entry of two meshes")


async def test_an_entry_keeps_the_port_that_its_members_know(tmp_path):
    ports = []
    for _ in range(2):
        async with (
            assembly.entry(Launch(tmp_path, port=0), Doorway("home")) as (control, _),
            aclosing(control.statuses()) as statuses,
        ):
            made = await opened_invite(control)
            while not (status := await anext(statuses)).settings.mesh.port:
                pass
            ports.append(status.settings.mesh.port)
            (address,) = invites.read(made.link, time.time()).entries  # noqa: TID251
            assert any(each.endswith(f":{ports[0]}") for each in address.direct)
    assert ports[0] == ports[1]


async def opened_invite(control):
    """An invite, as soon as the network is open."""
    async with aclosing(control.statuses()) as statuses:
        while (status := await anext(statuses)).mesh is None or (
            status.mesh.state is not MeshState.CONNECTED
        ):
            pass
    return await control.do(MakeInvite("share"))
