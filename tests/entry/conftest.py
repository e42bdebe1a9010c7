"""What tests of an entry share: an entry of the example mesh with an empty database."""

import pytest

from closedmesh.entry.admission import Admission
from closedmesh.entry.authority import Authority
from closedmesh.entry.invitations import Invitations
from closedmesh.entry.ledger_file import LedgerFile
from closedmesh.entry.register import Register
from closedmesh.entry.revoking import Revoking
from closedmesh.mesh.messages import MeshInfo
from closedmesh.node.membership import Member, Membership
from closedmesh.node.store import Store
from tests.support.clock import FakeClock
from tests.support.mesh import MESH, NOW
from tests.support.phrases import phrases, words

__all__ = ["phrases", "words"]


@pytest.fixture
def clock():
    return FakeClock(NOW)


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "closedmesh.db")
    yield store
    store.close()


@pytest.fixture
def authority():
    return Authority(MESH.mesh, MESH.name, MESH.entry, MESH.entry_credential, MESH.key)


@pytest.fixture
def ledger(tmp_path):
    ledger = LedgerFile.open(tmp_path / "ledger.db")
    yield ledger
    ledger.close()


@pytest.fixture
def membership(store, clock):
    membership = Membership(store, clock)
    membership.become(Member(MeshInfo(MESH.mesh, MESH.name, ()), MESH.entry_credential))
    return membership


@pytest.fixture
def register(store, clock):
    return Register(store, MESH.entry.node, clock)


@pytest.fixture
def invitations(store, register, authority, clock):
    return Invitations(store, register, authority, clock, lambda: (MESH.address,))


@pytest.fixture
def admission(store, register, authority, membership, clock):
    return Admission(store, register, authority, membership, clock, lambda: (MESH.address,))


@pytest.fixture
def revoking(store, register, authority, membership, clock):
    return Revoking(store, register, authority, membership, clock)
