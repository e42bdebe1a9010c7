import plistlib
import re
from pathlib import Path

import macos_packages


def test_macos_reads_what_the_program_is():
    about = plistlib.loads(plistlib.dumps(macos_packages.info("1.2.3")))
    assert about["CFBundleShortVersionString"] == "1.2.3"
    assert re.fullmatch(r"[A-Za-z0-9.-]+", about["CFBundleIdentifier"])
    (links,) = about["CFBundleURLTypes"]
    assert links["CFBundleURLSchemes"] == ["closedmesh"]
    assert "same network" in about["NSLocalNetworkUsageDescription"]


def test_it_can_live_in_the_menu_bar_alone():
    assert macos_packages.info("1")["LSUIElement"] is False
    assert macos_packages.info("1", in_dock=False)["LSUIElement"] is True


def test_neighbours_are_looked_for_by_the_name_that_is_announced():
    source = Path(__file__).parents[2] / "app" / "closedmesh" / "node" / "nearby.py"
    (service,) = macos_packages.info("1")["NSBonjourServices"]
    assert f'"{service}.local."' in source.read_text("utf-8")


def test_the_image_holds_the_program_beside_where_it_is_dragged():
    copy, create = macos_packages.image_commands(Path("o/ClosedMesh.app"), Path("w"), Path("x.dmg"))
    assert copy == ["ditto", "o/ClosedMesh.app", "w/ClosedMesh.app"]
    assert create[create.index("-srcfolder") + 1] == "w"
    assert create[-1] == "x.dmg"
