import asyncio
import os
import sys
import threading

import keyring
import keyring.backend
import keyring.errors
import pytest

from closedmesh.errors import ClosedMeshError, SecretsLocked
from closedmesh.host import secrets as secrets_module
from closedmesh.host.paths import Paths
from closedmesh.host.secrets import SERVICE, Secrets

needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="modes")


class Keychain(keyring.backend.KeyringBackend):
    """The system's keychain, in memory."""

    priority = 1

    def __init__(self, error=None):
        self.kept = {}
        self.error = error
        self.wait = None

    def _look(self):
        if self.wait:
            self.wait.wait()
        if self.error:
            raise self.error

    def get_password(self, service, username):
        self._look()
        return self.kept.get((service, username))

    def set_password(self, service, username, password):
        self._look()
        self.kept[service, username] = password

    def delete_password(self, service, username):
        self._look()
        del self.kept[service, username]


@pytest.fixture
def keychain():
    before = keyring.get_keyring()
    keychain = Keychain()
    keyring.set_keyring(keychain)
    yield keychain
    keyring.set_keyring(before)


@pytest.fixture
def paths(tmp_path, monkeypatch):
    """An account's own place, which uses the keychain."""
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name))
    monkeypatch.delenv("CLOSEDMESH_HOME", raising=False)
    paths = Paths.find(None)
    paths.create()
    return paths


@pytest.fixture
def chosen(tmp_path):
    """A home that a person chose: secrets stay inside."""
    paths = Paths.find(tmp_path / "chosen")
    paths.create()
    return paths


async def test_secrets_are_kept_in_the_keychain(keychain, paths):
    secrets = Secrets(paths)
    await secrets.set("api-key", "cm-1")
    assert keychain.kept == {(SERVICE, "api-key"): "cm-1"}
    assert await Secrets(paths).get("api-key") == "cm-1"
    await secrets.delete("api-key")
    await secrets.delete("api-key")
    assert await secrets.get("api-key") is None
    assert not paths.secrets.exists()
    assert secrets.health() == ()


async def test_secrets_of_a_chosen_home_stay_inside_it(keychain, chosen):
    secrets = Secrets(chosen)
    await secrets.set("api-key", "cm-1")
    assert keychain.kept == {}
    assert await Secrets(chosen).get("api-key") == "cm-1"
    assert secrets.health() == ()
    await secrets.delete("api-key")
    assert await secrets.get("api-key") is None


async def test_without_a_keychain_the_file_is_used_and_told(keychain, paths):
    keychain.error = keyring.errors.NoKeyringError()
    secrets = Secrets(paths)
    await secrets.set("api-key", "cm-1")
    assert await secrets.get("api-key") == "cm-1"
    (item,) = secrets.health()
    assert item.code == "secrets-in-file"


@pytest.mark.parametrize("error", [
    keyring.errors.KeyringLocked("locked"),
    keyring.errors.PasswordSetError("no"),
    keyring.errors.InitError("no bus"),
])  # fmt: skip
async def test_a_locked_keychain_raises_and_makes_no_second_secret(keychain, paths, error):
    keychain.error = error
    secrets = Secrets(paths)
    for work in (secrets.get("a"), secrets.set("a", "b"), secrets.delete("a")):
        with pytest.raises(SecretsLocked):
            await work
    assert not paths.secrets.exists()


async def test_a_keychain_that_never_answers_is_locked(keychain, paths, monkeypatch):
    monkeypatch.setattr(secrets_module, "PATIENCE", 0.05)
    keychain.wait = threading.Event()
    with pytest.raises(SecretsLocked):
        await Secrets(paths).get("a")
    keychain.wait.set()


async def test_waiting_for_the_keychain_stops_nothing_else(keychain, paths):
    keychain.wait = threading.Event()
    asking = asyncio.ensure_future(Secrets(paths).get("a"))
    await asyncio.sleep(0)
    keychain.wait.set()
    assert await asking is None


@needs_modes
async def test_the_file_is_for_this_account_only(chosen):
    await Secrets(chosen).set("a", "b")
    assert chosen.secrets.stat().st_mode & 0o777 == 0o600


@needs_modes
async def test_a_file_that_others_can_read_is_not_used(chosen):
    await Secrets(chosen).set("a", "b")
    chosen.secrets.chmod(0o644)
    with pytest.raises(ClosedMeshError, match="other accounts can read it"):
        await Secrets(chosen).get("a")


@needs_modes
async def test_a_link_in_its_place_is_not_followed(chosen, tmp_path):
    target = tmp_path / "target"
    target.write_text('{"a": "b"}')
    os.chmod(target, 0o600)  # noqa: PTH101 - the mode of a link's target
    chosen.secrets.symlink_to(target)
    with pytest.raises(ClosedMeshError, match="is not used"):
        await Secrets(chosen).get("a")


@pytest.mark.parametrize("text", ["", "[]", '{"a": 1}', "{", "\xff"])
async def test_a_file_that_holds_something_else_is_not_used_and_not_lost(chosen, text):
    chosen.secrets.write_text(text)
    chosen.secrets.chmod(0o600)
    with pytest.raises(ClosedMeshError, match="holds something else"):
        await Secrets(chosen).set("a", "b")
    assert chosen.secrets.read_text() == text
