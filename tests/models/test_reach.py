from ipaddress import ip_address

import pytest

from closedmesh.errors import AddressRefused
from closedmesh.models.reach import HUB, Reach, is_public, with_mirror

REACH = Reach()


@pytest.mark.parametrize(
    "url",
    [
        HUB,
        f"{HUB}/a/b/resolve/main/c.gguf",
        "https://cdn-lfs.hf.co/x?sig=1",
        "https://cas-bridge.xethub.hf.co/x",
        "https://huggingface.co:443/x",
        "https://huggingface.co./x",
    ],
)
def test_the_hub_and_where_it_sends_us_may_be_asked(url):
    assert REACH.check(url).scheme == "https"


@pytest.mark.parametrize(
    "url",
    [
        "http://huggingface.co/x",
        "https://huggingface.co.evil.test/x",
        "https://evilhuggingface.co/x",
        "https://hf.co/x",
        "https://.hf.co/x",
        "https://huggingface.co@evil.test/x",
        "https://user:secret@huggingface.co/x",
        "https://huggingface.co:8443/x",
        "https://127.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest/meta-data",
        "file:///etc/passwd",
        "ftp://huggingface.co/x",
        "https:///x",
        "",
        "https://[/x",
        "https://huggingface.co:99999/x",
    ],
)
def test_nothing_else_is_asked(url):
    with pytest.raises(AddressRefused):
        REACH.check(url)


def test_a_refusal_never_shows_what_stands_behind_a_question_mark():
    with pytest.raises(AddressRefused) as caught:
        REACH.check("https://evil.test/x?token=secret")
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1", "10.0.0.1", "172.16.5.5", "192.168.1.1", "169.254.169.254", "100.64.0.1",
        "0.0.0.0", "224.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1",
        "::1", "::", "fe80::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1",
        "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::", "2002:a9fe:a9fe::",
        "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2001:0:0:0:0:0:80ff:fffe",
    ],
)  # fmt: skip
def test_an_address_that_is_not_in_public_is_refused(address):
    assert not is_public(ip_address(address))
    with pytest.raises(AddressRefused, match="not in public"):
        REACH.check_address("huggingface.co", address)


@pytest.mark.parametrize("address", ["18.164.174.55", "2600:9000:2000::1", "64:ff9b::12a4:ae37"])
def test_an_address_in_public_is_allowed(address):
    REACH.check_address("huggingface.co", address)


@pytest.mark.parametrize("text", ["", "nonsense", "300.1.1.1", "fe80::1%eth0"])
def test_what_is_no_address_is_refused(text):
    with pytest.raises(AddressRefused):
        REACH.check_address("huggingface.co", text)


def test_a_mirror_may_be_asked_too_and_private_addresses_stay_refused():
    reach = with_mirror(REACH, "https://mirror.example:8443/hf")
    assert reach.check("https://mirror.example:8443/hf/x")
    assert reach.check(HUB)
    with pytest.raises(AddressRefused):
        reach.check("https://mirror.example/x")
    with pytest.raises(AddressRefused):
        reach.check_address("mirror.example", "10.1.1.1")


@pytest.mark.parametrize(
    "mirror", ["http://mirror.example", "mirror.example", "https://*.x", "https://["]
)
def test_what_is_no_mirror_is_refused(mirror):
    with pytest.raises(AddressRefused):
        with_mirror(REACH, mirror)


def test_without_a_mirror_nothing_changes():
    assert with_mirror(REACH, "") is REACH
