"""What tests of the running peer share: an empty store, and a library with small files."""

import pytest

from closedmesh.node.store import Store


@pytest.fixture
def store(tmp_path):
    store = Store.open(tmp_path / "closedmesh.db")
    yield store
    store.close()
