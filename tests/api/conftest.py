"""A real server on a real port, with a peer in memory behind it."""

from dataclasses import dataclass, field

import aiohttp
import openai
import pytest

from closedmesh.api.remote import Remote
from closedmesh.api.server import serve
from closedmesh.settings import ApiSettings
from tests.support.control import FakeControl

KEY = "cm-key-of-the-owner"


@dataclass
class Owner:
    """What the owner chose; tests change it while the server runs."""

    key: str = KEY
    settings: ApiSettings = field(default_factory=ApiSettings)
    opened: list[str] = field(default_factory=list)

    def serve(self, control, port=0):
        return serve(
            control,
            port=port,
            settings=lambda: self.settings,
            key=lambda: self.key,
            on_open=self.opened.append,
        )


@pytest.fixture
def control():
    return FakeControl()


@pytest.fixture
def owner():
    return Owner()


@pytest.fixture
async def address(control, owner):
    async with owner.serve(control) as address:
        yield address


@pytest.fixture
async def http(address):
    """A program with the key that is not OpenAI's client."""
    headers = {"Authorization": f"Bearer {KEY}"}
    async with aiohttp.ClientSession(address, headers=headers) as session:
        yield session


@pytest.fixture
async def client(address):
    async with openai.AsyncOpenAI(
        base_url=f"{address}/v1", api_key=KEY, max_retries=0, timeout=10
    ) as client:
        yield client


@pytest.fixture
async def remote(address):
    async with Remote(address, KEY) as remote:
        yield remote
