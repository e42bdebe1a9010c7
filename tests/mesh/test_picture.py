import pytest

from closedmesh.mesh.picture import Link, Way


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (Link(Way.DIRECT, 12.3), "direct, 12 ms"),
        (Link(Way.DIRECT, 0.4), "direct, below 1 ms"),
        (Link(Way.RELAY, 84.0), "through a relay, 84 ms"),
        (Link(Way.RELAY), "through a relay"),
    ],
)
def test_a_link_in_words(link, words):
    assert link.words == words
