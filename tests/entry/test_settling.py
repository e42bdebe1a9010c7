"""The settler, with real receipts and a real file; who is who and what checks found is given."""

import sqlite3

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.entry.ledger_check import verify
from closedmesh.errors import ClosedMeshError
from closedmesh.mesh.membership import CLOCK_SKEW, DAY
from closedmesh.mesh.settlement import Claim
from closedmesh.mesh.signing import seal
from closedmesh.node.verdicts import Verdicts
from closedmesh.trust.ledger import (
    BURNED,
    PER_PAIR,
    PER_PAYEE,
    POOL,
    WITHIN,
    Refusal,
    decode,
)
from closedmesh.trust.receipts import Counted, owed, read_served
from closedmesh.trust.verdicts import Verdict
from tests.node.test_verdicts import Standing, said
from tests.support.ledger import ACTIVE, Office, node
from tests.support.mesh import MESH, NOW, key
from tests.support.receipts import MODEL

DUE = owed(ACTIVE, 120, 20, 100)


@pytest.fixture
def office(tmp_path):
    found = Office(tmp_path / "ledger.db")
    for name in ("ann", "bob", "cid"):
        found.people.add(name)
    yield found
    found.ledger.close()


def test_an_answer_to_somebody_without_credits_is_paid_by_the_pool(office):
    assert office.answer("ann", "bob") is None
    assert office.has("ann") == (DUE - DUE // 2, DUE // 2)
    assert office.has("bob") == (0, 0)
    assert office.ledger.balance(POOL) == -DUE


def test_whoever_has_credits_pays_and_a_fiftieth_is_burned(office):
    office.answer("ann", "bob")
    had, _ = office.has("ann")
    assert office.answer("bob", "ann") is None
    assert office.has("ann")[0] == 0
    assert office.ledger.balance(BURNED) == -(-had // 50)
    assert sum(office.has("bob")) == DUE - office.ledger.balance(BURNED)
    assert office.zero()


def first_claim(office):
    paid = decode(next(office.ledger.events())[1])
    return Claim(paid.receipt, paid.counted)


def altered(office):
    good = office.claim("ann", "bob")
    body = bytearray(good.receipt.body)
    body[-70] ^= 1
    changed = structs.replace(good.receipt, body=bytes(body))
    return office.settle("ann", structs.replace(good, receipt=changed))


def forged(office):
    good = office.claim("ann", "bob")
    counted = structs.replace(good.counted, signature=bytes(64))
    return office.settle("ann", structs.replace(good, counted=counted))


def two_keys_of_one_owner(office):
    office.people.add("desk", "dora")
    office.people.add("laptop", "dora")
    return office.settle("desk", office.claim("desk", "laptop"))


def of_another_day(office):
    early = int(NOW) - DAY - CLOCK_SKEW
    return office.settle("ann", office.claim("ann", "bob", began=early, ended=early))


def too_late(office):
    good = office.claim("ann", "bob")
    office.clock._now += WITHIN + 1
    return office.settle("ann", good)


def forked(office):
    receipt = structs.replace(read_served(first_claim(office).receipt), request="request-x1")
    sealed = seal(receipt, key("ann"))
    asking = office.people.asking("bob", NOW)
    counted = seal(Counted(sealed.digest, 100, int(NOW)), asking)
    return office.settle("ann", Claim(sealed, counted))


def unsigned(office):
    return office.settle("ann", structs.replace(office.claim("ann", "bob"), counted=None))


def of_a_stranger(office):
    good = office.claim("ann", "bob")
    office.people.askers.clear()
    return office.settle("ann", good)


def of_a_convicted_peer(office):
    office.checks.wrong("ann")
    return office.settle("ann", office.claim("ann", "bob"))


def voucher_after_the_last_word(office):
    good = office.claim("ann", "bob")
    voucher = office.people.voucher(good.receipt, "bob", 100, NOW)
    return office.settle("ann", good, structs.replace(good, counted=voucher))[1:]


def broken_off_twice(office):
    claim = office.broken_off("ann", "bob", tokens=0)
    return office.settle("ann", claim, claim)[1:]


def two_receipts_for_one_voucher(office):
    first = office.broken_off("ann", "bob", tokens=0)
    office.number -= 1
    second = structs.replace(office.claim("ann", "bob"), counted=first.counted)
    return office.settle("ann", first, second)[1:]


def voucher_with(office, tokens=60, asker="bob", **changes):
    claim = office.claim("ann", "bob")
    voucher = office.people.voucher(claim.receipt, asker, tokens, NOW, **changes)
    return office.settle("ann", structs.replace(claim, counted=voucher))


def forged_voucher(office):
    claim = office.broken_off("ann", "bob")
    counted = structs.replace(claim.counted, signature=bytes(64))
    return office.settle("ann", structs.replace(claim, counted=counted))


def voucher_dealt_to_oneself(office):
    return office.settle("ann", office.broken_off("ann", "ann"))


ATTACKS = {
    "replayed": (lambda office: office.settle("ann", first_claim(office)), Refusal.REPLAYED),
    "altered": (altered, Refusal.ALTERED),
    "a forged countersignature": (forged, Refusal.ALTERED),
    "self-dealt": (
        lambda office: office.settle("ann", office.claim("ann", "ann")), Refusal.SELF_DEALT,
    ),
    "self-dealt by two keys of one owner": (two_keys_of_one_owner, Refusal.SELF_DEALT),
    "back-dated": (
        lambda office: office.settle("ann", office.claim("ann", "bob", began=int(NOW) + 1)),
        Refusal.BACK_DATED,
    ),
    "of another day than its key": (of_another_day, Refusal.BACK_DATED),
    "too late": (too_late, Refusal.TOO_LATE),
    "forked": (forked, Refusal.FORKED),
    "unsigned": (unsigned, Refusal.UNSIGNED),
    "claimed by another peer": (
        lambda office: office.settle("cid", office.claim("ann", "bob")), Refusal.NOT_THE_PEER,
    ),
    "of a stranger": (of_a_stranger, Refusal.UNKNOWN_ASKER),
    "of another mesh": (
        lambda office: office.settle("ann", office.claim("ann", "bob", mesh=key("x").node)),
        Refusal.OTHER_MESH,
    ),
    "a forged voucher": (forged_voucher, Refusal.ALTERED),
    "the voucher of another asker": (
        lambda office: voucher_with(office, asker="cid"), Refusal.ALTERED,
    ),
    "a voucher for more than was answered": (
        lambda office: voucher_with(office, tokens=101), Refusal.ALTERED,
    ),
    "the voucher of another question": (
        lambda office: voucher_with(office, request="request-x1"), Refusal.ALTERED,
    ),
    "the voucher for another prompt": (
        lambda office: voucher_with(office, prompt_tokens=119), Refusal.ALTERED,
    ),
    "a voucher dealt to oneself": (voucher_dealt_to_oneself, Refusal.SELF_DEALT),
    "of a convicted peer": (of_a_convicted_peer, Refusal.CONVICTED),
}  # fmt: skip


@pytest.mark.parametrize(("attack", "why"), ATTACKS.values(), ids=ATTACKS)
def test_attacks_move_nothing(office, attack, why):
    office.answer("ann", "bob")
    before = office.ledger.balances()
    assert attack(office) == (why,)
    assert office.ledger.balances() == before


@pytest.mark.parametrize(
    "attack", [voucher_after_the_last_word, broken_off_twice, two_receipts_for_one_voucher]
)
def test_no_part_of_an_answer_is_paid_twice(office, attack):
    assert attack(office) == (Refusal.REPLAYED,)
    assert len(list(office.ledger.events())) == 1


def test_a_voucher_settles_what_it_acknowledges_and_the_last_word_the_rest(office):
    whole = office.claim("ann", "bob")
    voucher = office.people.voucher(whole.receipt, "bob", 60, NOW)
    assert office.settle("ann", structs.replace(whole, counted=voucher)) == (None,)
    assert sum(office.has("ann")) == owed(ACTIVE, 120, 20, 60) < DUE
    assert office.settle("ann", whole) == (None,)
    assert sum(office.has("ann")) == DUE
    assert office.settle("ann", whole) == (Refusal.REPLAYED,)
    office.settler.close(NOW)
    assert verify(office.ledger.path, MESH.mesh, lambda _: ACTIVE, NOW).problems == ()


def test_an_objection_does_not_take_back_what_was_acknowledged(office):
    disputed = office.claim("ann", "bob", counted=10)
    voucher = office.people.voucher(disputed.receipt, "bob", 60, NOW)
    office.settle("ann", structs.replace(disputed, counted=voucher), disputed)
    assert sum(office.has("ann")) == owed(ACTIVE, 120, 20, 60)
    office.settler.close(NOW)
    assert verify(office.ledger.path, MESH.mesh, lambda _: ACTIVE, NOW).problems == ()


def test_each_peer_and_each_part_is_paid_for_itself(office):
    for peer, begun in (("ann", 0), ("ann", 60), ("cid", 120)):
        office.number = 0
        assert office.settle(peer, office.broken_off(peer, "bob", begun=begun)) == (None,)
    assert sum(office.has("ann")) == 2 * owed(ACTIVE, 120, 20, 60)
    assert sum(office.has("cid")) == owed(ACTIVE, 120, 20, 60)


def test_a_fork_is_kept_as_evidence(office):
    office.answer("ann", "bob")
    forked(office)
    (row,) = office.ledger.rows("SELECT * FROM evidence")
    assert row["why"] == "forked"
    assert msgspec.msgpack.decode(row["data"], type=Claim).receipt.digest == row["digest"]


def test_a_flood_of_one_claim_is_written_down_once(office):
    claim = office.claim("ann", "bob")
    outcomes = office.settle("ann", *[claim] * 64)
    assert outcomes == (None, *[Refusal.REPLAYED] * 63)


def test_a_disputed_receipt_pays_what_both_agree_to_and_the_dispute_is_kept(office):
    assert office.answer("ann", "bob", counted=40) is None
    (event,) = (decode(body) for _, body, _ in office.ledger.events())
    assert event.objection == "miscounted"
    assert sum(office.has("ann")) == owed(ACTIVE, 120, 20, 40)


def test_friends_draw_little_and_one_owner_draws_no_more_with_many_keys(office):
    tokens = {"completion_tokens": 1_000_000, "amount": owed(ACTIVE, 120, 20, 1_000_000)}
    for _ in range(3):
        office.answer("ann", "bob", **tokens)
    assert sum(office.has("ann")) == PER_PAIR
    for number in range(30):
        office.people.add(f"peer {number}", "one owner")
        office.people.add(f"asker {number}")
        office.answer(f"peer {number}", f"asker {number}", **tokens)
    assert sum(office.has("one owner")) == PER_PAYEE


async def test_what_is_held_is_let_go_after_a_week_and_ten_checks(office):
    office.answer("ann", "bob")
    office.checks.right("ann")
    await office.clock.advance(6 * DAY)
    office.answer("cid", "bob")
    await office.clock.advance(2 * DAY)
    office.settler.close_if_due()
    assert office.has("ann") == (DUE, 0)
    assert office.has("cid")[1] == DUE // 2
    office.answer("ann", "bob")
    assert office.has("ann") == (2 * DUE, 0)


async def hours(office, count):
    for _ in range(count):
        await office.clock.advance(3600)
        office.settler.close_if_due()


async def test_a_conviction_that_stands_for_a_day_costs_what_was_held(office):
    office.answer("ann", "bob")
    office.checks.wrong("ann")
    await hours(office, 24)
    assert office.has("ann") == (DUE - DUE // 2, DUE // 2)
    await hours(office, 1)
    assert office.has("ann") == (DUE - DUE // 2, 0)
    assert office.ledger.balance(BURNED) == DUE // 2
    assert verify(office.ledger.path, MESH.mesh, lambda _: ACTIVE, NOW + 2 * DAY).problems == ()


FIRST, SECOND = MESH.entry, key("second entry")


def verdict(office, entry, word=Verdict.WRONG_MODEL, **changes):
    """A verifier's statement about ann, as it travels."""
    about = {"peer": node("ann"), "model": MODEL, "at": int(office.clock.now())}
    return said(entry, word, **about | changes)


@pytest.mark.parametrize(
    ("second", "forfeited"),
    [
        ({}, True), ({"owner": FIRST.node, "entry": FIRST}, False), ({"enforced": False}, False),
        ({"clean": False}, False), ({"word": Verdict.MATCH}, False),
    ],
    ids=["two owners", "one owner", "one only observes", "a bad calibration", "they disagree"],
)  # fmt: skip
async def test_only_two_verifiers_of_different_owners_cost_what_is_held(office, second, forfeited):
    verdicts = Verdicts(Standing(), office.clock)
    office.settler._verdicts = verdicts
    for peer in ("ann", "cid"):
        office.answer(peer, "bob")
    verdicts.take([verdict(office, FIRST), verdict(office, **{"entry": SECOND} | second)])
    await hours(office, 26)
    assert office.has("ann")[1] == (0 if forfeited else DUE // 2)
    assert office.has("cid")[1] == DUE // 2
    outcome = office.answer("ann", "bob")
    assert outcome is (Refusal.CONVICTED if forfeited else None)
    assert office.zero()


async def test_a_verifier_that_is_content_again_in_time_undoes_a_conviction(office):
    verdicts = Verdicts(Standing(), office.clock)
    office.settler._verdicts = verdicts
    office.answer("ann", "bob")
    verdicts.take([verdict(office, FIRST), verdict(office, SECOND)])
    await hours(office, 20)
    assert office.answer("ann", "bob") is Refusal.CONVICTED
    verdicts.take([verdict(office, SECOND, Verdict.MATCH)])
    await hours(office, 20)
    assert office.answer("ann", "bob") is None
    assert sum(office.has("ann")) == 2 * DUE
    verdicts.take([verdict(office, SECOND)])
    await hours(office, 20)
    assert sum(office.has("ann")) == 2 * DUE  # the day begins anew


async def test_all_that_is_let_go_in_an_hour_is_written_at_once(office, monkeypatch):
    for name in ("ann", "cid"):
        office.answer(name, "bob")
        office.checks.right(name)
    office.clock._now += 8 * DAY
    append = office.ledger.append

    def full_disk(database, event):
        if len([*office.ledger.events()]) == 3:
            raise sqlite3.OperationalError("the disk is full")
        append(database, event)

    monkeypatch.setattr(office.ledger, "append", full_disk)
    with pytest.raises(ClosedMeshError, match="disk is full"):
        office.settler._release(office.clock.now())
    assert (office.has("ann")[1], office.has("cid")[1]) == (DUE // 2, DUE // 2)
    monkeypatch.undo()
    office.settler._release(office.clock.now())
    assert (office.has("ann")[1], office.has("cid")[1]) == (0, 0)


def test_what_a_peer_earned_before_it_had_an_owner_is_its_owners(office):
    office.answer("ann", "bob")
    office.people.add("ann", "anna")
    office.answer("ann", "bob")
    assert sum(office.has("anna")) == 2 * DUE
    assert office.has("ann") == (0, 0)


def test_a_replaced_key_keeps_the_balance(office):
    office.people.add("desk", "old key")
    office.answer("desk", "bob")
    had = office.has("old key")
    office.settler.move(node("old key"), node("new key"))
    assert (office.has("new key"), office.has("old key")) == (had, (0, 0))


ENDS = st.text("vw", min_size=1, max_size=3)
"""Vouchers and last words of one answer, in the order in which they are claimed."""
NAMES = st.sampled_from(["ann", "bob", "cid", "dora"])


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(NAMES, NAMES, st.integers(0, 4000), ENDS), max_size=12))
def test_nothing_is_made_or_lost_and_rebuilt_balances_are_the_kept_ones(tmp_path_factory, answers):
    office = Office(tmp_path_factory.mktemp("ledger") / "ledger.db")
    for name in ("ann", "bob", "cid", "dora"):
        office.people.add(name)
    for peer, asker, tokens, end in answers:
        amount = owed(ACTIVE, 120, 20, tokens)
        whole = office.claim(peer, asker, completion_tokens=tokens, amount=amount)
        voucher = office.people.voucher(whole.receipt, asker, tokens // 2, NOW)
        claims = {"v": structs.replace(whole, counted=voucher), "w": whole}
        office.settle(peer, *(claims[each] for each in end))
    assert office.zero()
    assert verify(office.ledger.path, MESH.mesh, lambda _: ACTIVE, NOW).problems == ()
    assert all(n >= 0 for name, n in office.ledger.balances().items() if name != POOL)
    office.ledger.close()
