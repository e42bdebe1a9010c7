import asyncio
import logging
import socket

import aiohttp
import pytest

from closedmesh.api import server
from closedmesh.errors import ClosedMeshError
from tests.api.conftest import KEY, Owner
from tests.support.control import FakeControl


def port_of(address):
    return int(address.rpartition(":")[2])


async def test_the_address_is_given_and_told(owner):
    async with owner.serve(FakeControl()) as address:
        assert owner.opened == [address]
        assert address.startswith("http://127.0.0.1:")


async def test_the_next_port_is_taken_when_one_is_in_use(owner):
    headers = {"Authorization": f"Bearer {KEY}"}
    async with (
        owner.serve(FakeControl()) as first,
        owner.serve(FakeControl(), port=port_of(first)) as second,
        aiohttp.ClientSession(second, headers=headers) as session,
        session.get("/v1/models") as response,
    ):
        assert port_of(first) < port_of(second) < port_of(first) + server.PORTS
        assert response.status == 200


async def test_a_port_is_free_again_after_the_end(owner):
    async with owner.serve(FakeControl()) as first:
        pass
    async with owner.serve(FakeControl(), port=port_of(first)) as second:
        assert first == second


async def test_no_free_port_is_said_with_figures(owner, monkeypatch):
    monkeypatch.setattr(server, "PORTS", 1)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ClosedMeshError, match=f"{port} to {port}"):
            async with owner.serve(FakeControl(), port=port):
                raise AssertionError("must not open")


async def test_only_loopback_is_bound(owner):
    async with owner.serve(FakeControl()) as address:
        with pytest.raises(OSError, match="refused"):
            socket.create_connection(("127.0.0.2", port_of(address)), timeout=1).close()


@pytest.mark.timeout(10)
async def test_the_end_cancels_open_answers_and_waits_for_them(owner):
    control = FakeControl(gate=asyncio.Event())
    headers = {"Authorization": f"Bearer {KEY}"}
    body = {"messages": [{"role": "user", "content": "Hello?"}], "stream": True}
    async with aiohttp.ClientSession(headers=headers) as session:
        async with owner.serve(control) as address:
            answer = await session.post(f"{address}/v1/chat/completions", json=body)
            events = await session.get(f"{address}/api/events")
            await answer.content.readline()
            await events.content.readline()
        assert control.cancelled == 1
        for response in (answer, events):
            with pytest.raises(aiohttp.ClientPayloadError):
                await response.read()


async def test_a_fault_of_ours_is_a_500_and_the_log_does_not_quote_it(caplog):
    class Broken(FakeControl):
        async def do(self, command):
            raise ValueError(" ".join(("secret", "prompt")))

    owner = Owner()
    headers = {"Authorization": f"Bearer {KEY}"}
    async with (
        owner.serve(Broken()) as address,
        aiohttp.ClientSession(headers=headers) as session,
        session.post(f"{address}/api/control/show-key") as response,
    ):
        assert response.status == 500
        text = await response.text()

    assert "secret prompt" not in text + caplog.text
    assert [r.levelno for r in caplog.records if r.levelno >= logging.WARNING] == [logging.ERROR]
