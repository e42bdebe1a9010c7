"""A hub on this computer, and a client that finds it."""

import pytest

from closedmesh.node.clock import SystemClock
from closedmesh.node.fetching.hub import Hub
from tests.support.certificates import Authority
from tests.support.hub_server import HubServer, web_to


@pytest.fixture(scope="session")
def authority(tmp_path_factory):
    return Authority.make(tmp_path_factory.mktemp("authority"))


@pytest.fixture
async def server(authority):
    async with HubServer(authority).running() as server:
        yield server


@pytest.fixture
async def web(server, authority):
    async with web_to(server.reach, authority.client(), stall=0.2) as web:
        yield web


@pytest.fixture
def hub(web, server):
    server.given_token = ""
    return Hub(web, lambda: server.base, lambda: server.given_token, SystemClock())
