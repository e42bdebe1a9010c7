import pytest
from msgspec import structs

from closedmesh.mesh.signing import seal
from closedmesh.trust.book import Kept, Side
from closedmesh.trust.examining import examine
from closedmesh.trust.receipts import Counted, Fault
from tests.support.receipts import ACTIVE, ASKER, MODEL, NOW, OWN, PEER, chain, served


def kept(receipt, counted=None):
    return Kept(1, Side.ASKED, PEER.node, ASKER.node, MODEL, "request-0000", NOW, receipt, counted,
                None)  # fmt: skip


def countersigned(receipt, tokens=50, fault=None, key=ASKER):
    return seal(Counted(receipt.digest, tokens, NOW, fault), key)


def looked_at(receipt, counted=None, beside=(), active=ACTIVE):
    return {test.title: test for test in examine(kept(receipt, counted), beside, active)}


def test_an_honest_receipt_holds_from_every_side():
    before, receipt, after = chain(3)
    tests = looked_at(receipt, countersigned(receipt), (before, receipt, after))
    assert [test.ok for test in tests.values()] == [True] * 4
    assert tests["Signature of the asker"].detail == "It agrees to 50 tokens."
    assert tests["Place in the chain"].detail.endswith("asker; 2 beside it agree.")


def test_what_was_never_signed_is_told_and_is_no_proof():
    assert [test.ok for test in examine(kept(None), (), ACTIVE)] == [False]
    (receipt,) = chain(1)
    assert looked_at(receipt)["Signature of the asker"].ok is None


def test_a_changed_receipt_is_nothing_at_all():
    (receipt,) = chain(1)
    changed = structs.replace(receipt, body=receipt.body[:-1] + b"?")
    (test,) = examine(kept(changed, countersigned(receipt)), (), ACTIVE)
    assert (test.title, test.ok) == ("Signature of the peer", False)


@pytest.mark.parametrize("wrong", ["somebody else", "another receipt", "other tokens"])
def test_a_countersignature_that_does_not_belong_is_found(wrong):
    receipt, other = chain(2)
    counted = {
        "somebody else": countersigned(receipt, key=OWN),
        "another receipt": countersigned(other),
        "other tokens": countersigned(receipt, tokens=49),
    }[wrong]
    test = looked_at(receipt, counted)["Signature of the asker"]
    assert not test.ok
    assert test.detail.startswith("It does not hold: ")


def test_an_objection_is_told_with_what_the_asker_counted():
    (receipt,) = chain(1)
    objecting = countersigned(receipt, tokens=20, fault=Fault.OTHER_ANSWER)
    test = looked_at(receipt, objecting)["Signature of the asker"]
    assert not test.ok
    assert test.detail == "The asker counted 20 tokens, and objects: other-answer."


def test_a_price_that_does_not_follow_from_the_tokens_is_found():
    receipt = seal(served(amount=999_000), PEER)
    test = looked_at(receipt)["Price"]
    assert not test.ok
    assert test.detail.startswith("999.000 credits are stated, ")


def test_two_receipts_for_one_place_are_found():
    one, other = chain(1)[0], chain(1, salt=b"another")[0]
    test = looked_at(one, countersigned(one), (other,))["Place in the chain"]
    assert (test.ok, test.detail) == (False, "Number 0: forked.")
