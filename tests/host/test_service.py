import sys
from pathlib import Path

import pytest

from closedmesh.errors import ClosedMeshError
from closedmesh.host import service
from closedmesh.host.paths import Paths


def test_the_accounts_own_home_has_the_plain_name(monkeypatch):
    monkeypatch.delenv("CLOSEDMESH_HOME", raising=False)
    made = service.job(Paths.find(None))
    assert made.name == "closedmesh"
    assert made.command[-1] == "serve"
    assert "--home" not in made.command


def test_another_home_has_a_service_of_its_own(tmp_path):
    one, two = (service.job(Paths.find(tmp_path / name)) for name in ("one", "two"))
    assert one.name != two.name
    assert one.name.startswith("closedmesh-")
    assert one.command[-3:] == ("--home", str(tmp_path / "one"), "serve")


def test_the_program_is_named_so_that_it_survives_an_update(monkeypatch):
    assert service.program() == (sys.executable, "-m", "closedmesh")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert service.program() == (sys.executable,)
    monkeypatch.setenv("APPIMAGE", "/opt/ClosedMesh.AppImage")
    assert service.program() == (sys.executable,)  # that one started this program, and is another
    monkeypatch.setenv("APPDIR", str(Path(sys.executable).resolve().parent))
    assert service.program() == ("/opt/ClosedMesh.AppImage",)


def test_a_helper_is_this_program_and_no_module_of_the_current_folder(monkeypatch):
    assert service.helper("engine-worker") == (
        sys.executable, "-P", "-m", "closedmesh", "engine-worker",
    )  # fmt: skip
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    assert service.helper("engine-worker") == (sys.executable, "engine-worker")


def test_what_the_system_says_is_told_with_what_to_do():
    with pytest.raises(ClosedMeshError, match="refused: no such thing") as caught:
        service.run(
            (sys.executable, "-c", "import sys; sys.exit('no such thing')"), "Do something else."
        )
    assert caught.value.advice == "Do something else."
    with pytest.raises(ClosedMeshError, match="does not answer"):
        service.run(("/nowhere/systemctl",), "x")
    assert not service.succeeds(("/nowhere/systemctl",))
    assert service.run((sys.executable, "-c", "print('fine')"), "x") == "fine\n"


def test_a_file_that_cannot_be_written_is_explained(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ClosedMeshError, match="cannot be written"):
        service.write(Path(tmp_path / "file" / "unit"), b"x")
