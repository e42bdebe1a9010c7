from closedmesh.errors import SecretsLocked
from closedmesh.host.paths import Paths
from closedmesh.host.secrets import Secrets
from closedmesh.node.hub_token import HubToken


def secrets(tmp_path):
    paths = Paths.find(tmp_path / "home")
    paths.create()
    return Secrets(paths)


async def test_a_token_is_kept_and_forgotten(tmp_path):
    kept = secrets(tmp_path)
    token = HubToken(kept)
    await token.read()
    assert token.value == ""
    await token.keep("hf_secret")
    again = HubToken(kept)
    await again.read()
    assert again.value == "hf_secret"
    await again.keep("")
    await token.read()
    assert token.value == ""


async def test_while_the_keychain_is_locked_there_is_none(tmp_path, monkeypatch):
    kept = secrets(tmp_path)

    async def locked(name):
        raise SecretsLocked("locked", "unlock")

    monkeypatch.setattr(kept, "get", locked)
    token = HubToken(kept)
    await token.read()
    assert token.value == ""
