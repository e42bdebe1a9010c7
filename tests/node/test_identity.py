import pytest

from closedmesh.errors import ClosedMeshError, SecretsLocked
from closedmesh.mesh.ids import MeshId
from closedmesh.mesh.membership import Ownership
from closedmesh.mesh.signing import unseal
from closedmesh.node.identity import NODE_KEY, OWNER_KEY, Identity, read_identity, remembered

MESH, OTHER = MeshId("ab" * 32), MeshId("cd" * 32)


class Keychain:
    def __init__(self, locked=False, **kept):
        self.kept = kept
        self.locked = locked

    async def get(self, name):
        if self.locked:
            raise SecretsLocked("The keychain is locked.", "Unlock it.")
        return self.kept.get(name)

    async def set(self, name, value):
        self.kept[name] = value


async def test_a_key_is_made_once(store):
    keychain = Keychain()
    made = await read_identity(keychain, store)
    again = await read_identity(keychain, store)
    assert made.node == again.node
    assert remembered(store) == made.node[:10]


async def test_a_peer_shows_whose_it_is(store):
    made = await read_identity(Keychain(), store)
    said = made.ownership(MESH)
    assert unseal(said, Ownership) == Ownership(MESH, made.node)
    assert said.signer == made.owner.node != made.node
    assert Identity.of(bytes(32)).ownership(MESH) is None


async def test_an_owner_that_cannot_be_read_is_never_replaced(store):
    keychain = Keychain(**{OWNER_KEY: "ab"})
    with pytest.raises(ClosedMeshError, match="owner-key"):
        await read_identity(keychain, store)
    assert keychain.kept[OWNER_KEY] == "ab"


async def test_a_locked_keychain_gives_no_new_key(store):
    keychain = Keychain()
    made = await read_identity(keychain, store)
    keychain.locked = True
    with pytest.raises(SecretsLocked):
        await read_identity(keychain, store)
    assert keychain.kept[NODE_KEY] == made.secret.hex()
    assert remembered(store) == made.node[:10]


@pytest.mark.parametrize("kept", ["", "ab", "no hexadecimal", "ab" * 33])
async def test_what_is_no_key_is_said_and_left_alone(store, kept):
    keychain = Keychain(**{NODE_KEY: kept})
    with pytest.raises(ClosedMeshError, match="holds something else"):
        await read_identity(keychain, store)
    assert keychain.kept == {NODE_KEY: kept}


def test_every_day_and_mesh_has_an_asking_key_of_its_own():
    one, other = Identity.of(bytes(32)), Identity.of(b"\1" * 32)
    keys = {
        identity.asking_secret(mesh, day)
        for identity in (one, other)
        for mesh in (MESH, OTHER)
        for day in (1, 2)
    }
    assert len(keys) == 8
    assert one.asking_secret(MESH, 1) == Identity.of(bytes(32)).asking_secret(MESH, 1)


def test_an_identity_never_prints_itself():
    assert "secret" not in repr(Identity.of(b"\7" * 32))
    assert "0707" not in repr(Identity.of(b"\7" * 32))
