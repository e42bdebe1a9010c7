"""From an answer to a balance that both sides have proof of."""

import asyncio

import pytest
from msgspec import structs

from closedmesh.control import ExportLedger, ImportModel, ListReceipts, VerifyLedger
from closedmesh.mesh.membership import Certificate
from closedmesh.mesh.signing import peek
from closedmesh.models.chat import Route
from closedmesh.node import claiming
from closedmesh.trust.credits import Progress
from closedmesh.trust.ledger import BURNED, POOL, held
from tests.scenarios.test_receipts import lines, pair
from tests.support.gguf import gguf
from tests.support.small_mesh import PATIENCE, ask, until


@pytest.fixture(autouse=True)
def often(monkeypatch):
    monkeypatch.setattr(claiming, "EVERY", 0.7)


@pytest.fixture
def mesh(mesh):
    """One whose heads are signed when a test wants it, also while an hour ends."""
    mesh.settler.close_if_due = lambda: False
    return mesh


async def settled(mesh, *nodes):
    """Sign a head, and wait until everybody has it."""
    head = mesh.settler.close(mesh.clock.now())
    for node in nodes:
        await until(node, lambda status: status.credits.head == head.number)
    return head


async def taken(node, most):
    """Wait until the settler has all receipts of a peer."""
    await lines(node, most)
    await until(node, lambda status: not node.mesh._credits.to_claim()[1])


def balances(mesh):
    return mesh.settler.ledger.balances()


async def test_an_answer_is_settled_with_the_next_head_and_both_sides_have_proof(mesh):
    sharing, asking = await pair(mesh)
    finished = (await ask(asking, "echo one two three"))[-1]
    cost = round(finished.receipt.credits * 1000)
    await taken(sharing, 1)
    pending = await until(sharing, lambda status: status.credits.settles_at)
    assert (pending.credits.pending_earned, pending.credits.settled) == (cost, 0)

    head = await settled(mesh, sharing, asking)

    earned = await until(sharing, lambda status: status.credits.held)
    spent = await until(asking, lambda status: not status.credits.pending_spent)
    # Nobody has credits yet, so the pool pays; half is held while the account is new.
    assert earned.credits.settled + earned.credits.held == cost == head.issued
    assert earned.credits.held == cost // 2
    assert (earned.credits.pending_earned, spent.credits.settled) == (0, 0)
    assert sum(balances(mesh).values()) == 0
    for node in (sharing, asking):
        (line,) = await node.do(ListReceipts())
        assert line.progress == Progress.SETTLED
    assert balances(mesh)[POOL] == -cost


async def test_who_has_credits_pays_with_them_and_a_part_is_burned(mesh):
    sharing, asking = await pair(mesh)
    await ask(sharing, "echo one", Route.LOCAL)  # its own computer costs nothing
    await mesh.share(await with_model(mesh, asking))
    first = (await ask(asking, "echo one two three four"))[-1]
    await taken(sharing, 1)
    await ask(sharing, "echo one two")
    await taken(asking, 1)
    cost = round(first.receipt.credits * 1000)
    assert balances(mesh)[BURNED] > 0
    assert -balances(mesh)[POOL] >= cost
    assert sum(balances(mesh).values()) == 0


async def with_model(mesh, node):
    file = node._paths.home / "tiny.gguf"
    file.write_bytes(gguf(filling=b"\1"))
    await node.do(ImportModel(str(file)))
    return node


async def test_a_disputed_receipt_is_settled_for_what_both_agree_to(mesh):
    sharing, asking = await pair(mesh)
    accounts = sharing.mesh._accounts
    honest = accounts.served

    def lying(asker, question, done, began):
        more = structs.replace(done, completion_tokens=done.completion_tokens + 100)
        return honest(asker, question, more, began)

    accounts.served = lying
    await ask(asking, "echo one two three")
    await taken(sharing, 1)
    head = await settled(mesh, sharing, asking)
    (line,) = await sharing.do(ListReceipts())
    assert line.progress == Progress.DISPUTED
    assert 0 < head.issued == line.settled < line.amount
    owner = sharing.mesh._network.membership.certificate.owner
    assert balances(mesh)[held(owner)] == head.issued // 2


async def test_a_settler_that_tells_two_stories_is_found_out(mesh):
    sharing, asking = await pair(mesh)
    await ask(asking, "echo one")
    await taken(sharing, 1)
    await settled(mesh, sharing, asking)
    first = mesh.settler.ledger.heads(0, 1)[0]
    told = sharing.mesh._credits.chain
    other = structs.replace(
        first, statement=mesh.settler.sign(structs.replace(told.last()[0], issued=12_345))
    )
    # What another member was shown comes with its answers.
    sharing.mesh._serving.newest_head = lambda: other
    await ask(asking, "echo one")
    await until(asking, lambda status: "ledger-contradicts" in codes(status))
    assert "ledger-contradicts" not in codes(await until(sharing, lambda _: True))
    assert (await asking.do(VerifyLedger())).problems


def codes(status):
    return [item.code for item in status.health]


async def test_everybody_can_check_the_ledger_from_nothing(mesh):
    sharing, asking = await pair(mesh)
    for words in ("echo one", "echo one two"):
        await ask(asking, words)
    await taken(sharing, 2)
    await settled(mesh, sharing, asking)
    whole = await mesh.entry.do(VerifyLedger())
    assert (whole.events, whole.receipts, whole.heads, whole.sheets) == (2, 2, 1, 2)
    own = await sharing.do(VerifyLedger())
    assert (own.heads, own.sheets) == (1, 1)
    assert (own.balance, own.held) == (whole.balance, whole.held)
    assert whole.problems == own.problems == ()
    assert len(await mesh.entry.do(ExportLedger())) == 2
    assert len(await sharing.do(ExportLedger())) == 1
    assert await sharing.do(ExportLedger(1)) == ()


async def test_every_peer_has_an_owner_and_who_has_credits_says_so_when_it_asks(mesh):
    sharing, asking = await pair(mesh)
    await ask(asking, "echo one two three four")
    await taken(sharing, 1)
    await settled(mesh, sharing, asking)
    known = sharing.mesh._network.membership
    assert known.certificate.owner not in (None, known.certificate.node)
    await until(sharing, lambda status: status.credits.settled)
    async with asyncio.timeout(PATIENCE):
        while not all(says_credit(each) for each in known.member.asking.values()):
            await sharing.mesh._network.session.finding.round(sharing.mesh._network.session.peers)
    poor = asking.mesh._network.membership.member.asking.values()
    assert not any(says_credit(each) for each in poor)


def says_credit(credential):
    return peek(credential.statement, Certificate).credit
