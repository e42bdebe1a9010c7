import shlex

import pytest

from closedmesh.host import desktop_entries

LINKS = "MimeType=x-scheme-handler/closedmesh;"


def test_no_path_means_anything_to_the_desktop():
    odd = '/a b/"$HOME" `id` 100%\\x'
    line = desktop_entries.text((odd,), links=False).splitlines()[4].removeprefix("Exec=")
    string = line.replace("\\\\", "\\").replace("%%", "%")
    assert shlex.split(string.replace("\\`", "`").replace("\\$", "$")) == [odd]


@pytest.fixture
def system(tmp_path, monkeypatch):
    """A system with the program, installed as a package does it: found through PATH."""
    for folder in ("bin", "lib", "share/applications", "own"):
        (tmp_path / folder).mkdir(parents=True)
    program = tmp_path / "lib/closedmesh"
    program.touch(mode=0o755)
    (tmp_path / "bin/closedmesh").symlink_to(program)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "own"))
    monkeypatch.setenv("XDG_DATA_DIRS", f"/nowhere:{tmp_path / 'share'}")
    return tmp_path


def entry(system, text):
    place = system / "share/applications/closedmesh.desktop"
    place.write_text(text, "utf-8")
    return str(place)


def test_what_a_package_registered_is_found(system):
    place = entry(system, f"[Desktop Entry]\nExec=closedmesh app %u\n{LINKS}\n")
    assert desktop_entries.installed_for_links((str(system / "lib/closedmesh"), "app")) == place


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[Desktop Entry]\nExec=closedmesh app %u\n",
        f"[Desktop Entry]\n{LINKS}\n",
        f"[Desktop Entry]\nExec=gone app %u\n{LINKS}\n",
        f"[Desktop Entry]\nExec=closedmesh serve %u\n{LINKS}\n",
        f'[Desktop Entry]\nExec="closedmesh app %u\n{LINKS}\n',
    ],
)
def test_what_opens_no_links_in_this_program_is_not_taken_for_it(system, text):
    entry(system, text)
    assert desktop_entries.installed_for_links((str(system / "lib/closedmesh"), "app")) == ""


def test_another_copy_of_the_program_opens_no_links(system):
    entry(system, f"[Desktop Entry]\nExec=closedmesh app %u\n{LINKS}\n")
    other = system / "closedmesh"
    other.touch(mode=0o755)
    assert desktop_entries.installed_for_links((str(other), "app")) == ""
    home = (str(system / "lib/closedmesh"), "--home", "/x", "app")
    assert desktop_entries.installed_for_links(home) == ""
