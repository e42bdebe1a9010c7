import sys

import pytest

from closedmesh.host.network_linux import meaning, metered


@pytest.mark.parametrize(
    ("value", "answer"), [(0, None), (1, True), (2, False), (3, True), (4, False), ("x", None)]
)
def test_networkmanagers_numbers_mean_what_it_documents(value, answer):
    assert meaning(value) is answer


@pytest.mark.skipif(sys.platform != "linux", reason="a bus of Linux")
def test_networkmanager_is_asked(bus):
    assert metered() is None
    with bus.service("org.freedesktop.NetworkManager", {"Metered": ("v", (("u", 3),))}):
        assert metered() is True
