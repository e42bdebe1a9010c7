from msgspec import structs

from closedmesh.trust.book import Side
from closedmesh.trust.credits import OpenedReceipt
from closedmesh.trust.credits import Test as Tried
from closedmesh.ui.receipt_view import receipt_view
from tests.support.control import LINE

HOLDS = Tried("Price", ok=True, detail="As it should be.")
OPEN = Tried("Signature of the asker", ok=None, detail="It has not signed.")
BROKEN = Tried("Signature of the peer", ok=False, detail="It does not hold.")


def headline(*tests):
    return receipt_view(OpenedReceipt(LINE, tests)).headline


def test_the_headline_says_the_worst():
    assert headline(HOLDS) == "Everything about this receipt holds"
    assert headline(HOLDS, OPEN) == "What can be checked holds; something is still open"
    assert headline(HOLDS, OPEN, BROKEN) == "This receipt does not hold in every point"


def test_each_check_has_a_mark_that_is_also_said_in_words():
    checks = receipt_view(OpenedReceipt(LINE, (HOLDS, OPEN, BROKEN))).checks
    assert [check.verdict for check in checks] == ["holds", "still open", "does not hold"]
    assert len({(check.icon, check.colour) for check in checks}) == 3


def test_the_facts_are_those_of_the_line():
    facts = dict(receipt_view(OpenedReceipt(LINE, ())).facts)
    assert facts["Here"] == "Asked by this computer"
    assert facts["Tokens"] == "12 read (2 of them from memory), 40 written"
    assert facts["Promised"] == "1.23 credits (not money)"
    assert facts["Digest"] == "none"
    served = structs.replace(LINE, side=Side.SERVED)
    facts = dict(receipt_view(OpenedReceipt(served, ())).facts)
    assert facts["Here"] == "Answered by this computer"
