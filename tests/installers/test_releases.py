import json

import pytest

import releases
from tests.support.release_server import archive


@pytest.fixture
def places(tmp_path):
    words = [str(tmp_path / "repository"), "--keys", str(tmp_path / "keys")]
    assert releases.main(["begin", *words]) == 0
    return words


def listed(folder, name):
    return json.loads((folder / "repository/metadata" / name).read_text())["signed"]


def test_keys_are_readable_by_their_owner_alone(places, tmp_path):
    modes = {path.name: path.stat().st_mode & 0o777 for path in (tmp_path / "keys").iterdir()}
    assert modes == {f"{role}.pem": 0o600 for role in releases.ROLES}


def test_a_beginning_is_never_overwritten(places, tmp_path, capsys):
    before = (tmp_path / "keys/root.pem").read_bytes()
    assert releases.main(["begin", *places]) == 1
    assert "not overwritten" in capsys.readouterr().err
    assert (tmp_path / "keys/root.pem").read_bytes() == before


def test_a_version_is_listed_with_its_hash_and_older_ones_stay(places, tmp_path):
    for version in ("0.2.0", "0.3.0"):
        assert releases.main(["publish", *places, str(archive(tmp_path, version))]) == 0
    targets = listed(tmp_path, "3.targets.json")["targets"]
    assert sum(name.endswith(".tar.gz") for name in targets) == 2
    (name,) = (name for name in targets if name.startswith("latest-"))
    digest = targets[name]["hashes"]["sha256"]
    said = json.loads((tmp_path / "repository/targets" / f"{digest}.{name}").read_text())
    assert said["version"] == "0.3.0"


@pytest.mark.parametrize(
    ("file", "announcement"),
    [
        ("closedmesh-0.2.0-linux-x86_64.AppImage", "latest-linux-x86_64-appimage.json"),
        ("closedmesh-0.2.0-windows-x86_64-setup.exe", "latest-windows-x86_64.json"),
        ("closedmesh-0.2.0-macos-arm64.dmg", "latest-macos-arm64.json"),
    ],
)
def test_packages_of_each_kind_have_announcements_of_their_own(
    places, tmp_path, file, announcement
):
    (tmp_path / file).write_bytes(b"a package")
    assert releases.main(["publish", *places, str(tmp_path / file)]) == 0
    assert set(listed(tmp_path, "2.targets.json")["targets"]) == {file, announcement}


def test_a_file_of_another_name_is_refused(places, tmp_path, capsys):
    (tmp_path / "program.zip").write_bytes(b"")
    assert releases.main(["publish", *places, str(tmp_path / "program.zip")]) == 1
    assert "program.zip is no closedmesh-" in capsys.readouterr().err


def test_renewing_needs_only_the_keys_of_the_short_lists(places, tmp_path):
    for role in ("root", "targets"):
        (tmp_path / "keys" / f"{role}.pem").unlink()
    assert releases.main(["renew", *places]) == 0
    assert listed(tmp_path, "timestamp.json")["version"] == 2


def test_a_missing_key_is_named(places, tmp_path, capsys):
    (tmp_path / "keys/timestamp.pem").unlink()
    assert releases.main(["renew", *places]) == 1
    assert "timestamp.pem is not here" in capsys.readouterr().err


def test_a_folder_without_lists_says_how_to_begin(tmp_path, capsys):
    assert releases.main(["renew", str(tmp_path), "--keys", str(tmp_path)]) == 1
    assert "`begin` makes them" in capsys.readouterr().err
