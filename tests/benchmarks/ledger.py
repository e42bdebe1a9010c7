"""The ledger under load and under attack, with figures.

python -m tests.benchmarks.ledger kills 1000     # kill -9 between any two statements
python -m tests.benchmarks.ledger size 1000000   # insert rate, size, time to verify and prove
python -m tests.benchmarks.ledger liar 500       # one of two peers lies about its tokens
python -m tests.benchmarks.ledger exchange 500   # the same between whole peers and an entry
python -m tests.benchmarks.ledger month          # many keys of one owner; a ring of ten owners
"""

import asyncio
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from msgspec import structs

from closedmesh.control import ListReceipts, VerifyLedger, VerifyReceipts
from closedmesh.entry.ledger_check import verify
from closedmesh.mesh.membership import DAY
from closedmesh.mesh.settlement import Claim
from closedmesh.mesh.signing import peek
from closedmesh.node import claiming
from closedmesh.trust.book import Side
from closedmesh.trust.heads import HOUR, Head, check_sheet
from closedmesh.trust.ledger import DAILY_POOL, PER_PAYEE, PER_PAYER, POOL, held
from closedmesh.trust.receipts import owed
from tests.support.ledger import ACTIVE, Office, People, node
from tests.support.mesh import MESH, NOW
from tests.support.small_mesh import SmallMesh, ask, until

BATCH = 64
FULL_CHECK_EVERY = 50
MENTIONED = 1000 * BATCH
Batch = tuple[str, list[str], tuple[Claim, ...]]
"""A peer, who asked it, and what both have signed."""


def check(path, now):
    found = verify(path, MESH.mesh, lambda _: ACTIVE, now)
    assert not found.problems, found.problems[:3]
    return found


def kills(runs, folder):
    """Kill a settler before a random statement, again and again, on one ledger."""
    path = folder / "ledger.db"
    Office(path).ledger.close()
    dice, acknowledged, points = random.Random(1), 0, set()
    for run in range(runs):
        at = dice.randrange(1, 500)
        told, tell = os.pipe()
        child = os.fork()
        if not child:
            try:
                _settle_until_killed(path, run, at, tell)
            finally:
                os._exit(3)  # whatever goes wrong there is no second parent
        os.close(tell)
        with os.fdopen(told, "rb") as said:
            acknowledged += len(said.read())
        _, status = os.waitpid(child, 0)
        assert os.WIFSIGNALED(status), "the settler was done before it was killed"
        points.add(at)
        _recovered(path, acknowledged, run)
    found = check(path, NOW + runs * HOUR)
    print(
        f"kill -9 at {len(points)} different statements in {runs} runs: {found.receipts} receipts"
        f" written down, {acknowledged} had been acknowledged, none of those lost;"
        f" {found.acknowledged} of them by vouchers; {found.heads} heads;"
        f" problems: {len(found.problems)}; sum of all accounts: 0"
    )


def _settle_until_killed(path, run, at, tell):
    """Answers, disputes, vouchers, payments, a head: one statement after the other."""
    office = Office(path)
    office.clock._now = NOW + run * HOUR
    office.number = run * 1000
    for name in ("ann", "bob", f"run {run}"):
        office.people.add(name)
    left = [at]

    def count(_statement):
        left[0] -= 1
        if not left[0]:
            os.kill(os.getpid(), signal.SIGKILL)

    office.ledger._database.set_trace_callback(count)
    while True:
        for peer in ("ann", "bob"):
            claims = [office.claim(peer, f"run {run}") for _ in range(2)]
            claims.append(office.claim(f"{peer}", f"run {run}", counted=50))
            broken_off = office.broken_off(peer, f"run {run}")
            whole = office.claim(peer, f"run {run}")
            voucher = office.people.voucher(whole.receipt, f"run {run}", 60, office.clock.now())
            claims += [broken_off, structs.replace(whole, counted=voucher), whole]
            outcomes = office.settle(peer, *claims)
            os.write(tell, b"." * outcomes.count(None))
        office.settler.close_if_due()
        office.clock._now += HOUR / 4


def _recovered(path, acknowledged, run):
    office = Office(path)
    ledger = office.ledger
    kept = ledger.rows("SELECT COUNT(*) AS n FROM paid")[0]["n"]
    assert kept >= acknowledged, "something that was acknowledged is gone"
    assert sum(ledger.balances().values()) == 0
    (wrong,) = ledger.rows(
        "SELECT COUNT(*) AS n FROM accounts WHERE balance <>"
        " (SELECT COALESCE(SUM(delta), 0) FROM postings WHERE account = accounts.id)"
    )
    assert wrong["n"] == 0, "a kept balance is not the sum of its postings"
    ledger.close()
    if run % FULL_CHECK_EVERY == 0:
        check(path, NOW + (run + 1) * HOUR)


def size(count, folder):
    """Insert, verify and prove many receipts of 100 peers and 200 askers over 30 days."""
    office = Office(folder / "ledger.db")
    peers = [f"peer {n}" for n in range(100)]
    askers = [f"asker {n}" for n in range(200)]
    for name in (*peers, *askers):
        office.people.add(name)
    spent, began, step = 0.0, time.monotonic(), 30 * DAY / (count / BATCH)
    batches, signer = _signed_elsewhere(count, peers, askers, step)
    for made in range(0, count, BATCH):
        peer, names, signed = msgspec.msgpack.decode(batches.recv_bytes(), type=Batch)
        for name in names:
            office.people.asking(name, office.clock.now())
        before = time.perf_counter()
        outcomes = office.settle(peer, *signed)
        spent += time.perf_counter() - before
        assert outcomes == (None,) * len(signed)
        office.clock._now += step
        if made % MENTIONED == 0:
            print(f"  {made} after {spent:.0f} s", file=sys.stderr, flush=True)
    signer.join()
    office.clock._now += HOUR
    office.settler.close_if_due()
    office.ledger._database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    disk = (folder / "ledger.db").stat().st_size
    print(
        f"{count} receipts: {count / spent:.0f} a second written down, heads included,"
        f" {disk / count:.0f} bytes each ({disk / 1e6:.0f} MB);"
        f" all in {time.monotonic() - began:.0f} s with the signing of both sides",
        flush=True,
    )
    _prove(office, peers)
    before = time.perf_counter()
    found = check(folder / "ledger.db", office.clock.now())
    took = time.perf_counter() - before
    print(
        f"ledger verify: {took:.1f} s for {found.signatures} signatures, {found.heads} heads,"
        f" {found.sheets} sheets ({found.receipts / took:.0f} receipts a second)",
        flush=True,
    )
    office.ledger.close()


def _signed_elsewhere(count, peers, askers, step):
    """Both sides' signatures are made in a process of their own, in the order of time."""
    receiving, sending = multiprocessing.Pipe(duplex=False)

    def sign():
        people, now, dice = People(), NOW, random.Random(2)
        for name in (*peers, *askers):
            people.add(name)
        for start in range(0, count, BATCH):
            peer = peers[start // BATCH % len(peers)]
            numbers = range(start + 1, 1 + min(start + BATCH, count))
            names = [dice.choice(askers) for _ in numbers]
            signed = [
                people.claim(peer, each, number, now)
                for each, number in zip(names, numbers, strict=True)
            ]
            sending.send_bytes(msgspec.msgpack.encode((peer, names, signed)))
            now += step

    signer = multiprocessing.get_context("fork").Process(target=sign)
    signer.start()
    return receiving, signer


def _prove(office, peers):
    number, _, signed = office.ledger.last_head()
    head = peek(signed.statement, Head)
    places = [p for p in peers if office.ledger.sheet_place(node(p), number) is not None]
    before = time.perf_counter()
    proofs = [office.settler.proof(node(peer), number) for peer in places]
    made = (time.perf_counter() - before) / len(places)
    before = time.perf_counter()
    for proved in proofs:
        check_sheet(proved, head)
    checked = (time.perf_counter() - before) / len(places)
    print(
        f"inclusion proof: {made * 1e3:.3f} ms to make, {checked * 1e3:.3f} ms to check,"
        f" {len(proofs[0].path)} hashes, {head.sheets} sheets in the head",
        flush=True,
    )


def liar(count, folder):
    """Two peers answer each other; one of them claims three times the tokens."""
    office = Office(folder / "ledger.db")
    for name in ("honest", "liar"):
        office.people.add(name)
    disputed = 0
    for number in range(count):
        if number % 2:
            more = {"completion_tokens": 300, "amount": owed(ACTIVE, 120, 20, 300)}
            disputed += office.answer("liar", "honest", counted=100, **more) is None
        else:
            office.answer("honest", "liar")
        office.clock._now += 60
    office.clock._now += HOUR
    office.settler.close_if_due()
    for name in ("honest", "liar"):
        has = office.has(name)
        print(
            f"{name}: before 0.000, after {has[0] / 1000:,.3f} credits and {has[1] / 1000:,.3f}"
            " held"
        )
    found = check(folder / "ledger.db", office.clock.now())
    due, claimed = owed(ACTIVE, 120, 20, 100), owed(ACTIVE, 120, 20, 300)
    print(
        f"{count} answers, {found.disputed} disputes kept ({disputed} of the liar's): claimed"
        f" {claimed / 1000:.3f} credits each, settled {due / 1000:.3f}; burned"
        f" {found.burned / 1000:,.3f}"
    )
    office.ledger.close()


def exchange(count, folder):
    """Two whole peers ask each other by turns; one of them signs three times the tokens it sent."""
    claiming.EVERY = 0.5
    sys.prefix = str(folder / "nothing")  # no bundled models
    asyncio.run(_exchange(count, folder))


async def _exchange(count, folder):
    async with SmallMesh(folder) as mesh:
        nodes = {name: await mesh.sharing(name) for name in ("honest", "liar")}
        for node in nodes.values():
            await until(node, lambda status: sum(bool(p.offers) for p in status.peers) >= 1)
        _lie(nodes["liar"].mesh._accounts)
        _balances("before", mesh, nodes)
        for turn in range(count):
            asking = nodes["honest" if turn % 2 else "liar"]
            await ask(asking, "echo " + "word " * 40)
        for node in nodes.values():
            await until(node, lambda status, node=node: not node.mesh._credits.to_claim()[1])
        head = mesh.settler.close(mesh.clock.now())
        for node in nodes.values():
            await until(node, lambda status: status.credits.head == head.number)
        _balances("after", mesh, nodes)
        for name, node in nodes.items():
            found = await node.do(VerifyReceipts())
            served = [x for x in await node.do(ListReceipts()) if x.side is Side.SERVED]
            print(
                f"{name}'s own book: {found.receipts} receipts, {found.agreed} agreed,"
                f" {found.disputed} disputed ({sum(x.fault is not None for x in served)} as peer);"
                f" problems: {len(found.problems)}. Last as peer: {served[0].completion_tokens}"
                f" tokens signed, {served[0].amount / 1000:.3f} credits asked,"
                f" {served[0].settled / 1000:.3f} settled, {served[0].state}"
            )
        whole = await mesh.entry.do(VerifyLedger())
        print(
            f"ledger verify: {whole.receipts} receipts, {whole.disputed} disputes kept,"
            f" {whole.issued / 1000:.3f} issued, {whole.burned / 1000:.3f} burned; problems:"
            f" {len(whole.problems)}; sum of all accounts:"
            f" {sum(mesh.settler.ledger.balances().values())}"
        )


def _lie(accounts):
    honest = accounts.served

    def served(asker, question, done, began):
        more = structs.replace(done, completion_tokens=3 * done.completion_tokens)
        return honest(asker, question, more, began)

    accounts.served = served


def _balances(when, mesh, nodes):
    for name, each in nodes.items():
        owner = each.mesh._network.membership.certificate.owner
        has = (mesh.settler.ledger.balance(x) / 1000 for x in (owner, held(owner)))
        print(f"{name} {when}: {next(has):.3f} credits and {next(has):.3f} held", flush=True)


def month(_, folder):
    """What one key, 1,000 keys of one owner, and a ring of ten owners could draw in 30 days."""
    big = {"completion_tokens": 500_000, "amount": owed(ACTIVE, 120, 20, 500_000)}
    for title, peers, owner, friends in (
        ("one key, asked by 40 members", 1, True, False),
        ("1,000 keys of one owner, asked by 40 members", 1000, True, False),
        ("a ring of ten owners, who ask one another", 10, False, True),
    ):
        office = Office(folder / f"{peers}.db")
        names = [f"peer {n}" for n in range(peers)]
        for name in names:
            office.people.add(name, "one owner" if owner else None)
        askers = names if friends else [f"asker {n}" for n in range(40)]
        for name in askers:
            if not friends:
                office.people.add(name)
        for day in range(30):
            office.clock._now = NOW + day * DAY
            for turn in range(400 if not friends else 100):
                asker = askers[turn % len(askers)]
                peer = names[(turn * 7 + turn // 10 + 1) % len(names)]
                if peer != asker:
                    office.answer(peer, asker, **big)
        total = -office.ledger.balance(POOL)
        kept = total - office.ledger.balance("burned")
        print(
            f"{title}: {total / 1000:,.0f} credits of the pool in 30 days"
            f" ({total / 30 / DAILY_POOL:.1%} of it), {kept / 1000:,.0f} after what is burned"
        )
        office.ledger.close()
    print(
        f"limits a day: pool {DAILY_POOL / 1000:,.0f}, to one owner {PER_PAYEE / 1000:,.0f},"
        f" for the questions of one owner {PER_PAYER / 1000:,.0f}"
    )


def main():
    what, count = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 0
    with tempfile.TemporaryDirectory() as folder:
        {"kills": kills, "size": size, "liar": liar, "exchange": exchange, "month": month}[what](
            count, Path(folder)
        )


if __name__ == "__main__":
    main()
