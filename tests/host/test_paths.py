import os
import sys

import pytest

from closedmesh.errors import ClosedMeshError
from closedmesh.host import paths as paths_module
from closedmesh.host.paths import MAX_SOCKET_PATH, Paths, bundled_models, resources

needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="modes")


def test_everything_of_a_chosen_home_lies_in_it(tmp_path):
    paths = Paths.find(tmp_path / "h")
    for place in (paths.settings, paths.database, paths.models, paths.logs, paths.secrets):
        assert place.is_relative_to(tmp_path / "h")
    assert paths.explicit


def test_the_argument_goes_before_the_environment(tmp_path, monkeypatch):
    monkeypatch.setenv("CLOSEDMESH_HOME", str(tmp_path / "env"))
    assert Paths.find(tmp_path / "arg").home == tmp_path / "arg"
    assert Paths.find(None).home == tmp_path / "env"


def test_without_a_choice_it_is_the_accounts_own_place(monkeypatch):
    monkeypatch.setenv("CLOSEDMESH_HOME", "")
    paths = Paths.find(None)
    assert not paths.explicit
    assert paths.home.name == "closedmesh"


def test_a_home_is_found_from_any_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert Paths.find(paths_module.Path("h")).home == tmp_path / "h"
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Paths.find(paths_module.Path("~/h")).home == tmp_path / "h"


@needs_modes
def test_folders_are_for_this_account_only(tmp_path):
    paths = Paths.find(tmp_path / "h")
    paths.create()
    paths.create()
    for folder in (paths.home, paths.models, paths.logs, paths.runtime):
        assert folder.stat().st_mode & 0o777 == 0o700


def test_sockets_have_a_short_path_however_deep_the_home_is(tmp_path):
    deep = tmp_path / ("d" * 60) / ("e" * 60)
    paths = Paths.find(deep)
    assert len(os.fsencode(paths.runtime)) <= MAX_SOCKET_PATH
    assert Paths.find(deep).runtime == paths.runtime
    assert Paths.find(deep / "other").runtime != paths.runtime


def test_a_file_in_the_way_is_an_error_with_advice(tmp_path):
    (tmp_path / "h").write_text("not a folder")
    with pytest.raises(ClosedMeshError, match="cannot be made"):
        Paths.find(tmp_path / "h").create()


@needs_modes
def test_a_runtime_folder_that_is_a_link_is_refused(tmp_path):
    """Somebody else may have put it into a shared folder before us."""
    paths = Paths.find(tmp_path / "h")
    paths.home.mkdir()
    (tmp_path / "elsewhere").mkdir()
    paths.runtime.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ClosedMeshError, match="another account"):
        paths.create()


def test_what_comes_with_the_program_is_found(monkeypatch, tmp_path):
    assert (resources() / "catalogue.toml").is_file()
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert resources() == tmp_path / "resources"
    assert bundled_models() == tmp_path / "models"
