import sys

import pytest

from closedmesh.errors import AlreadyRunning
from closedmesh.host import autostart, opening, removal
from closedmesh.host.instance import Instance
from closedmesh.host.paths import Paths
from closedmesh.host.secrets import Secrets
from closedmesh.host.service import Installed
from closedmesh.node.api_key import API_KEY


@pytest.fixture
def service(monkeypatch, tmp_path):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    known = {}
    monkeypatch.setattr(autostart, "remove", lambda job: known.pop(job.name, None) is not None)
    monkeypatch.setattr(autostart, "find", lambda job: known.get(job.name))
    return known


@pytest.fixture
async def places(tmp_path, service):
    places = Paths.find(tmp_path / "home")
    places.create()
    (places.models / "a.gguf").write_bytes(b"weights")
    (places.logs / "peer.log").write_text("words")
    places.settings.write_text(f'[models]\nfolder = "{tmp_path / "mine"}"\n')
    await Secrets(places).set(API_KEY, "cm-secret")
    return places


async def test_everything_is_listed_and_then_gone(places, service, tmp_path):
    job = removal.service.job(places)
    service[job.name] = Installed("/units/x.service", starts_at_login=True, manager="systemd")
    (tmp_path / "mine").mkdir()

    found = await removal.look(places)
    assert found.paths[0] == str(places.home)
    assert found.secrets == (API_KEY,)
    assert found.service == "/units/x.service"
    assert found.kept == (str(tmp_path / "mine"),)

    await removal.carry_out(places, found)
    assert not places.home.exists()
    assert not places.runtime.exists()
    assert not service
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert (await removal.look(places)).paths == ()


@pytest.mark.skipif(sys.platform != "linux", reason="where the system keeps logs")
def test_the_folder_around_the_logs_goes_too(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.delenv("CLOSEDMESH_HOME", raising=False)
    assert tmp_path / "closedmesh" in removal._ours(Paths.find(None))


async def test_while_a_peer_runs_nothing_is_removed(places):
    found = await removal.look(places)
    with Instance(places), pytest.raises(AlreadyRunning, match="nothing was removed"):
        await removal.carry_out(places, found)
    assert (places.models / "a.gguf").exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files of Linux")
async def test_what_opens_the_window_goes_too(places, tmp_path):
    ways = opening.at_login(places), opening.for_links(places)
    for way in ways:
        way.install()
    found = await removal.look(places)
    assert found.opened_by == tuple(way.find() for way in ways)
    await removal.carry_out(places, found)
    assert not list(tmp_path.rglob("*.desktop"))
