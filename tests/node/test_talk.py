import asyncio

import pytest

from closedmesh.mesh.faults import LocalProtocolError, RefusalCode, RemoteProtocolError
from closedmesh.mesh.messages import Ping, Pong, Pull, Refused
from closedmesh.node import talk as talks
from closedmesh.node.talk import PeerRefused, ask_once, refuse, talking
from closedmesh.node.transport import ConnectionLost, StreamReset
from tests.support.clock import FakeClock, settle
from tests.support.mesh import MEMBER, OTHER
from tests.support.network import FakeNetwork


@pytest.fixture
async def ends():
    network = FakeNetwork(FakeClock())
    with network.peer(MEMBER.node) as one, network.peer(OTHER.node) as two:
        there = await one.dial(two.address())
        yield there, await two.accept()


async def answer(here, *messages):
    async with talking(await here.accept(), opener=False) as talk:
        await talk.receive()
        for message in messages:
            await talk.send(message)


async def test_one_question_one_answer(ends):
    there, here = ends
    answering = asyncio.ensure_future(answer(here, Pong(7)))
    assert await ask_once(there, Ping(7), Pong) == Pong(7)
    await answering


async def test_a_refusal_is_raised_with_its_time_in_seconds(ends):
    there, here = ends
    answering = asyncio.ensure_future(answer(here, Refused(RefusalCode.BUSY, "Full.", 1500)))
    with pytest.raises(PeerRefused, match="Full") as refused:
        await ask_once(there, Ping(), Pong)
    assert (refused.value.code, refused.value.retry_after) == (RefusalCode.BUSY, 1.5)
    await answering


async def test_an_exchange_that_is_left_early_is_given_up(ends):
    there, here = ends
    async with talking(await there.open(), opener=True) as talk:
        await talk.send(Pull())
    stream = await here.accept()
    with pytest.raises(StreamReset):
        await stream.read()


async def test_what_may_not_be_said_is_not_sent(ends):
    there, here = ends
    answering = asyncio.ensure_future(answer(here, Ping()))
    with pytest.raises(StreamReset):
        await ask_once(there, Ping(), Pong)
    with pytest.raises(LocalProtocolError):
        await answering


async def test_an_end_is_no_answer(ends):
    there, here = ends

    async def end():
        await (await here.accept()).finish()

    ending = asyncio.ensure_future(end())
    with pytest.raises(RemoteProtocolError):
        await ask_once(there, Ping(), Pong)
    await ending


async def test_a_peer_that_reads_nothing_is_not_waited_for(ends, monkeypatch):
    monkeypatch.setattr(talks, "WRITE_LIMIT", 0.05)
    there, _ = ends
    stream = await there.open()
    async with talking(stream, opener=True) as talk:
        await stream.write(bytes(2_000_000))
        with pytest.raises(ConnectionLost, match="read nothing"):
            await talk.send(Pull())


async def test_a_refusal_that_comes_too_late_is_not_said(ends):
    there, here = ends
    asking = asyncio.ensure_future(ask_once(there, Ping(), Pong))
    async with talking(await here.accept(), opener=False) as talk:
        await talk.receive()
        await talk.send(Pong())
        await refuse(talk, Refused(RefusalCode.FAILED))
    await settle()
    assert await asking == Pong()
