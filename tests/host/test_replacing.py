import sys

import pytest

from closedmesh.host import replacing
from closedmesh.host.app_image import AppImage
from closedmesh.host.versions import Versions


@pytest.fixture
def frozen(monkeypatch, tmp_path):
    program = tmp_path / "program/versions/0.1.0/closedmesh"
    program.parent.mkdir(parents=True)
    program.touch()
    (tmp_path / "program/current").write_text("0.1.0\n")
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.delenv("APPIMAGE", raising=False)
    return program


def test_a_copy_from_an_archive_has_versions_around_it(frozen):
    assert isinstance(replacing.of_this_program(), Versions)


def test_a_copy_that_a_package_brought_does_not_replace_itself(frozen):
    (frozen.parents[2] / "current").unlink()
    assert replacing.of_this_program() is None


def test_an_image_replaces_itself_where_its_folder_may_be_written(frozen, monkeypatch, tmp_path):
    monkeypatch.setenv("APPIMAGE", str(tmp_path / "a.AppImage"))
    monkeypatch.setenv("APPDIR", str(frozen.parent))
    assert replacing.of_this_program() == AppImage(tmp_path / "a.AppImage")
    monkeypatch.setattr("os.access", lambda *_: False)
    assert replacing.of_this_program() is None
