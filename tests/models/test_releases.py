import pytest

from closedmesh.models.releases import announcement_name, is_newer, read_announcement


@pytest.mark.parametrize(
    ("version", "than", "newer"),
    [
        ("0.2.0", "0.1.9", True),
        ("0.10.0", "0.9.0", True),
        ("1.0.0", "0.99.99", True),
        ("0.1.0", "0.1.0", False),
        ("0.0.9", "0.1.0", False),
        ("0.2", "0.1.0", False),
        ("0.2.0-rc1", "0.1.0", False),
    ],
)
def test_versions_are_compared_by_number(version, than, newer):
    assert is_newer(version, than) is newer


def test_each_system_and_processor_has_an_announcement_of_its_own():
    assert announcement_name("linux", "x86_64") == "latest-linux-x86_64.json"
    assert announcement_name("win32", "AMD64") == "latest-windows-x86_64.json"
    assert announcement_name("darwin", "arm64") == "latest-macos-arm64.json"
    named = announcement_name("linux", "aarch64", "appimage")
    assert named == "latest-linux-aarch64-appimage.json"


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b'{"version": "0.2.0"}',
        b'{"version": "2", "file": "a.tar.gz"}',
        b'{"version": "0.2.0", "file": "../a.tar.gz"}',
        b'{"version": "0.2.0", "file": "a/b.tar.gz"}',
        b'{"version": "../../0.2.0", "file": "a.tar.gz"}',
    ],
)
def test_what_is_no_announcement_is_refused(data):
    with pytest.raises(ValueError, match=r"."):
        read_announcement(data)


def test_an_announcement_names_a_version_and_its_file():
    said = read_announcement(b'{"version": "0.2.0", "file": "closedmesh-0.2.0.tar.gz"}')
    assert (said.version, said.file) == ("0.2.0", "closedmesh-0.2.0.tar.gz")
