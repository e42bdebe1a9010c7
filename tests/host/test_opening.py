import plistlib
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
def test_links_that_the_installer_has_opened_are_given(places, monkeypatch, tmp_path):
    program = tmp_path / "closedmesh"
    program.touch(mode=0o755)
    monkeypatch.setattr(opening.service, "program", lambda: (str(program),))
    entry = tmp_path / "data/applications/closedmesh.desktop"
    entry.parent.mkdir(parents=True)
    entry.write_text(f"Exec={program} app %u\nMimeType=x-scheme-handler/closedmesh;\n")
    monkeypatch.delenv("CLOSEDMESH_HOME", raising=False)
    way = opening.for_links(Paths.find(None))
    assert (way.find(), way.given()) == ("", str(entry))
    assert opening.for_links(places).given() == ""  # another home: the installed one opens none
    assert opening.at_login(Paths.find(None)).given() == ""


@linux
def test_links_are_handed_over(places):
    chosen = opening.for_links(places)
    chosen.install()
    text = Path(chosen.find()).read_text("utf-8")
    assert "MimeType=x-scheme-handler/closedmesh;" in text
    assert '"app" %u\n' in text


def test_launchd_opens_it_once():
    made = plistlib.loads(opening.agent("closedmesh", ("/x", "app", "--hidden")))
    assert made["ProgramArguments"] == ["/x", "app", "--hidden"]
    assert made["RunAtLoad"] is True
    assert "KeepAlive" not in made
