import pytest

from closedmesh.errors import AlreadyRunning
from closedmesh.host import autostart, removal
from closedmesh.host.instance import Instance
from closedmesh.host.paths import Paths
from closedmesh.host.secrets import Secrets
from closedmesh.host.service import Installed
from closedmesh.node.api_key import API_KEY


@pytest.fixture
def service(monkeypatch):
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


async def test_while_a_peer_runs_nothing_is_removed(places):
    found = await removal.look(places)
    with Instance(places), pytest.raises(AlreadyRunning, match="nothing was removed"):
        await removal.carry_out(places, found)
    assert (places.models / "a.gguf").exists()
