import pytest

from closedmesh.mesh.addresses import Address, socket_address, split_socket_address
from tests.support.mesh import MEMBER


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("192.0.2.1:4433", ("192.0.2.1", 4433)),
        ("[2001:db8::1]:1", ("2001:db8::1", 1)),
    ],
)
def test_an_address_is_split_and_joined(text, parts):
    assert split_socket_address(text) == parts
    assert socket_address(*parts) == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "192.0.2.1",
        "192.0.2.1:",
        "192.0.2.1:0",
        "192.0.2.1:65536",
        "192.0.2.1:+1",
        "192.0.2.1:٣",
        "192.0.2.1:1e3",
        "example.org:443",
        "2001:db8::1:443",
        "[192.0.2.1]:443",
        ":443",
    ],
)
def test_what_is_no_address_is_refused(text):
    with pytest.raises(ValueError, match=r"\S"):
        Address(MEMBER.node, (text,))


def test_a_relay_is_a_web_address():
    assert Address(MEMBER.node, relay="https://relay.example/").relay
    with pytest.raises(ValueError, match="relay"):
        Address(MEMBER.node, relay="file:///etc/passwd")
