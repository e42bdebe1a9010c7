import socket

import pytest
from aiohttp.abc import ResolveResult

from closedmesh.errors import AddressRefused, ClosedMeshError
from closedmesh.models.reach import Reach
from closedmesh.node.fetching.source import Trouble
from closedmesh.node.fetching.web import Web
from closedmesh.settings import NetworkSettings
from tests.support.hub_server import PRIVATE, web_to

FILE = "me/model/resolve/main/a.gguf"


@pytest.fixture
def file(server):
    server.add("me/model", "a.gguf", b"x" * 1000)
    return f"{server.base}/{FILE}"


async def text(web, url, token=""):
    async with web.get(url, {}, token=token) as (_, response):
        return await response.read()


async def test_redirects_are_followed_and_the_token_stays_at_the_first_host(web, server, file):
    server.token = "secret"
    assert await text(web, file, "secret") == b"x" * 1000
    assert server.asked == [("hub.test", "Bearer secret"), ("cdn.test", "")]


@pytest.mark.parametrize("place", [*PRIVATE, "http://cdn.test/x", "https://evil.test/x", "//[", ""])
async def test_a_redirect_off_the_list_is_refused_before_anything_is_asked(
    web, server, file, place
):
    server.mischief = lambda request: f"redirect {place}" if place else "round and round"
    with pytest.raises((AddressRefused, Trouble)) as caught:
        await text(web, file)
    assert place == "" or isinstance(caught.value, AddressRefused)
    assert {host for host, _ in server.asked} == {"hub.test"}


async def test_redirects_without_an_end_are_trouble(web, server, file):
    server.mischief = lambda request: "round and round"
    with pytest.raises(Trouble, match="without an end"):
        await text(web, file)
    assert len(server.asked) == 6


async def test_a_certificate_that_nobody_trusts_ends_it(web, server, file):
    server.mischief = lambda request: "bad certificate"
    with pytest.raises(ClosedMeshError, match="certificate is not valid"):
        await text(web, file)


def leading_to(*answers):
    """A resolver that gives other addresses each time."""
    left = list(answers)

    async def lookup(host, port, family):
        address = left.pop(0) if len(left) > 1 else left[0]
        return [
            ResolveResult(
                hostname=host, host=address, port=port, family=socket.AF_INET, proto=0, flags=0
            )
        ]

    return lookup


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.8", "192.168.0.1"])
async def test_a_name_that_leads_into_a_private_network_is_refused(
    server, authority, file, address
):
    """The product's own rule, with a name that is on the list."""
    reach = Reach(server.reach.hosts)
    async with web_to(reach, authority.client(), lookup=leading_to(address)) as web:
        with pytest.raises(AddressRefused, match="not in public"):
            await text(web, file)
    assert server.asked == []


async def test_a_name_that_leads_elsewhere_the_second_time_is_refused_then(server, authority, file):
    """What was checked is what is connected to; a later answer is checked again."""
    reach = Reach(server.reach.hosts, lambda address: str(address) == "127.0.0.1")
    lookup = leading_to("127.0.0.1", "127.0.0.2")
    async with web_to(reach, authority.client(), lookup=lookup) as web:
        with pytest.raises(AddressRefused):
            await text(web, file)
    assert server.asked == [("hub.test", "")]


async def test_a_name_with_one_private_address_among_others_is_refused(server, authority, file):
    async def lookup(host, port, family):
        return [(await leading_to(a)(host, port, family))[0] for a in ("18.164.174.55", "10.0.0.1")]

    async with web_to(Reach(server.reach.hosts), authority.client(), lookup=lookup) as web:
        with pytest.raises(AddressRefused):
            await text(web, file)


async def test_silence_is_given_up_after_a_time(web, server, file):
    server.mischief = lambda request: "stall"
    with pytest.raises(Trouble, match=r"No data for 0 s"):
        await text(web, file)


async def test_a_reply_that_never_ends_is_not_kept(web, server, monkeypatch):
    monkeypatch.setattr("closedmesh.node.fetching.web.MAX_REPLY", 100)
    server.search = b"[" + b" " * 1000 + b"]"
    with pytest.raises(Trouble, match="longer than"):
        await web.read(f"{server.base}/api/models?search=x")


async def test_a_name_that_does_not_exist_is_trouble(server, authority, file):
    async def lookup(host, port, family):
        raise socket.gaierror(socket.EAI_NONAME, "not known")

    async with web_to(server.reach, authority.client(), lookup=lookup) as web:
        with pytest.raises(Trouble, match="could not be found"):
            await text(web, file)


async def test_a_server_that_is_not_there_is_trouble(server, authority, file):
    reach = Reach(("hub.test:1",), server.reach.allows)
    async with web_to(reach, authority.client()) as web:
        with pytest.raises(Trouble, match=r"connection to hub\.test broke"):
            await text(web, "https://hub.test:1/x")


@pytest.mark.parametrize(
    ("proxy", "environment", "expected"),
    [
        (NetworkSettings(proxy="none"), "http://proxy.test:1", False),
        (NetworkSettings(proxy="system"), "http://127.0.0.1:1", True),
        (NetworkSettings(proxy="manual", proxy_address="http://127.0.0.1:1"), "", True),
        (NetworkSettings(proxy="manual"), "http://proxy.test:1", False),
    ],
)
async def test_the_proxy_that_was_chosen_is_asked(
    server, authority, file, monkeypatch, proxy, environment, expected
):
    """Nothing listens at the proxy's address, so a request that goes there breaks."""
    monkeypatch.setenv("https_proxy", environment)
    monkeypatch.delenv("no_proxy", raising=False)
    async with web_to(server.reach, authority.client(), network=proxy) as web:
        if expected:
            with pytest.raises(Trouble, match="broke"):
                await text(web, file)
        else:
            assert await text(web, file) == b"x" * 1000


async def test_a_proxy_that_cannot_be_used_is_an_error_that_hides_its_password(
    server, authority, file
):
    network = NetworkSettings(proxy="manual", proxy_address="socks5://me:secret@proxy.test:1080")
    async with web_to(server.reach, authority.client(), network=network) as web:
        with pytest.raises(ClosedMeshError, match=r"proxy\.test cannot be used") as caught:
            await text(web, file)
    assert "secret" not in str(caught.value)


async def test_a_proxy_may_lie_in_a_private_network_and_what_it_is_asked_for_may_not(
    server, authority, file
):
    """The name of the proxy is resolved without the rule; that of the hub never is."""
    network = NetworkSettings(proxy="manual", proxy_address="http://proxy.test:1")
    asked = []

    async def lookup(host, port, family):
        asked.append(host)
        return await leading_to("127.0.0.1")(host, port, family)

    reach = Reach(server.reach.hosts)
    async with web_to(reach, authority.client(), lookup=lookup, network=network) as web:
        with pytest.raises(Trouble, match="broke"):
            await text(web, file)
    assert asked == ["proxy.test"]


def test_the_product_has_no_way_to_allow_private_addresses():
    """What the program starts with is the rule itself; no setting and no variable changes it."""
    assert Reach().allows.__name__ == "is_public"
    assert Web.__init__.__kwdefaults__["tls"] is None
