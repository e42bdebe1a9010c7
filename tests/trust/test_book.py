import pytest
from msgspec import structs

from closedmesh.mesh.signing import seal
from closedmesh.trust.book import Kept, Side, State, audit, line
from closedmesh.trust.receipts import Fault, countersign, owed
from tests.support.receipts import ACTIVE, ASKER, MODEL, NOW, PEER, SEEN, chain, served

AMOUNT = owed(ACTIVE, 120, 20, 50)


def kept(number, sealed, *, counted=True, fault=None, side=Side.ASKED):
    said = countersign(sealed, SEEN, fault, ASKER) if sealed and counted else None
    request = f"request-{number:04}"
    return Kept(number, side, PEER.node, ASKER.node, MODEL, request, NOW, sealed, said, fault)


def book(length=5):
    return [kept(number, sealed) for number, sealed in enumerate(chain(length))]


def test_what_both_have_signed_is_agreed():
    found = audit(book())
    assert (found.agreed, found.signatures, found.chains) == (5, 10, 1)
    assert (found.served, found.asked, found.problems) == (0, 5 * AMOUNT, ())


def test_what_only_the_peer_has_signed_waits_and_promises_nothing():
    found = audit([kept(0, chain(1)[0], counted=False, side=Side.SERVED)])
    assert (found.waiting, found.served, found.problems) == (1, 0, ())


def test_disputes_are_counted_apart():
    lying = seal(served(completion_tokens=500), PEER)
    found = audit([kept(0, lying, fault=Fault.MISCOUNTED), kept(1, None, fault=Fault.UNSIGNED)])
    assert (found.disputed, found.asked, found.problems) == (2, 0, ())


def broken(sealed):
    return structs.replace(sealed, signature=bytes(64))


def test_a_signature_that_was_changed_on_the_disk_is_found():
    lines = book()
    lines[2] = structs.replace(lines[2], receipt=broken(lines[2].receipt))
    lines[3] = structs.replace(lines[3], counted=broken(lines[3].counted))
    assert [problem.number for problem in audit(lines).problems] == [2, 3]


@pytest.mark.parametrize(
    "changes", [{"peer": "1" * 64}, {"asker": "1" * 64}, {"model": "1" * 64}, {"request": "x" * 9}]
)
def test_a_line_that_says_something_else_than_its_receipt_is_found(changes):
    lines = book()
    lines[1] = structs.replace(lines[1], **changes)
    assert [problem.number for problem in audit(lines).problems] == [1]


def test_a_dispute_cannot_be_made_agreement_by_editing_the_record():
    lying = kept(0, seal(served(completion_tokens=500), PEER), fault=Fault.MISCOUNTED)
    found = audit([structs.replace(lying, fault=None)])
    assert (found.agreed, found.disputed) == (0, 1)


def test_two_histories_of_one_peer_are_found():
    lines = [*book(), kept(3, chain(4, b"other")[3])]
    (problem,) = audit(lines).problems
    assert "forked" in problem.what


def test_a_gap_is_no_fault():
    lines = book()
    del lines[2]
    assert audit(lines).problems == ()


def test_a_line_can_be_read():
    shown = line(book()[1], "model-7b")
    assert (shown.state, shown.fault, shown.name) == (State.AGREED, None, "model-7b")
    assert (shown.completion_tokens, shown.amount, shown.sequence) == (50, AMOUNT, 1)


def test_a_broken_line_is_shown_as_altered():
    one = kept(0, broken(chain(1)[0]))
    shown = line(one, "")
    assert (shown.state, shown.fault, shown.amount) == (State.DISPUTED, Fault.ALTERED, 0)
