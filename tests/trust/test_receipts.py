import json
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from closedmesh.mesh.faults import NotAuthorised
from closedmesh.mesh.membership import CLOCK_SKEW
from closedmesh.mesh.signing import Sealed, seal
from closedmesh.trust.receipts import (
    ANSWERABLE,
    FIRST,
    MAX_BYTES,
    Counted,
    Fault,
    chain_fault,
    check,
    countersign,
    owed,
    price,
    read_counted,
    read_served,
)
from tests.support.receipts import ACTIVE, ASKER, NOW, OWN, PEER, SEEN, chain, served

VECTORS = Path(__file__).parents[1] / "vectors" / "receipts.json"


def sealed(**changes):
    return seal(served(**changes), PEER)


def altered(one):
    body = bytearray(one.body)
    body[-70] ^= 1
    return structs.replace(one, body=bytes(body))


def test_a_right_receipt_is_countersigned():
    one = sealed()
    assert check(one, SEEN) is None
    said = read_counted(countersign(one, SEEN, None, ASKER), one)
    assert said == Counted(one.digest, 50, NOW)


WRONG = {
    "there is none": (None, Fault.UNSIGNED),
    "a bit was changed": (altered(sealed()), Fault.ALTERED),
    "signed by somebody else": (seal(served(), OWN), Fault.ALTERED),
    "another kind of statement": (seal(Counted("0" * 64, 1, NOW), PEER), Fault.ALTERED),
    "far too long": (
        Sealed(bytes(MAX_BYTES + 1), PEER.node, bytes(64)), Fault.ALTERED,
    ),
    "of another question": (sealed(request="request-9999"), Fault.REPLAYED),
    "of another mesh": (sealed(mesh="1" * 64), Fault.OTHER_ANSWER),
    "to another asker": (sealed(asker="1" * 64), Fault.OTHER_ANSWER),
    "of another model": (sealed(model="1" * 64), Fault.OTHER_ANSWER),
    "of another text": (sealed(root=bytes(32)), Fault.OTHER_ANSWER),
    "of no text": (sealed(root=None), Fault.OTHER_ANSWER),
    "to itself": (sealed(asker=PEER.node), Fault.SELF_DEALT),
    "one token more": (
        sealed(completion_tokens=51, amount=owed(ACTIVE, 120, 20, 51)), Fault.MISCOUNTED,
    ),
    "a longer prompt": (
        sealed(prompt_tokens=121, amount=owed(ACTIVE, 121, 20, 50)), Fault.MISCOUNTED,
    ),
    "nothing cached": (
        sealed(cached_tokens=0, amount=owed(ACTIVE, 120, 0, 50)), Fault.MISCOUNTED,
    ),
    "dearer": (sealed(amount=owed(ACTIVE, 120, 20, 50) + 1), Fault.OVERPRICED),
    "before it was asked": (sealed(began=NOW - CLOCK_SKEW - 10), Fault.BACK_DATED),
    "in the future": (sealed(ended=NOW + CLOCK_SKEW + 1), Fault.BACK_DATED),
    "backwards": (sealed(began=NOW, ended=NOW - 1), Fault.BACK_DATED),
}  # fmt: skip


@pytest.mark.parametrize(("one", "fault"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_has_a_name(one, fault):
    assert check(one, SEEN) is fault


def test_who_asks_itself_under_the_key_of_a_day_is_found_by_itself():
    assert check(sealed(), structs.replace(SEEN, own=PEER.node)) is Fault.SELF_DEALT


def test_a_prompt_that_no_vocabulary_makes_of_so_few_bytes_is_miscounted():
    many = {"prompt_tokens": 10_000, "cached_tokens": 0}
    one = sealed(**many, amount=owed(ACTIVE, 10_000, 0, 50))
    assert check(one, structs.replace(SEEN, **many)) is Fault.MISCOUNTED
    assert check(one, structs.replace(SEEN, **many, prompt_bytes=9_000)) is None


def test_a_receipt_that_is_given_twice_is_replayed():
    one = sealed()
    assert check(one, SEEN, [one]) is Fault.REPLAYED


def test_two_receipts_in_one_place_are_a_fork():
    assert check(sealed(), SEEN, [sealed(root=bytes(32))]) is Fault.FORKED


def test_a_receipt_that_names_another_predecessor_is_a_fork():
    first, other = chain(1), chain(1, b"other")
    second = served(1, other[0].digest)
    seen = structs.replace(SEEN, request=second.request)
    assert check(seal(second, PEER), seen, first) is Fault.FORKED
    assert check(seal(second, PEER), seen, other) is None


def test_a_receipt_from_before_its_predecessor_is_back_dated():
    (first,) = chain(1)
    second = served(1, first.digest, ended=NOW - 1)
    seen = structs.replace(SEEN, request=second.request)
    assert check(seal(second, PEER), seen, [first]) is Fault.BACK_DATED


@pytest.mark.parametrize("changes", [{"previous": "1" * 64}, {"number": 1}, {"cached_tokens": 121}])
def test_a_receipt_that_contradicts_itself_cannot_be_made(changes):
    with pytest.raises(ValueError, match=r"first|in memory"):
        served(**changes)


def test_an_objection_says_what_was_counted():
    one = sealed(completion_tokens=500)
    fault = check(one, SEEN)
    said = read_counted(countersign(one, SEEN, fault, ASKER), one)
    assert (said.completion_tokens, said.objection) == (50, Fault.MISCOUNTED)
    assert fault in ANSWERABLE


@pytest.mark.parametrize(
    "counted",
    [
        countersign(sealed(), SEEN, None, OWN),
        countersign(sealed(root=None), SEEN, None, ASKER),
        countersign(sealed(), structs.replace(SEEN, completion_tokens=49), None, ASKER),
        altered(structs.replace(countersign(sealed(), SEEN, None, ASKER))),
        Sealed(bytes(MAX_BYTES + 1), ASKER.node, bytes(64)),
    ],
    ids=["another signer", "another receipt", "another count", "altered", "too long"],
)
def test_a_countersignature_of_something_else_counts_for_nothing(counted):
    with pytest.raises((NotAuthorised, ValueError)):
        read_counted(counted, sealed())


def test_the_price_follows_from_the_weights_that_a_token_uses():
    assert [price(n) for n in (0, 1, 134_515_008, 7_000_000_000)] == [1, 1, 2, 70]
    assert owed(7_000_000_000, 1000, 900, 100) == 70 * (100 + 10 + 9)


@given(
    active=st.integers(0, 10**13),
    prompt=st.integers(0, 10**6),
    share=st.floats(0, 1),
    completion=st.integers(0, 10**6),
)
def test_more_work_is_never_worth_less(active, prompt, share, completion):
    cached = int(prompt * share)
    amount = owed(active, prompt, cached, completion)
    assert amount <= owed(active, prompt, cached, completion + 1)
    assert amount <= owed(active, prompt + 1, cached, completion)
    assert amount <= owed(active + 10**8, prompt, cached, completion)
    assert amount >= owed(active, prompt, prompt, completion)


@given(
    order=st.permutations(range(6)),
    missing=st.sets(st.integers(0, 5)),
    other=st.integers(0, 5),
)
def test_a_chain_holds_in_any_order_with_gaps_and_never_with_another_link(order, missing, other):
    whole, forged = CHAIN, OTHER_CHAIN
    some = [whole[i] for i in order if i not in missing]
    assert chain_fault(some) is None
    assert chain_fault([*whole, forged[other]]) is Fault.FORKED


CHAIN, OTHER_CHAIN = chain(6), chain(6, b"other")


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_no_changed_bit_passes(place, bit):
    one = CHAIN[1]
    data = bytearray(one.body + one.signature)
    data[place % len(data)] ^= 1 << bit
    body, signature = bytes(data[: len(one.body)]), bytes(data[len(one.body) :])
    with pytest.raises((NotAuthorised, ValueError)):
        read_served(Sealed(body, one.signer, signature))


def test_receipts_of_earlier_versions_are_read():
    kept = json.loads(VECTORS.read_text())
    one = msgspec.convert(kept["receipt"], Sealed)
    counted = msgspec.convert(kept["countersignature"], Sealed)
    assert read_served(one) == served(0, FIRST)
    assert read_counted(counted, one) == Counted(one.digest, 50, NOW)
    assert msgspec.convert(kept["receipt of a part"], Sealed) == sealed(begun=7)  # as made today
