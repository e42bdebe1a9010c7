import os
import shutil
import sqlite3
import subprocess
import sys

import pytest
from msgspec import structs

from closedmesh.mesh.messages import Ask, Finished, Started
from closedmesh.mesh.signing import seal
from closedmesh.models.catalogue import Catalogue
from closedmesh.models.chat import FinishReason, RawText, Sampling
from closedmesh.node.accounts import CHAIN_LIVES, Accounts, Asked
from closedmesh.node.clock import SystemClock
from closedmesh.node.store import Store
from closedmesh.trust.book import State
from closedmesh.trust.receipts import Counted, Fault, read_served
from closedmesh.trust.vouchers import read_voucher
from tests.support.clock import FakeClock
from tests.support.mesh import MESH, key
from tests.support.receipts import ASKER, MODEL, OWN, PEER

DONE = Finished(FinishReason.STOP, 12, 2, 3, trace_root=bytes(32))


def question(number):
    return Ask(
        f"request-{number:04}", MODEL, RawText("?"), Sampling(seed=1), 100, 10_000, bytes(32),
        "2026-01-01",
    )  # fmt: skip


class Pair:
    """The books of a peer that answers and of one that asks, in one folder."""

    def __init__(self, folder, clock=None, keep=1000):
        self.clock = clock or SystemClock()
        self.stores = [Store.open(folder / "peer.db"), Store.open(folder / "asker.db")]
        self.peer, self.asker = (
            Accounts(store, self.clock, own, lambda: MESH.mesh, Catalogue(), keep)
            for store, own in zip(self.stores, (PEER, OWN), strict=True)
        )

    def close(self):
        for store in self.stores:
            store.close()

    def serve(self, number, asker=ASKER):
        return self.peer.served(asker.node, question(number), DONE, self.clock.now())

    def receive(self, number, sealed, **changes):
        asked = Asked(PEER.node, f"request-{number:04}", MODEL, RawText("?"), self.clock.now())
        done = structs.replace(DONE, receipt=sealed, **changes)
        return self.asker.received(ASKER, asked, done)

    def exchange(self, number):
        sealed = self.serve(number)
        counted = self.receive(number, sealed)
        self.peer.thanked(sealed, counted)
        return sealed


@pytest.fixture
def pair(tmp_path):
    found = Pair(tmp_path)
    yield found
    found.close()


STARTED = Started(12, 2)


def acknowledge(pair, number, tokens, began=0):
    asked = Asked(PEER.node, f"request-{number:04}", MODEL, RawText("?"), began)
    voucher = pair.asker.acknowledge(ASKER, asked, STARTED, tokens)
    return pair.peer.acknowledged(ASKER.node, question(number), STARTED, 100, voucher)


async def test_after_a_kill_the_last_voucher_of_an_answer_counts(tmp_path):
    pair = Pair(tmp_path)
    pair.exchange(0)
    assert [acknowledge(pair, 1, tokens) for tokens in (30, 60)] == [30, 60]
    acknowledge(pair, 2, 3)
    sealed = pair.serve(2)  # whose countersignature never arrived
    pair.close()

    pair = Pair(tmp_path)
    for book in (pair.peer, pair.asker):
        book.recover()
        book.recover()
        found = await book.audit()
        assert (found.agreed, found.acknowledged, found.problems) == (1, 2, ())
        by_request = {line.request: line for line in await book.lines(9)}
        assert by_request["request-0001"].completion_tokens == 60
        assert by_request["request-0001"].state is State.ACKNOWLEDGED
    assert by_request["request-0002"].amount > 0
    assert sealed.digest in {line.digest for line in await pair.peer.lines(9)}
    assert read_served(pair.exchange(3)).sequence == 3
    pair.close()


async def test_what_was_acknowledged_is_not_taken_back(pair):
    acknowledge(pair, 0, 3)
    sealed = pair.serve(0)
    pair.peer.thanked(sealed, pair.receive(0, sealed, completion_tokens=2))
    (line,) = await pair.peer.lines(9)
    assert line.state is State.ACKNOWLEDGED
    assert pair.peer.vouchers.open() == []


def test_vouchers_that_say_something_else_are_not_kept(pair):
    asked = Asked(PEER.node, "request-0000", MODEL, RawText("?"), 0)
    voucher = pair.asker.acknowledge(ASKER, asked, STARTED, 60)
    assert pair.asker.acknowledge(ASKER, asked, Started(100_000, 0), 60) is None
    for asker, sent, started in (
        (OWN.node, 100, STARTED), (ASKER.node, 59, STARTED), (ASKER.node, 100, Started(13, 2)),
    ):  # fmt: skip
        assert pair.peer.acknowledged(asker, question(0), started, sent, voucher) == 0
    old = seal(structs.replace(read_voucher(voucher), at=1), ASKER)
    assert pair.peer.acknowledged(ASKER.node, question(0), STARTED, 100, old) == 0
    assert pair.peer.vouchers.open() == []


async def test_chains_go_on_after_a_restart(tmp_path):
    for number in range(4):
        pair = Pair(tmp_path)
        assert read_served(pair.exchange(number)).sequence == number
        for book in (pair.peer, pair.asker):
            found = await book.audit()
            assert (found.agreed, found.chains, found.problems) == (number + 1, 1, ())
        pair.close()


async def test_each_asker_has_a_chain_of_its_own(pair):
    pair.exchange(0)
    assert read_served(pair.serve(1, key("another"))).sequence == 0
    assert (await pair.peer.audit()).chains == 2


async def test_answers_that_arrive_in_another_order_are_agreed(pair):
    first, second, third = (pair.serve(number) for number in range(3))
    for number, sealed in ((2, third), (0, first), (1, second)):
        pair.peer.thanked(sealed, pair.receive(number, sealed))
    for book in (pair.peer, pair.asker):
        assert (await book.audit()).agreed == 3


async def test_a_lost_receipt_leaves_a_gap_and_no_dispute(pair):
    pair.exchange(0)
    pair.serve(1)
    pair.exchange(2)
    assert [line.sequence for line in await pair.asker.lines(9)] == [2, 0]
    assert (await pair.asker.audit()).problems == ()
    assert (await pair.peer.audit()).waiting == 1


async def test_a_peer_with_two_histories_is_found_and_the_first_one_stands(tmp_path):
    pair = Pair(tmp_path)
    pair.exchange(0)
    pair.stores[0].close()
    (tmp_path / "peer.db").unlink()
    pair.stores[1].close()

    forked = Pair(tmp_path)
    forked.exchange(1)
    lines = await forked.asker.lines(9)
    assert [(line.state, line.fault) for line in lines] == [
        (State.DISPUTED, Fault.FORKED), (State.AGREED, None),
    ]  # fmt: skip
    (theirs,) = await forked.peer.lines(9)
    assert theirs.fault is Fault.FORKED
    forked.close()


async def test_a_countersignature_by_somebody_else_is_passed_over(pair):
    first, second = pair.serve(0), pair.serve(1)
    pair.peer.thanked(first, pair.receive(1, second))
    pair.peer.thanked(first, first)
    assert {line.state for line in await pair.peer.lines(9)} == {State.WAITING}


async def test_a_second_opinion_changes_nothing(pair):
    sealed = pair.serve(0)
    pair.peer.thanked(sealed, pair.receive(0, sealed, completion_tokens=2))
    pair.peer.thanked(sealed, seal(Counted(sealed.digest, 3, 0), ASKER))
    (line,) = await pair.peer.lines(9)
    assert line.fault is Fault.MISCOUNTED


def test_what_was_signed_cannot_be_changed(pair):
    pair.exchange(0)
    with (
        pytest.raises(sqlite3.IntegrityError, match="never changed"),
        pair.stores[0].transaction() as database,
    ):
        database.execute("UPDATE receipts SET counted = NULL")


async def test_pages_follow_each_other(pair):
    for number in range(5):
        pair.exchange(number)
    first = await pair.asker.lines(3)
    assert [line.number for line in (*first, *await pair.asker.lines(3, first[-1].number))] == [
        5, 4, 3, 2, 1,
    ]  # fmt: skip


async def test_the_book_is_bounded_and_its_chains_go_on(tmp_path):
    clock = FakeClock()
    pair = Pair(tmp_path, clock, keep=10)
    quiet = pair.serve(0, key("another"))
    pair.receive(0, None)
    for number in range(30):
        pair.exchange(number)
    kept = await pair.peer.lines(100)
    assert len(kept) == 11  # the ends of both chains stay
    assert kept[-1].digest == quiet.digest
    assert (await pair.asker.audit()).problems == ()
    await clock.advance(CHAIN_LIVES + 60)
    pair.exchange(30)
    assert quiet.digest not in {line.digest for line in await pair.peer.lines(100)}
    pair.close()


async def test_a_disk_that_refuses_costs_the_receipt_and_not_the_answer(pair):
    sealed = pair.serve(0)
    for store in pair.stores:
        with store.transaction() as database:
            database.execute("DROP TABLE receipts")
    assert pair.serve(1) is None
    assert pair.receive(0, sealed) is None


async def test_after_a_kill_between_any_two_statements_everything_told_is_there(tmp_path):
    """The files as they are at each statement are what a kill there leaves."""
    home, told, moments = tmp_path / "home", [], []
    home.mkdir()
    pair = Pair(home)

    def look(_statement):
        copy = tmp_path / f"moment-{len(moments)}"
        shutil.copytree(home, copy)
        moments.append((copy, len(told)))

    for store in pair.stores:
        store._database.set_trace_callback(look)
    for number in range(4):
        sealed = pair.serve(number)
        told.append(("peer", sealed.digest, State.WAITING))
        counted = pair.receive(number, sealed)
        told.append(("asker", sealed.digest, State.AGREED))
        pair.peer.thanked(sealed, counted)
        told.append(("peer", sealed.digest, State.AGREED))
    for store in pair.stores:
        store._database.set_trace_callback(None)
    pair.close()

    assert len(moments) > 40
    for copy, count in moments:
        left = Pair(copy)
        states = {
            name: {line.digest: line.state for line in await book.lines(100)}
            for name, book in (("peer", left.peer), ("asker", left.asker))
        }
        for name, digest, state in told[:count]:
            assert states[name][digest] in {state, State.AGREED}
        for book in (left.peer, left.asker):
            assert (await book.audit()).problems == ()
        following = read_served(left.serve(99))
        assert following.sequence == len(states["peer"])
        left.close()


WRITER = """
import sys
from pathlib import Path
from tests.node.test_accounts import Pair
pair = Pair(Path(sys.argv[1]), keep=1_000_000)
for number in range(9_999):
    print(pair.exchange(number).digest, flush=True)
"""


def _told_until_killed(folder, lines):
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder)],
        stdout=subprocess.PIPE, env=os.environ, text=True,
    )  # fmt: skip
    assert writer.stdout
    told = [writer.stdout.readline().strip() for _ in range(lines)]
    writer.kill()
    told += writer.stdout.read().split()
    writer.wait()
    writer.stdout.close()
    return [digest for digest in told if len(digest) == 64]


@pytest.mark.parametrize("lines", [1, 9])
async def test_a_killed_program_loses_nothing_that_was_told(tmp_path, lines):
    told = _told_until_killed(tmp_path, lines)
    pair = Pair(tmp_path)
    for book in (pair.peer, pair.asker):
        kept = {line.digest for line in await book.lines(100_000)}
        assert kept >= set(told)
        assert (await book.audit()).problems == ()
    pair.close()
