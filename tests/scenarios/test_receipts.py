"""Receipts between whole peers: agreed on both sides, or disputed and kept."""

import asyncio

from msgspec import structs

from closedmesh.control import ListActivity, ListReceipts, OpenReceipt, VerifyReceipts
from closedmesh.trust.book import Side, State
from closedmesh.trust.receipts import Fault
from tests.support.small_mesh import PATIENCE, ask, said, until


async def pair(mesh):
    sharing = await mesh.sharing("sharing")
    asking = await mesh.member("asking")
    await until(asking, lambda status: any(peer.offers for peer in status.peers))
    return sharing, asking


async def lines(node, most):
    """The receipts of a peer, once none of them waits for the other side."""

    found = await node.do(ListReceipts())
    async with asyncio.timeout(PATIENCE):
        while len(found) < most or _waiting(found):
            await asyncio.sleep(0.01)
            found = await node.do(ListReceipts())
    return found


def _waiting(found):
    return any(line.state is State.WAITING for line in found)


async def test_both_sides_keep_what_both_have_signed(mesh):
    sharing, asking = await pair(mesh)
    for words in ("one", "one two", "one two three"):
        assert said(await ask(asking, f"echo {words}")) == f"{words} "

    there, here = await lines(sharing, 3), await lines(asking, 3)

    assert [line.completion_tokens for line in here] == [3, 2, 1]
    assert [line.sequence for line in here] == [2, 1, 0]
    assert {line.state for line in (*here, *there)} == {State.AGREED}
    assert [line.digest for line in here] == [line.digest for line in there]
    assert {line.side for line in there} == {Side.SERVED}
    ours, theirs = await asking.do(VerifyReceipts()), await sharing.do(VerifyReceipts())
    assert ours.problems == theirs.problems == ()
    assert ours.asked == theirs.served == sum(line.amount for line in here) > 0


async def test_an_answer_tells_its_cost_and_both_sides_see_it_as_pending(mesh):
    sharing, asking = await pair(mesh)
    finished = (await ask(asking, "echo one two three"))[-1]
    await lines(sharing, 1)
    cost = round(finished.receipt.credits * 1000)
    assert cost > 0
    earned = await until(sharing, lambda status: status.credits.pending_earned)
    spent = await until(asking, lambda status: status.credits.pending_spent)
    assert earned.credits.earned_today == spent.credits.spent_today == cost
    assert [day.earned for day in await sharing.do(ListActivity())] == [cost]
    opened = await asking.do(OpenReceipt(request=finished.receipt.request_id))
    assert [test.ok for test in opened.tests] == [True] * 4


async def test_a_peer_that_lies_about_its_tokens_is_disputed_on_both_sides(mesh):
    sharing, asking = await pair(mesh)
    accounts = sharing.mesh._accounts
    honest = accounts.served

    def lying(asker, question, done, began):
        more = structs.replace(done, completion_tokens=done.completion_tokens + 100)
        return honest(asker, question, more, began)

    await ask(asking, "echo one")
    accounts.served = lying
    events = await ask(asking, "echo one two")
    accounts.served = honest
    await ask(asking, "echo one")

    assert said(events) == "one two "  # the answer stands
    for node in (sharing, asking):
        last, lie, first = await lines(node, 3)
        assert (last.state, first.state) == (State.AGREED, State.AGREED)
        assert (lie.state, lie.fault) == (State.DISPUTED, Fault.MISCOUNTED)
        assert lie.completion_tokens == 102
        found = await node.do(VerifyReceipts())
        assert (found.agreed, found.disputed, found.problems) == (2, 1, ())
        assert found.asked + found.served == first.amount + last.amount


async def test_a_peer_that_signs_nothing_still_answers_and_the_lack_is_kept(mesh):
    sharing, asking = await pair(mesh)
    sharing.mesh._accounts.served = lambda *_: None

    assert said(await ask(asking, "echo one")) == "one "

    (line,) = await lines(asking, 1)
    assert (line.state, line.fault, line.amount) == (State.DISPUTED, Fault.UNSIGNED, 0)
    assert await sharing.do(ListReceipts()) == ()


async def test_a_receipt_that_is_given_again_is_a_replay(mesh):
    sharing, asking = await pair(mesh)
    accounts, given = sharing.mesh._accounts, []
    honest = accounts.served

    def again(*work):
        given.append(given[0] if given else honest(*work))
        return given[-1]

    accounts.served = again
    await ask(asking, "echo one")
    await ask(asking, "echo one")

    replayed, first = await lines(asking, 2)
    assert (first.state, replayed.fault) == (State.AGREED, Fault.REPLAYED)
    assert (await asking.do(VerifyReceipts())).problems == ()
