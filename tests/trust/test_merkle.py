import pytest
from hypothesis import given
from hypothesis import strategies as st

from closedmesh.trust.merkle import Tree, root_of

LEAVES = st.lists(st.binary(max_size=20), min_size=1, max_size=40)


@given(LEAVES)
def test_every_leaf_leads_to_the_root(leaves):
    tree = Tree(leaves)
    for place, leaf in enumerate(leaves):
        assert root_of(leaf, place, len(leaves), tree.path(place)) == tree.root


@given(LEAVES, st.data())
def test_another_leaf_or_place_does_not(leaves, data):
    tree, place = Tree(leaves), data.draw(st.integers(0, len(leaves) - 1))
    path = tree.path(place)
    assert root_of(leaves[place] + b"x", place, len(leaves), path) != tree.root


@pytest.mark.parametrize("path", [(), (bytes(32),) * 3])
def test_a_path_has_one_length(path):
    with pytest.raises(ValueError, match="a proof is too"):
        root_of(b"a", 0, 4, path)


def test_there_is_no_place_outside():
    with pytest.raises(ValueError, match="has none"):
        root_of(b"a", 4, 4, (bytes(32),) * 2)
