"""What every network promises, of the real one and of the one that stands for it in tests."""

import asyncio
import os
from contextlib import AsyncExitStack

import pytest
from msgspec import structs

from closedmesh.mesh.ids import NodeId
from closedmesh.mesh.signing import PrivateKey
from closedmesh.node.clock import SystemClock
from closedmesh.node.iroh import open_iroh
from closedmesh.node.transport import (
    MAX_STREAMS,
    ConnectionLost,
    Listen,
    StreamReset,
    Unreachable,
)
from tests.support.network import FakeNetwork

LOOPBACK = Listen(("127.0.0.1:0", "[::1]:0"))


@pytest.fixture(params=["fake", "iroh"])
async def ends(request):
    """Two peers of one network."""
    async with AsyncExitStack() as stack:
        if request.param == "iroh":
            yield [
                await stack.enter_async_context(open_iroh(os.urandom(32), LOOPBACK))
                for _ in range(2)
            ]
        else:
            network = FakeNetwork(SystemClock())
            nodes = [PrivateKey(os.urandom(32)).node for _ in range(2)]
            yield [stack.enter_context(network.peer(node)) for node in nodes]


@pytest.fixture
async def connected(ends):
    """Both ends of a connection."""
    asking, answering = ends
    there = await asking.dial(answering.address())
    return there, await answering.accept()


@pytest.fixture
async def stream(connected):
    """Both ends of a stream that has said "hello"."""
    return await begin(*connected)


async def begin(there, here):
    ours = await there.open()
    await ours.write(b"hello")
    theirs = await here.accept()
    assert await exactly(theirs, 5) == b"hello"
    return ours, theirs


async def exactly(stream, size):
    data = b""
    while len(data) < size:
        part = await stream.read()
        assert part
        data += part
    assert len(data) == size
    return data


async def test_both_ends_know_each_others_proven_key(ends, connected):
    asking, answering = ends
    there, here = connected
    assert (there.peer, here.peer) == (answering.node, asking.node)
    assert (there.dialled, here.dialled) == (True, False)
    assert there.path().direct


async def test_a_peer_with_another_key_is_not_connected(ends):
    asking, answering = ends
    somebody = PrivateKey(os.urandom(32)).node
    with pytest.raises(Unreachable):
        await asking.dial(structs.replace(answering.address(), node=somebody))


async def test_bytes_go_both_ways_and_end_each_way_alone(stream):
    ours, theirs = stream
    await theirs.write(b"answer")
    assert await exactly(ours, 6) == b"answer"
    await ours.finish()
    assert await theirs.read() == b""
    await theirs.write(b"still here")
    assert await exactly(ours, 10) == b"still here"


async def test_a_reset_is_seen_by_reader_and_writer(stream):
    ours, theirs = stream
    await ours.reset(42)
    await ours.reset(42)
    with pytest.raises(StreamReset) as read:
        await theirs.read()
    with pytest.raises(StreamReset) as written:
        await written_until_refused(theirs)
    assert (read.value.code, written.value.code) == (42, 42)


async def written_until_refused(stream):
    """The news of a reset travels too: a write may still go through before it."""
    while True:
        await stream.write(b"more")
        await asyncio.sleep(0)


async def test_other_streams_go_on_after_a_reset(connected):
    first, _ = await begin(*connected)
    ours, theirs = await begin(*connected)
    await first.reset(1)
    await theirs.write(b"yes")
    assert await exactly(ours, 3) == b"yes"


async def test_a_closed_connection_ends_everything_on_both_sides(connected, stream):
    there, here = connected
    ours, theirs = stream
    there.close(7, "enough")
    for broken in (theirs.read(), ours.read(), here.accept(), there.accept(), there.open()):
        with pytest.raises(ConnectionLost):
            await broken
    with pytest.raises(ConnectionLost):
        await written_until_refused(theirs)


async def test_a_reader_that_does_not_read_holds_up_its_writer_only(connected):
    ours, theirs = await begin(*connected)
    other, its = await begin(*connected)

    async def flood():
        for _ in range(64):
            await ours.write(bytes(65536))

    flooding = asyncio.ensure_future(flood())
    await other.write(b"ping")
    assert await exactly(its, 4) == b"ping"
    await asyncio.wait([flooding], timeout=0.1)
    assert not flooding.done()
    assert await exactly_many(theirs, 64 * 65536)
    await flooding


async def exactly_many(stream, size):
    while size > 0:
        size -= len(await stream.read())
    return size == 0


async def test_a_cancelled_read_loses_nothing(stream):
    ours, theirs = stream
    for _ in range(20):
        reading = asyncio.ensure_future(theirs.read())
        await asyncio.sleep(0)
        reading.cancel()
        await asyncio.wait([reading])
    await ours.write(b"whole")
    assert await exactly(theirs, 5) == b"whole"


async def test_streams_towards_a_peer_are_limited(connected):
    there, here = connected
    held = [await begin(there, here) for _ in range(MAX_STREAMS)]
    more = asyncio.ensure_future(there.open())
    await asyncio.wait([more], timeout=0.05)
    assert not more.done()
    for ours, theirs in held[: MAX_STREAMS // 4]:
        await ours.reset(1)
        await theirs.reset(1)
    await more


@pytest.mark.parametrize("end", ["finished", "reset"])
async def test_streams_that_are_over_make_room_for_others(connected, end):
    for _ in range(MAX_STREAMS + 10):
        ours, theirs = await begin(*connected)
        if end == "finished":
            await ours.finish()
            await theirs.finish()
            assert (await ours.read(), await theirs.read()) == (b"", b"")
        else:
            await ours.reset(1)
            with pytest.raises(StreamReset):
                await theirs.read()
            await theirs.reset(1)


def test_ids_are_what_the_signatures_use():
    key = PrivateKey(bytes(range(32)))
    assert key.node == NodeId("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8")
