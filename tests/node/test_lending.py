"""Which files a whole peer gives to whom, and in which steps."""

import sys

import pytest

from closedmesh.control import ChangeSettings
from closedmesh.mesh.faults import RefusalCode
from closedmesh.mesh.lending import FILE_PIECE, FileBytes, FileRead, ReadFile
from closedmesh.node import lending as lending_module
from closedmesh.node.talk import PeerRefused, talking
from tests.support.lenders import DATA, SHA, Lenders
from tests.support.small_mesh import until


@pytest.fixture
async def open_lenders(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nothing"))  # no bundled models
    return lambda licence="MIT": Lenders.running(tmp_path, licence)


async def read(asking, giving, start, length, sha256=SHA):
    """What a peer gives of a file, in pieces."""
    node = (await until(giving, lambda status: status.mesh)).mesh.node
    peer = await asking.mesh.roads.reach(node)
    pieces = []
    async with talking(await peer.connection.open(), opener=True) as talk:
        await talk.send(ReadFile(sha256, start, length))
        while sum(map(len, pieces)) < length:
            pieces.append((await talk.expect(FileBytes)).data)
        await talk.expect(FileRead)
    return pieces


async def refused(*wanted, **more):
    with pytest.raises(PeerRefused) as caught:
        await read(*wanted, **more)
    return caught.value.code


async def test_bytes_are_given_in_pieces_and_counted_as_sent(open_lenders):
    async with open_lenders() as lenders:
        giving = await lenders.giving("giving")
        asking = await lenders.asking(1)
        pieces = await read(asking, giving, 1000, FILE_PIECE + 5)
        assert [len(piece) for piece in pieces] == [FILE_PIECE, 5]
        assert b"".join(pieces) == DATA[1000 : 1005 + FILE_PIECE]


async def test_what_is_not_there_or_not_wanted_is_refused(open_lenders, monkeypatch):
    async with open_lenders() as lenders:
        giving = await lenders.giving("giving")
        asking = await lenders.asking(1)
        assert await refused(asking, giving, len(DATA) - 5, 6) is RefusalCode.BAD_REQUEST
        other = await refused(asking, giving, 0, 1, sha256="ab" * 32)
        assert other is RefusalCode.NO_SUCH_MODEL
        monkeypatch.setattr(lending_module, "AT_ONCE", 0)
        assert await refused(asking, giving, 0, 1) is RefusalCode.BUSY
        await giving.do(ChangeSettings({"sharing.files_limit": 0.0}))
        assert await refused(asking, giving, 0, 1) is RefusalCode.NOT_SHARING


async def test_a_licence_that_does_not_allow_it_keeps_a_file_here(open_lenders):
    async with open_lenders("Gemma") as lenders:
        giving = await lenders.giving("giving")
        asking = await lenders.asking(1)
        assert await refused(asking, giving, 0, 1) is RefusalCode.NO_SUCH_MODEL


async def test_who_does_not_share_gives_nothing(open_lenders):
    async with open_lenders() as lenders:
        giving = await lenders.giving("giving")
        asking = await lenders.asking(1)
        await giving.do(ChangeSettings({"sharing.share": False}))
        assert await refused(asking, giving, 0, 1) is RefusalCode.NOT_SHARING
