from dataclasses import dataclass, field

import pytest

from closedmesh.control import ShowOwner, UseOwner
from closedmesh.errors import BadRequest, ClosedMeshError
from closedmesh.mesh import owner_keys
from closedmesh.node.identity import OWNER_KEY
from closedmesh.node.owner import do


@dataclass
class Keychain:
    kept: dict = field(default_factory=dict)

    async def get(self, name):
        return self.kept.get(name)

    async def set(self, name, value):
        self.kept[name] = value


@pytest.fixture
def keychain():
    return Keychain()


async def test_the_key_of_one_computer_is_used_on_another(keychain):
    keychain.kept[OWNER_KEY] = "ab" * 32
    other = Keychain()
    await do(UseOwner(await do(ShowOwner(), keychain)), other)
    assert other.kept == keychain.kept


async def test_what_is_no_key_changes_nothing(keychain):
    keychain.kept[OWNER_KEY] = "ab" * 32
    with pytest.raises(BadRequest):
        await do(UseOwner(owner_keys.write(bytes(32))[:-1]), keychain)
    assert keychain.kept[OWNER_KEY] == "ab" * 32


async def test_there_may_be_none_yet(keychain):
    with pytest.raises(ClosedMeshError, match="no owner's key yet"):
        await do(ShowOwner(), keychain)
