import plistlib
import shlex
import sys
from pathlib import Path

import pytest

from closedmesh.host import opening
from closedmesh.host.paths import Paths

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="files of Linux")


@pytest.fixture
def places(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    return Paths.find(tmp_path / "home")


@linux
@pytest.mark.parametrize("way", [opening.at_login, opening.for_links])
def test_it_is_off_until_asked_and_leaves_nothing(places, tmp_path, way):
    chosen = way(places)
    assert chosen.find() == ""
    chosen.install()
    assert "app" in Path(chosen.find()).read_text("utf-8")
    chosen.remove()
    assert chosen.find() == ""
    assert not list(tmp_path.rglob("*.desktop"))
    chosen.remove()


@linux
def test_the_window_waits_in_the_tray_at_login(places):
    chosen = opening.at_login(places)
    chosen.install()
    assert '"app" "--hidden"\n' in Path(chosen.find()).read_text("utf-8")
    assert "/autostart/" in chosen.find()


@linux
def test_links_are_handed_over(places):
    chosen = opening.for_links(places)
    chosen.install()
    text = Path(chosen.find()).read_text("utf-8")
    assert "MimeType=x-scheme-handler/closedmesh;" in text
    assert '"app" %u\n' in text


def test_no_path_means_anything_to_the_desktop():
    odd = '/a b/"$HOME" `id` 100%\\x'
    line = opening.desktop_entry((odd,), links=False).splitlines()[4].removeprefix("Exec=")
    string = line.replace("\\\\", "\\").replace("%%", "%")
    assert shlex.split(string.replace("\\`", "`").replace("\\$", "$")) == [odd]


def test_launchd_opens_it_once():
    made = plistlib.loads(opening.agent("closedmesh", ("/x", "app", "--hidden")))
    assert made["ProgramArguments"] == ["/x", "app", "--hidden"]
    assert made["RunAtLoad"] is True
    assert "KeepAlive" not in made
