from hypothesis import given
from hypothesis import strategies as st

from closedmesh.mesh.addresses import MAX_DIRECT, Address, socket_address
from closedmesh.mesh.meeting import passed_on
from tests.support.mesh import MEMBER

SEEN = "203.0.113.10:40000"


def passed(*direct, seen=SEEN):
    return passed_on(Address(MEMBER.node, direct, "http://relay.example"), seen)


def test_where_the_entry_sees_a_peer_comes_first():
    assert passed("192.168.1.4:9000").direct == (SEEN, "192.168.1.4:9000")
    assert passed("192.168.1.4:9000", SEEN).direct == (SEEN, "192.168.1.4:9000")


def test_nobody_can_have_strangers_dialled():
    claimed = ("198.51.100.7:53", "[2001:4860::1]:443", "127.0.0.1:22", "169.254.1.1:80")

    assert passed(*claimed).direct == (SEEN,)
    assert passed(*claimed, seen=None).direct == ()


def test_other_ports_of_the_same_host_and_the_home_network_are_believed():
    claimed = ("203.0.113.10:41000", "10.0.0.5:1", "[fd00::1]:2")

    assert passed(*claimed).direct == (SEEN, *claimed)


def test_the_relay_is_passed_on():
    assert passed().relay == "http://relay.example"


@given(
    st.lists(
        st.builds(socket_address, st.ip_addresses().map(str), st.integers(1, 65535)),
        max_size=MAX_DIRECT,
    ),
    st.none() | st.just(SEEN),
)
def test_what_is_passed_on_is_an_address(direct, seen):
    address = passed_on(Address(MEMBER.node, tuple(direct)), seen)

    assert len(address.direct) <= MAX_DIRECT
    assert len(set(address.direct)) == len(address.direct) or len(set(direct)) < len(direct)
