import pytest

from closedmesh import assembly
from closedmesh.cli import service
from closedmesh.host import autostart
from closedmesh.host.service import Installed


@pytest.fixture(autouse=True)
def system(monkeypatch):
    """A service manager that only remembers."""
    known = {}

    def install(job):
        known[job.name] = Installed("/units/x.service", starts_at_login=True, manager="systemd")

    monkeypatch.setattr(autostart, "install", install)
    monkeypatch.setattr(autostart, "remove", lambda job: known.pop(job.name, None) is not None)
    monkeypatch.setattr(autostart, "find", lambda job: known.get(job.name))
    return known


def test_it_is_off_until_asked_for(tmp_path, text, said):
    assert service.run(tmp_path, "status", text) == 0
    assert said() == f"Service  not installed\nPeer     does not run in {tmp_path}\n"


def test_it_comes_and_goes(tmp_path, text, said, system):
    service.run(tmp_path, "install", text)
    assert "starts at login, by systemd (/units/x.service)" in said()
    assert len(system) == 1
    service.run(tmp_path, "remove", text)
    assert said().startswith("The service is gone.\nService  not installed")
    service.run(tmp_path, "remove", text)
    assert said().startswith("There was no service.")


def test_programs_get_one_object(tmp_path, as_json, facts):
    service.run(tmp_path, "install", as_json)
    found = facts()
    assert found["installed"] is True
    assert found["running"] is False
    assert found == {**found, "home": str(tmp_path), "manager": "systemd"}
    assert assembly.service_state(tmp_path).installed
