"""Answers that do not come to their end: what was acknowledged of them is paid, once."""

import asyncio
from contextlib import aclosing

import pytest
from msgspec import structs

from closedmesh.control import ListReceipts, OpenReceipt, VerifyLedger, VerifyReceipts
from closedmesh.errors import MeshUnreachable
from closedmesh.mesh.signing import seal
from closedmesh.models.chat import Piece
from closedmesh.node import claiming, peers, telling
from closedmesh.trust.book import Side, State
from closedmesh.trust.credits import Progress
from closedmesh.trust.vouchers import read_voucher
from tests.scenarios.test_credits import balances, settled
from tests.scenarios.test_receipts import lines, pair
from tests.support.mesh import key
from tests.support.small_mesh import PATIENCE, ask, question, said, until

MANY = " ".join(["word"] * 300)
"""Each word is a token; a voucher is due after 256, or sooner because the prompt counts too."""


@pytest.fixture(autouse=True)
def often(monkeypatch):
    monkeypatch.setattr(claiming, "EVERY", 0.5)


@pytest.fixture
def mesh(mesh):
    """One whose heads are signed when a test wants it."""
    mesh.settler.close_if_due = lambda: False
    return mesh


def told(node):
    """Set once a peer has kept a voucher."""
    accounts, arrived = node.mesh._accounts, asyncio.Event()
    honest = accounts.acknowledged

    def acknowledged(*work):
        tokens = honest(*work)
        arrived.set()
        return tokens

    accounts.acknowledged = acknowledged
    return arrived


async def leave_after(node, text, count, arrived=None):
    """Ask, and go away once so many tokens are there, and a voucher for them has arrived."""
    seen = 0
    async with asyncio.timeout(PATIENCE), aclosing(node.ask(question(text))) as events:
        async for event in events:
            seen += isinstance(event, Piece)
            if seen == count:
                if arrived:
                    await arrived.wait()
                return


async def test_an_asker_that_goes_away_has_paid_for_what_it_acknowledged(mesh):
    sharing, asking = await pair(mesh)
    await leave_after(asking, f"hold {MANY} / the rest", 300, told(sharing))

    (there,), (here,) = await lines(sharing, 1), await lines(asking, 1)
    assert there.state is here.state is State.ACKNOWLEDGED
    assert there.completion_tokens == here.completion_tokens > 300 - 256
    assert there.amount == here.amount > 0
    await until(sharing, lambda status: not sharing.mesh._credits.to_claim()[1])
    head = await settled(mesh, sharing, asking)

    assert head.issued == there.amount == (await sharing.do(ListReceipts()))[0].settled
    for node in (sharing, asking):
        (line,) = await node.do(ListReceipts())
        assert line.progress == Progress.SETTLED
        assert all(test.ok for test in (await node.do(OpenReceipt(line.number))).tests)
        assert (await node.do(VerifyReceipts())).problems == ()
    whole = await mesh.entry.do(VerifyLedger())
    assert (whole.receipts, whole.acknowledged, whole.problems) == (1, 1, ())
    assert sum(balances(mesh).values()) == 0
    assert b"word" not in b"".join(body for _, body, _ in mesh.settler.ledger.events())


async def test_after_the_last_word_no_voucher_is_left(mesh):
    sharing, asking = await pair(mesh)
    assert said(await ask(asking, f"echo {MANY}")).split() == MANY.split()
    for node in (sharing, asking):
        (line,) = await lines(node, 1)
        assert (line.state, line.completion_tokens) == (State.AGREED, 300)
        assert node.mesh._accounts.vouchers.open() == []


async def test_the_last_voucher_stands_in_for_a_countersignature_that_never_comes(mesh):
    sharing, asking = await pair(mesh)
    received = asking.mesh._accounts.received
    asking.mesh._accounts.received = lambda *work: received(*work) and None
    await ask(asking, f"echo {MANY}")
    assert (await lines(sharing, 1))[0].state is State.ACKNOWLEDGED
    await until(sharing, lambda status: not sharing.mesh._credits.to_claim()[1])
    head = await settled(mesh, sharing, asking)
    (line,), (there,) = await asking.do(ListReceipts()), await sharing.do(ListReceipts())
    assert (line.completion_tokens, line.progress) == (300, Progress.SETTLED)
    assert there.settled == head.issued < there.amount


@pytest.mark.parametrize("refusal", ["nothing", "too little", "by another key"])
async def test_a_peer_that_is_not_acknowledged_answers_no_further(mesh, monkeypatch, refusal):
    monkeypatch.setattr(telling, "VOUCHER_LIMIT", 0.3)
    sharing, asking = await pair(mesh)
    accounts = asking.mesh._accounts
    honest = accounts.acknowledge

    def acknowledge(own, *work):
        good = honest(own, *work)
        less = structs.replace(read_voucher(good), completion_tokens=1)
        return {
            "nothing": None, "too little": seal(less, own),
            "by another key": seal(read_voucher(good), key("somebody")),
        }[refusal]  # fmt: skip

    accounts.acknowledge = acknowledge
    with pytest.raises(MeshUnreachable, match="unacknowledged"):
        await ask(asking, f"echo {' '.join([MANY] * 3)}")
    await until(sharing, lambda status: status.sharing.serving == 0)
    for node in (sharing, asking):
        assert node.mesh._accounts.vouchers.open() == []


async def test_peers_without_vouchers_are_answered_as_before(mesh, monkeypatch):
    monkeypatch.setattr(peers, "FEATURES", ())
    sharing, asking = await pair(mesh)
    monkeypatch.setattr(telling, "VOUCHER_LIMIT", 0.3)
    words = " ".join([MANY] * 3)
    assert said(await ask(asking, f"echo {words}")).split() == words.split()
    (line,) = await lines(sharing, 1)
    assert (line.state, line.completion_tokens) == (State.AGREED, 900)
    await leave_after(asking, f"hold {MANY} / the rest", 300)
    await until(sharing, lambda status: status.sharing.serving == 0)
    assert len(await sharing.do(ListReceipts())) == 1


async def test_each_peer_is_paid_for_its_own_part_of_an_answer(mesh):
    sharing, asking = await pair(mesh)
    other = await mesh.sharing("other")
    await until(asking, lambda status: sum(bool(peer.offers) for peer in status.peers) == 2)
    events = await ask(asking, f"move {MANY} / {MANY}")
    assert said(events).split() == MANY.split() * 2
    second, first = await lines(asking, 2)
    assert (first.state, second.state) == (State.ACKNOWLEDGED, State.AGREED)
    assert first.peer != second.peer
    assert 300 - 256 < first.completion_tokens <= 300
    assert second.completion_tokens == 300
    cost = round(events[-1].receipt.credits * 1000)
    assert cost == first.amount + second.amount
    for node in (sharing, other):
        (theirs,) = await lines(node, 1)
        assert theirs.side is Side.SERVED
        await until(node, lambda status, node=node: not node.mesh._credits.to_claim()[1])
    head = await settled(mesh, sharing, asking, other)
    assert head.issued == cost
