"""Peers behind routers meet: iroh, our relay and addresses that the entry observed."""

import pytest

from tests.support.nat_lab import Lab, Nat, missing
from tests.support.nat_peer import RELAY, start_pair

pytestmark = pytest.mark.skipif(missing() is not None, reason=f"no NAT laboratory: {missing()}")


def final_path(peer, wanted, tries=10):
    """The path that is taken after a while; the right one often at once."""
    path = None
    for _ in range(tries):
        path = peer.ask("measure", seconds=0.5)["paths"][-1][1]
        if path.startswith("http") == (wanted == "relayed"):
            return wanted
    return path


@pytest.mark.parametrize(
    ("nat_b", "wanted"), [(Nat.CONE, "direct"), (Nat.SYMMETRIC, "relayed")], ids=str
)
def test_two_homes_meet_directly_where_routers_allow_it(nat_b, wanted):
    with Lab(Nat.CONE, nat_b) as lab:
        a, b = start_pair(lab, RELAY)

        assert a.ask("dial", peer=b.hello["peer"], addresses=[])["met"]
        assert final_path(a, wanted) == wanted


def test_two_homes_meet_without_a_relay_when_both_dial():
    with Lab(Nat.CONE, Nat.CONE) as lab:
        a, b = start_pair(lab, None)

        b.tell("dial", peer=a.hello["peer"], addresses=a.hello["seen_at"])
        assert a.ask("dial", peer=b.hello["peer"], addresses=b.hello["seen_at"])["met"]
        assert final_path(a, "direct") == "direct"


def test_a_home_without_udp_is_served_through_the_relay():
    with Lab(Nat.CONE, Nat.CONE) as lab:
        lab.drop_udp("a")
        a, b = start_pair(lab, RELAY)

        assert a.ask("dial", peer=b.hello["peer"], addresses=[])["met"]
        assert final_path(a, "relayed") == "relayed"
