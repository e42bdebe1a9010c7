import pytest

from closedmesh.host.network_linux import meaning


@pytest.mark.parametrize(
    ("value", "answer"), [(0, None), (1, True), (2, False), (3, True), (4, False), ("x", None)]
)
def test_networkmanagers_numbers_mean_what_it_documents(value, answer):
    assert meaning(value) is answer
