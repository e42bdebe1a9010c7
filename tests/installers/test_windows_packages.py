import shutil
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

import linux_packages
import windows_packages
from windows_packages import FILES, Source

ROOT = Path(__file__).parent.parent.parent
WIX = "{http://schemas.microsoft.com/wix/2006/wi}"
on_builders = pytest.mark.skipif(
    not (shutil.which("makensis") and shutil.which("wixl")), reason="with nsis and wixl"
)


@pytest.fixture
def source(tmp_path):
    bundle = tmp_path / "closedmesh"
    (bundle / "_internal" / "resources").mkdir(parents=True)
    for name in ("closedmesh.exe", "closedmesh-window.exe", "_internal/resources/style.qss"):
        (bundle / name).write_bytes(b"MZ")
    icon = tmp_path / "closedmesh.ico"
    picture = ROOT / "resources" / "icons" / "closedmesh.svg"
    linux_packages.draw(Path(sys.executable), picture, icon, 256)
    return Source(bundle, icon, "1.2.3", tmp_path, "closedmesh-1.2.3-windows-x86_64")


def test_the_icon_is_one_of_windows(source):
    assert source.icon.read_bytes().startswith(b"\0\0\1\0")


def test_both_packages_open_links_with_the_window():
    script = (FILES / "closedmesh.nsi").read_text("utf-8")
    assert """'"$INSTDIR\\${WINDOW}" app "%1"'""" in script
    entry = ElementTree.parse(FILES / "closedmesh.wxs").find(f".//{WIX}Component")
    values = [each.get("Value") for each in entry.iter(f"{WIX}RegistryValue")]
    assert '"[INSTALLDIR]closedmesh-window.exe" app "%1"' in values


def test_nothing_is_written_for_the_whole_computer():
    script = (FILES / "closedmesh.nsi").read_text("utf-8")
    assert "RequestExecutionLevel user" in script
    assert "HKLM" not in script
    assert "HKLM" not in (FILES / "closedmesh.wxs").read_text("utf-8")


@on_builders
def test_a_setup_program_is_made_without_a_warning(source):
    made = windows_packages.make("setup", source)
    assert made.read_bytes().startswith(b"MZ")
    assert made.name == "closedmesh-1.2.3-windows-x86_64-setup.exe"


@on_builders
def test_an_msi_holds_every_file(source):
    made = windows_packages.make("msi", source)
    listed = subprocess.run(
        ["msiinfo", "export", str(made), "File"], check=True, capture_output=True, text=True
    ).stdout
    assert all(name in listed for name in ("closedmesh.exe", "closedmesh-window.exe", "style.qss"))
