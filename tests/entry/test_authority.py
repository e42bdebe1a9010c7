import pytest

from closedmesh.entry.authority import MESH_KEY, found
from closedmesh.errors import BadRequest
from closedmesh.host.paths import Paths
from closedmesh.host.secrets import Secrets
from closedmesh.mesh.membership import Certificate, Revocations, Scope, authorise
from closedmesh.mesh.signing import peek
from tests.support.mesh import MESH, NOW


@pytest.fixture
def keychain(tmp_path):
    places = Paths.find(tmp_path / "home")
    places.create()
    return Secrets(places)


async def test_an_entry_founds_its_mesh_and_finds_it_again(keychain, store):
    founded = await found(keychain, store, MESH.entry, " my   mesh ", NOW)
    again = await found(keychain, store, MESH.entry, "my mesh", NOW + 5)

    assert founded.name == "my mesh"
    assert again.mesh == founded.mesh
    certificate = authorise(
        founded.credential,
        mesh=founded.mesh,
        node=MESH.entry.node,
        wanted=Scope.ENTRY,
        revocations=Revocations(),
        now=NOW,
    )
    assert peek(again.credential.statement, Certificate).serial == certificate.serial


async def test_a_home_has_one_mesh(keychain, store):
    await found(keychain, store, MESH.entry, "one", NOW)

    with pytest.raises(BadRequest, match="is the entry of the mesh 'one'"):
        await found(keychain, store, MESH.entry, "other", NOW)


async def test_a_lost_key_is_not_made_anew(keychain, store):
    await found(keychain, store, MESH.entry, "one", NOW)
    await keychain.delete(MESH_KEY)

    with pytest.raises(BadRequest, match="missing from the keychain"):
        await found(keychain, store, MESH.entry, "one", NOW)


@pytest.mark.parametrize("name", ["", "  ", "x" * 65, "bell\a"])
async def test_a_name_can_be_read(keychain, store, name):
    with pytest.raises(BadRequest, match="cannot be called"):
        await found(keychain, store, MESH.entry, name, NOW)
