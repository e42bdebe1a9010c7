from dataclasses import replace

import pytest
from msgspec import structs

from closedmesh.entry.authority import MESH_KEY, Signing, found
from closedmesh.errors import BadRequest, InviteRefused, MeshUnreachable
from closedmesh.host.paths import Paths
from closedmesh.host.secrets import Secrets
from closedmesh.mesh import invites
from closedmesh.mesh.membership import Certificate, Revocations, Scope, authorise
from closedmesh.mesh.messages import MeshInfo
from closedmesh.mesh.signing import peek
from closedmesh.node.identity import Identity
from closedmesh.node.membership import Member, Membership
from tests.support.clock import FakeClock
from tests.support.mesh import MESH, NOW, ExampleMesh
from tests.support.network import FakeNetwork


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


@pytest.fixture
async def signing(keychain, store, clock):
    identity = Identity.of(bytes(32))
    membership = Membership(store, clock)
    return Signing(identity, keychain, store, membership, clock, FakeNetwork(clock).open)


def admit(signing, scope=Scope.ENTRY):
    """What an invite that was used leaves behind."""
    node = signing.identity.node
    entry = MESH.make_entry(signing.identity.key)
    credential = entry if scope is Scope.ENTRY else MESH.credential(node, scope)
    info = MeshInfo(MESH.mesh, MESH.name, (MESH.address,))
    signing.membership.become(Member(info, credential))


async def test_a_home_that_founded_a_mesh_needs_no_name_again(signing):
    founded = await signing.authority("mine", None)

    assert (await signing.authority(None, None)).mesh == founded.mesh
    assert founded.root.node == founded.mesh


async def test_a_home_that_was_admitted_is_an_entry_without_the_mesh_key(signing, keychain):
    admit(signing)
    authority = await signing.authority(None, None)

    assert (authority.mesh, authority.name, authority.root) == (MESH.mesh, MESH.name, None)
    assert await keychain.get(MESH_KEY) is None
    with pytest.raises(BadRequest, match="is the entry of the mesh 'example'"):
        await signing.authority("other", None)


async def test_a_member_is_no_entry(signing):
    admit(signing, Scope.SHARE)

    with pytest.raises(BadRequest, match="not an entry of a mesh yet"):
        await signing.authority(None, None)


async def test_an_invite_for_members_makes_no_entry(signing, monkeypatch):
    link = invites.write(MESH.invite(), MESH.entry)
    monkeypatch.setenv("CLOSEDMESH_INVITE", link)

    with pytest.raises(InviteRefused, match="for members"):
        await signing.authority(None, None)
    with pytest.raises(InviteRefused, match="for members"):
        await signing.authority(None, link)


async def test_a_member_of_another_mesh_becomes_no_entry(signing):
    admit(signing, Scope.SHARE)
    foreign = ExampleMesh("foreign")
    invite = structs.replace(foreign.invite(), scope=Scope.ENTRY, uses=1)

    with pytest.raises(BadRequest, match="belongs to the mesh 'example'"):
        await signing.authority(None, invites.write(invite, foreign.entry))


async def test_no_entry_is_made_while_nobody_answers(signing):
    class NoTime(FakeClock):
        async def sleep(self, seconds):
            return None

    invite = structs.replace(MESH.invite(), scope=Scope.ENTRY, uses=1)
    hurried = replace(signing, opener=FakeNetwork(NoTime(NOW)).open)

    with pytest.raises(MeshUnreachable):
        await hurried.authority(None, invites.write(invite, MESH.entry))
