"""Two computers of one person: one account, and the owner's key stays where it is."""

import pytest

from closedmesh.control import (
    InviteComputer,
    Join,
    Leave,
    ListReceipts,
    ReadInvite,
    ShowOwner,
    UseOwner,
)
from closedmesh.errors import ClosedMeshError, InviteRefused, NotAMember
from closedmesh.node import claiming, finding
from closedmesh.trust.credits import Progress
from closedmesh.trust.ledger import Refusal, held
from tests.scenarios.test_credits import balances, taken
from tests.scenarios.test_receipts import lines, pair
from tests.support.small_mesh import ask, until


@pytest.fixture(autouse=True)
def often(monkeypatch):
    monkeypatch.setattr(claiming, "EVERY", 0.7)
    monkeypatch.setattr(finding, "ROUND_EVERY", 1.5)


@pytest.fixture
def mesh(mesh):
    mesh.settler.close_if_due = lambda: False
    return mesh


async def link(node):
    """Of an invite for another computer of a peer's owner."""
    await until(node, lambda status: status.mesh and status.mesh.owner)
    return (await node.do(InviteComputer())).link


def owner_of(node):
    return node.mesh._network.membership.certificate.owner


async def test_a_second_computer_belongs_to_the_owner_without_the_key(mesh):
    first, second = await mesh.member("first"), await mesh.peer("second")
    made = await link(first)
    facts = await second.do(ReadInvite(made))
    assert (facts.owner, facts.scope) == (owner_of(first), "share")

    joined = await second.do(Join(made))

    assert (joined.owner, joined.adopted, joined.scope) == (owner_of(first), True, "share")
    assert await second.do(ShowOwner()) != await first.do(ShowOwner())
    with pytest.raises(ClosedMeshError, match="key of this computer's owner is on another"):
        await second.do(InviteComputer())
    third = await mesh.peer("third")
    with pytest.raises(InviteRefused, match="as often as it may"):
        await third.do(Join(made))
    with pytest.raises(NotAMember):
        await third.do(InviteComputer())
    with pytest.raises(ClosedMeshError, match="An entry invites everybody"):
        await mesh.entry.do(InviteComputer())


async def test_what_a_computer_had_earned_comes_with_it(mesh):
    sharing, asking = await pair(mesh)
    first = await mesh.member("first")
    await ask(asking, "echo one two three")
    await taken(sharing, 1)
    own, owner = owner_of(sharing), owner_of(first)
    before = balances(mesh)
    assert before[own] > 0
    assert before[held(own)] > 0

    await sharing.do(Join(await link(first)))

    await until(sharing, lambda _: not balances(mesh).get(own))
    assert balances(mesh)[owner] == before[own]
    assert balances(mesh)[held(owner)] == before[held(own)]
    # What is asked within the family is worth nothing to it.
    await until(first, lambda status: any(peer.offers for peer in status.peers))
    await ask(first, "echo one two")
    await until(sharing, lambda _: not sharing.mesh._credits.to_claim()[1])
    assert balances(mesh)[owner] == before[own]


async def test_a_question_to_another_computer_of_ones_own_costs_nothing(mesh):
    sharing, second = await mesh.sharing("sharing"), await mesh.peer("second")
    await second.do(Join(await link(sharing)))
    await until(second, lambda status: any(peer.offers for peer in status.peers))
    await ask(second, "echo one two")

    for node in (sharing, second):
        await lines(node, 1)
        await until(node, lambda _: not node.mesh._credits.to_claim()[1])  # noqa: B023 - awaited
        (line,) = await node.do(ListReceipts())
        assert (line.progress, line.why) == (Progress.REFUSED, Refusal.SELF_DEALT)
        shown = (await until(node, lambda status: status.credits)).credits
        assert (shown.pending_earned, shown.pending_spent, shown.settles_at) == (0, 0, None)
        assert (shown.earned_today, shown.spent_today) == (0, 0)


async def test_it_stays_so_after_a_restart_until_another_key_is_used(mesh):
    first, second = await mesh.member("first"), await mesh.peer("second")
    await second.do(Join(await link(first)))
    family = owner_of(first)
    await mesh.end(second)

    second = await mesh.peer("second")
    status = await until(second, lambda status: status.mesh and status.mesh.state == "connected")
    assert (status.mesh.owner, status.mesh.adopted) == (family, True)
    await second.do(UseOwner(await (await mesh.peer("kept")).do(ShowOwner())))
    await mesh.end(second)

    second = await mesh.peer("second")
    status = await until(second, lambda status: status.mesh and status.mesh.owner != family)
    assert not status.mesh.adopted
    await second.do(Leave())


async def test_a_replaced_key_takes_its_credits_along(mesh):
    sharing, asking = await pair(mesh)
    await ask(asking, "echo one two three")
    await taken(sharing, 1)
    old = owner_of(sharing)
    before = balances(mesh)
    fresh = await (await mesh.peer("kept")).do(ShowOwner())
    await sharing.do(UseOwner(fresh))
    await mesh.end(sharing)

    sharing = await mesh.peer("sharing")
    await until(sharing, lambda _: not balances(mesh).get(old))
    new = owner_of(sharing)
    assert new != old
    assert balances(mesh)[new] == before[old] > 0
    assert sum(balances(mesh).values()) == 0
