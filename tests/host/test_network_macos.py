import pytest

from closedmesh.host.network_macos import meaning, metered


@pytest.mark.parametrize(
    ("addresses", "answer"),
    [
        (("127.0.0.1", "172.20.10.4"), True),
        (("172.20.10.16",), None),
        (("192.168.1.7", "10.0.0.1"), None),
        ((), None),
    ],
)
def test_a_phone_that_shares_its_connection_is_known_by_its_addresses(addresses, answer):
    assert meaning(addresses) is answer


def test_this_computer_can_be_asked():
    assert metered() in (None, True)
