"""Whole peers and a hub: what members give, and what becomes of it when they lie or go away."""

import os
import sys
from pathlib import Path

import pytest

from closedmesh.control import ChangeSettings, PullModel, RemoveModel
from closedmesh.models.blocks import BLOCK
from closedmesh.node import lending as lending_module
from closedmesh.node.fetching import members as members_module
from tests.support.lenders import DATA, SHA, Lenders
from tests.support.small_mesh import until


@pytest.fixture
async def lenders(tmp_path, monkeypatch):
    monkeypatch.setattr(sys, "prefix", str(tmp_path / "nothing"))  # no bundled models
    async with Lenders.running(tmp_path) as lenders:
        yield lenders


def spoil(path, places):
    """Change bytes of a file, unnoticed by who looks at its size and time."""
    before = path.stat()
    with path.open("r+b") as file:
        for place in places:
            file.seek(place)
            file.write(bytes([DATA[place] ^ 1]))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def is_right(path):
    return Path(path).read_bytes() == DATA


async def test_a_file_comes_from_members_without_the_hub(lenders):
    await lenders.giving("one")
    asking = await lenders.asking(1)
    assert is_right(await lenders.fetched(asking))
    assert lenders.from_the_hub == 0


async def test_what_a_liar_gave_is_fetched_from_the_hub_and_it_is_asked_no_more(lenders):
    liar = await lenders.giving("liar")
    (model,) = (await until(liar, lambda status: status.models)).models
    spoil(Path(model.path), [BLOCK + 5])
    asking = await lenders.asking(1)
    assert is_right(await lenders.fetched(asking))
    assert lenders.from_the_hub == len(DATA) + BLOCK  # all it gave, and the wrong block twice

    await asking.do(RemoveModel(SHA))
    lenders.server.served.clear()
    assert is_right(await lenders.fetched(asking))
    assert lenders.from_the_hub == len(DATA)


async def test_what_a_member_that_vanishes_leaves_out_comes_from_the_hub(lenders, monkeypatch):
    giving = await lenders.giving("giving")
    asking = await lenders.asking(1)
    node = (await until(giving, lambda status: status.mesh)).mesh.node
    monkeypatch.setattr(members_module, "BLOCK_LIMIT", 3.0)
    read, reads = lending_module._read, []

    def vanishing(path, start, length):
        reads.append(start)
        if len(reads) == 10:
            lenders.mesh.network.cut(node)
        return read(path, start, length)

    monkeypatch.setattr(lending_module, "_read", vanishing)
    assert is_right(await lenders.fetched(asking))
    assert 0 < lenders.from_the_hub < len(DATA)


async def test_who_stops_sharing_gives_no_more(lenders):
    giving = await lenders.giving("giving", limit=2.0)
    asking = await lenders.asking(1)
    await asking.do(PullModel("known"))
    await until(asking, lambda s: s.downloads and s.downloads[0].landed > 2**20)
    await giving.do(ChangeSettings({"sharing.share": False}))
    assert is_right(await lenders.fetched(asking))
    assert 0 < lenders.from_the_hub < len(DATA)


async def test_who_does_not_want_members_asks_none(lenders):
    await lenders.giving("giving")
    asking = await lenders.asking(1)
    await asking.do(ChangeSettings({"models.from_members": False}))
    assert is_right(await lenders.fetched(asking))
    assert lenders.from_the_hub == len(DATA)
